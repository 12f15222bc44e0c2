/**
 * What spreadsheet programs show, in their languages, where a formula has no result: `#REF!`,
 * `#¿NOMBRE?`; `#N/A`; `Err:502` (LibreOffice); `Loading...` (Google Sheets).
 */
const WITH_SIGN = /^#[¡¿]?\p{L}[\p{L}\d_/ ]*[!?]$/u;
const NOT_AVAILABLE =
	/^#(?:\p{L}\/\p{L}|NV|YOK|NAV|HIÁNYZIK|NEDOSTUPNÝ|NENÍ[_ ]K[_ ]DISPOZICI|GETTING[_ ]DATA|N\/A N\/A)$/iu;
const NUMBERED =
	/^(?:err|error|erreur|fehler|errore|erro|eroare|fout|fel|feil|fejl|virhe|viga|kļūda|klaida|chyba|błąd|greška|pogreška|napaka|hiba|hata|грешка|ошибка|помилка|σφάλμα|エラー|错误|오류) ?: ?5\d\d$/iu;
const LOADING =
	/^(?:loading|wird geladen|lädt|laden|chargement(?: en cours)?|cargando|(?:a )?carregando|a carregar|caricamento(?: in corso)?|ładowanie|wczytywanie|yükleniyor|načítání|načítava sa|betöltés|indlæser|läser in|laster(?: inn)?|ladataan|se încarcă|učitavanje|зареждане|загрузка|завантаження|φόρτωση|טוען|読み込んでいます|正在加载|로드 중)[  ]?(?:…|\.{2,3})$/iu;
/** In a name or a code, no text begins like this. */
const HASH_WORD = /^#[¡¿]?[\p{L}_/]+[!?]?$/u;

/** Whether a clean text is such a result; what is only a name or a code has no word after `#` either. */
export function isFormulaResult(text: string, isNameOrCode: boolean): boolean {
	if (text.startsWith('#')) {
		return (
			WITH_SIGN.test(text) || NOT_AVAILABLE.test(text) || (isNameOrCode && HASH_WORD.test(text))
		);
	}
	return NUMBERED.test(text) || LOADING.test(text);
}
