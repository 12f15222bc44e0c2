import { foldWidthAndDashes, normalize } from './characters';

/** A whole text in quotation marks. */
const QUOTED = /^ *(?:"([^"]*)"|'([^']*)'|«([^«»]*)») *$/;

/**
 * Writes a reference, as clean text, in one way, however it was typed (NFKC): the same quotes, dashes and
 * single spaces, without quotation marks around it. What a reader can tell apart stays apart.
 */
export function foldReference(text: string): string {
	const plain = foldWidthAndDashes(text)
		.replace(/[´ʼ‘’‛′]/g, "'")
		.replace(/ˍ/g, '_')
		.replace(/[“-‟″]/g, '"')
		// As in `N°12`, where `Nº12` is meant.
		.replace(/°/g, 'º');
	return unquote(normalize(plain, 'NFKC')).replace(/ {2,}/g, ' ').trim();
}

function unquote(text: string): string {
	const [, double, single, angle] = QUOTED.exec(text) ?? [];
	const inner = double ?? single ?? angle ?? text.replace(/^[' ]+/, '');
	return inner === text ? text : unquote(inner);
}

/**
 * The letters of the scripts besides ASCII, of which a reference has one: those of living languages that
 * can be told from each other, with the marks that a script needs. All other marks are composed.
 */
const LATIN = 'A-Za-zÀ-ÖØ-öø-žȘ-țƠơƯưḀ-ỿ';
const OTHER_SCRIPTS = [
	'Ѐ-џҐ-ғҚқҢңҮүҰұҺһӘәӨө', // Cyrillic
	'Ά-ώ', // Greek
	'Ա-և', // Armenian
	'ა-ჺ', // Georgian
	'א-ת', // Hebrew
	'ء-غف-ي', // Arabic
	'\u0905-\u0939\u093e-\u094d\u0901-\u0903', // Devanagari
	'\u0985-\u09b9\u09be-\u09cd\u0981-\u0983', // Bengali
	'\u0e01-\u0e3a\u0e40-\u0e4e', // Thai
	'一-鿿', // Chinese
	'ぁ-ぷほ-ゖー', // Hiragana
	'ァ-ヺー', // Katakana
	'가-힣', // Korean
];
/** Letters that look like a letter or digit of another script; a reference has others besides. */
const ALIKE =
	'АВЕЅІЈКМНОРСТУХҮԌԚԜӀЗаеорсухѕіјһԁԛԝүӏзФПГфкΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳοϲΦΠΓφκνՕՍօոսהוןסاهーニハバパロカガタダエトドヘベペ二八口力夕工卜';
const ONE_SCRIPT = new RegExp(
	[
		`^[ -~${LATIN}]*$`,
		...OTHER_SCRIPTS.map((letters) => `^(?=.*(?![${ALIKE}])[${letters}])[ -@[-\`{-~${letters}]*$`),
	].join('|'),
);

/** Spreadsheet programs do not agree whether this is a character: Excel writes a tab as `_x0009_`. */
const ESCAPED = /_x[\da-f]{4}_/i;

/** `²`, `①` or `™` could be told from the letters and digits that NFKC makes of them. */
function isTold(character: string): boolean {
	const isSign = /[\p{No}\p{So}\p{Lm}]/u.test(character) && !/[№°]/.test(character);
	return isSign && character.normalize('NFKC') !== character;
}

/**
 * Says why a reference could be taken for another one, or for none; completes a sentence. Takes it as it
 * came, and as it was folded.
 */
export function findUncertainty(written: string, reference: string): string | undefined {
	const escaped = ESCAPED.exec(reference)?.[0];
	if (escaped !== undefined) {
		return `contains '${escaped}', which spreadsheet programs read in different ways. Give the payout a reference without it.`;
	}
	if (ONE_SCRIPT.test(reference) && ![...written].some(isTold)) {
		if (/[\p{L}\d]/u.test(reference) || reference === '') return undefined;
		return 'has no letter and no digit. Give the payout a reference of your own, such as the invoice number.';
	}
	return 'has a letter or a sign that can be taken for another one. Write it with the letters of one alphabet, the digits 0 to 9 and plain signs, as in INV-1001.';
}
