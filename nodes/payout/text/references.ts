import { foldWidthAndDashes, normalize } from './characters';

const QUOTED = /^ *(?:"([^"]*)"|'([^']*)'|«([^«»]*)») *$/;

/** Writes a reference, as clean text, in one way (NFKC), without quotation marks around it. */
export function foldReference(text: string): string {
	const plain = foldWidthAndDashes(text)
		.replace(/[´ʼ‘’‛′]/g, "'")
		.replace(/ˍ/g, '_')
		.replace(/[“-‟″]/g, '"')
		.replace(/''/g, '"')
		// As in `N°12`, where `Nº12` is meant; among Cyrillic letters, № is no Latin No.
		.replace(/°/g, 'º')
		.replace(/№/g, /\p{sc=Cyrillic}/u.test(text) ? '#' : '№');
	return unquote(foldTwins(normalize(plain, 'NFKC')))
		.replace(/ {2,}/g, ' ')
		.trim();
}

/** Letters that keyboards and old code pages write in two ways: in Romanian, Croatian and Thai. */
function foldTwins(text: string): string {
	const latin = text.replace(/[ȘșȚțÐ]/g, (letter) => 'ŞşŢţĐ'.charAt('ȘșȚțÐ'.indexOf(letter)));
	// A vowel in two parts; a tone before its vowel; a tone twice.
	return latin
		.replace(/เเ/g, 'แ')
		.replace(/([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e4d])/g, '$2$1')
		.replace(/([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+/g, '$1');
}

function unquote(text: string): string {
	const [, double, single, angle] = QUOTED.exec(text) ?? [];
	const inner = double ?? single ?? angle ?? text.replace(/^[' ]+/, '');
	return inner === text ? text : unquote(inner);
}

/** The letters of each script that can be told from each other; a reference has one script beside ASCII. */
const LATIN = 'A-Za-zÀ-ÖØ-öø-đĒēĖ-ěĜ-ħĪīĮ-ıĴ-ōŐ-žƠơƯưẀ-ẅẠ-ỹ';
/** Cyrillic, Greek, Armenian, Georgian, Hebrew, Arabic, those of East Asia, Thai. */
const OTHER_SCRIPTS = [
	...'Ѐ-џҐ-ғҚқҢңҮүҰұҺһӘәӨө Ά-ώ Ա-և ა-ჺ א-ת ء-غف-ي 一-鿿 ぁ-ぷほ-ゖー ァ-ヺー 가-힣'.split(' '),
	'\u0e01-\u0e3a\u0e40-\u0e4e',
];
/** Letters that look like a letter or digit of another script; a reference has others besides. */
const ALIKE =
	'ЀЁЇЌѐёїќгбЬьћЋђЂєӨөλΛЛΆΈΊΌΎΐΪΫάέήίΰϊϋόύώΏΉραγυιεχησβδθΘՏցզյオチミムセり才千三厶七リАВЕЅІЈКМНОРСТУХҮԌԚԜӀЗаеорсухѕіјһԁԛԝүӏзФПГфкΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳοϲΦΠΓφκνՕՍօոսהוןסاهーニハバパロカガタダエトドヘベペ二八口力夕工卜';
const ONE_SCRIPT = new RegExp(
	[
		`^[ -~${LATIN}]*$`,
		...OTHER_SCRIPTS.map((letters) => `^(?=.*(?![${ALIKE}])[${letters}])[ -@[-\`{-~${letters}]*$`),
	].join('|'),
);

/** Spreadsheet programs do not agree whether this is a character: Excel writes a tab as `_x0009_`. */
const ESCAPED = /_x[\da-f]{4}_/i;

/** `²`, `①` or `™` could be told from the letters and digits that NFKC makes of them. */
function isTold(sign: string): boolean {
	return /(?![№°])[\p{No}\p{So}\p{Lm}]/u.test(sign) && sign.normalize('NFKC') !== sign;
}

/** Says why a reference, as it came and as it was folded, could be taken for another; ends a sentence. */
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
