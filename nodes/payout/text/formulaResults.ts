/** What spreadsheet programs show, in their languages, where a cell has no result. */
const RESULTS = [
	// `#REF!`, `#¿NOMBRE?`; not available; a column that is too narrow.
	/^#[¡¿]?\p{L}[\p{L}\d_/ ]*[!?]$/u,
	/^#(?:\p{L}\/\p{L}|NV|YOK|NAV|HIÁNYZIK|NEDOSTUPNÝ|NENÍ[_ ]K[_ ]DISPOZICI|GETTING[_ ]DATA|N\/A N\/A)$/iu,
	/^#{3,}$/,
	// `Err:502` (LibreOffice); `Loading...` (Google Sheets).
	/^(?:err|error|erreur|fehler|errore|erro|eroare|fout|fel|feil|fejl|virhe|viga|kļūda|klaida|chyba|błąd|greška|pogreška|napaka|hiba|hata|грешка|ошибка|помилка|σφάλμα|エラー|错误|오류) ?: ?5\d\d$/iu,
	/^(?:loading|wird geladen|lädt|laden|chargement(?: en cours)?|cargando|(?:a )?carregando|a carregar|caricamento(?: in corso)?|ładowanie|wczytywanie|yükleniyor|načítání|načítava sa|betöltés|indlæser|läser in|laster(?: inn)?|ladataan|se încarcă|učitavanje|зареждане|загрузка|завантаження|φόρτωση|טוען|読み込んでいます|正在加载|로드 중)[  ]?(?:…|\.{2,3})$/iu,
];
/** In a name or a code, no text begins like this. */
const HASH_WORD = /^#[¡¿]?[\p{L}_/]+[!?]?$/u;

/** Whether a clean text is such a result; what is only a name or a code has no word after `#` either. */
export function isFormulaResult(text: string, isNameOrCode: boolean): boolean {
	const isResult = RESULTS.some((pattern) => pattern.test(text));
	return isResult || (isNameOrCode && HASH_WORD.test(text));
}
