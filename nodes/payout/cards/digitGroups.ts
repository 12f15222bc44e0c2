const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{M}]+/gu;
/**
 * Tabs, line breaks and the like as JSON writes them, also JSON inside JSON, and what stands between
 * digits in a web address, also inside another.
 */
const ESCAPE =
	/\\{1,4}(?:u[\da-f]{4}|[bfnrt])|(?:%(?:25)*[89a-f][\da-f])+|%(?:25)*(?:[0-2][\da-f]|7f)/gi;
const ESCAPE_HERE = new RegExp(ESCAPE.source, 'iy');
/** Between groups: spaces, one sign, or a dash and the like in spaces; not the comma of a list. */
const SEPARATOR = /^(?:\s{1,3}|([^\p{L}\s])\1{0,2}|\s{1,2}[\p{Pd}\p{S}/|_·•*\\]\s{1,2})$/u;

/** Makes spaces of escaped characters, so that their letters and digits are not read as such. */
export function blankEscapes(text: string): string {
	return text.replace(ESCAPE, (escape) => ' '.padEnd(escape.length, '\u200b'));
}

/** Where the escaped character ends that a text has in this place; undefined when it has none. */
export function findEscapeEnd(text: string, start: number): number | undefined {
	ESCAPE_HERE.lastIndex = start;
	return ESCAPE_HERE.test(text) ? ESCAPE_HERE.lastIndex : undefined;
}

/** Says what is between two digits: nothing to be seen, a separator of groups, or anything else. */
export function explainGap(gap: string): 'nothing' | 'separator' | 'other' {
	const visible = gap.replace(INVISIBLE, '');
	if (visible === '') return 'nothing';
	return SEPARATOR.test(visible) ? 'separator' : 'other';
}
