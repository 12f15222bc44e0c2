/** The byte of each character that a code page has above ASCII. */
export type CodePage = ReadonlyMap<string, number>;

const FIRST_BYTE = 0x80;

/** Where a code page has no character, programs put the control character of the byte. */
function codePage(characters: string): CodePage {
	return new Map([...characters].map((character, index) => [character, FIRST_BYTE + index]));
}

const LATIN_1 = String.fromCharCode(...Array.from({ length: 128 }, (_, index) => 128 + index));

/**
 * ISO-8859-1, Windows-1252 and the Turkish Windows-1254, which differ where the one has control
 * characters or the other Icelandic letters.
 */
export const WESTERN: CodePage = new Map([
	...codePage(LATIN_1),
	...codePage('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'),
	['Ğ', 0xd0],
	['İ', 0xdd],
	['Ş', 0xde],
]);

/**
 * The other code pages in which spreadsheets and consoles read a file. They are written out because
 * the decoders of Node.js depend on how it was built, and not all of them are right.
 */
export const OTHER_CODE_PAGES: readonly CodePage[] = [
	// Windows-1250, Central Europe
	'€\u0081‚\u0083„…†‡\u0088‰Š‹ŚŤŽŹ\u0090‘’“”•–—\u0098™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż' +
		'ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙',
	// Windows-1251, Cyrillic
	'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї' +
		'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
	// Windows-1253, Greek
	'€\u0081‚ƒ„…†‡\u0088‰\u008a‹\u008c\u008d\u008e\u008f\u0090‘’“”•–—\u0098™\u009a›\u009c\u009d\u009e\u009f\u00a0΅Ά£¤¥¦§¨©\u00aa«¬\u00ad®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ' +
		'ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u00d2ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u00ff',
	// Windows-1257, Baltic
	'€\u0081‚\u0083„…†‡\u0088‰\u008a‹\u008c¨ˇ¸\u0090‘’“”•–—\u0098™\u009a›\u009c¯˛\u009f\u00a0\u00a1¢£¤\u00a5¦§Ø©Ŗ«¬\u00ad®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ' +
		'ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙',
	// Mac Roman
	'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
		'¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
	// Code page 850, consoles in Europe
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
		'└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
	// Code page 437, consoles in America
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
		'└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
].map(codePage);

/** Characters that look the same; programs do not agree which one a code page has. */
const TWINS: Readonly<Record<string, string>> = {
	'\u2126': '\u03a9',
	'¤': '€',
	'\u03bc': 'µ',
	β: 'ß',
};

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Undoes the reading of UTF-8 in a code page: `Ã¼` becomes `ü`.
 *
 * @returns undefined when the text cannot have come from UTF-8 in this way
 */
export function rereadAsUtf8(text: string, page: CodePage): string | undefined {
	const bytes = new Uint8Array(text.length);
	/** How many bytes the character still needs. */
	let missing = 0;
	for (let index = 0; index < text.length; index++) {
		const byte = findByte(text.charAt(index), page);
		if (byte === undefined || missing > 0 !== (byte >= 0x80 && byte < 0xc0)) return undefined;
		if (missing > 0) missing--;
		else if (byte >= 0xc0) missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
		bytes[index] = byte;
	}
	try {
		return UTF_8.decode(bytes);
	} catch {
		return undefined;
	}
}

function findByte(character: string, page: CodePage): number | undefined {
	const code = character.charCodeAt(0);
	return code < FIRST_BYTE ? code : (page.get(character) ?? page.get(TWINS[character] ?? ''));
}
