import { isMoney } from '../currencies';

/** How a format shows a number, as far as that says whether it can be paid. */
export interface NumberFormat {
	kind: 'number' | 'date' | 'percent' | 'altered' | 'code';
	/** Of a `number`, how many decimal places are shown; undefined where all are. */
	decimals?: number;
	/** Of a `number`, the currency that is shown, such as €, kr or USD; empty for none. */
	sign?: string;
	/** Of a `code`, what is shown, such as "INV-"000. */
	pattern?: string;
	altersTexts?: boolean;
}

/** The built-in formats that are no dates (ECMA-376, part 1, 18.8.30), each with its numbers. */
const BUILT_IN = new Map(
	Object.entries({
		General: [0],
		'0': [1],
		'0.00': [2],
		'#,##0': [3, 5, 6, 37, 38, 41, 42],
		'#,##0.00': [4, 7, 8, 39, 40, 43, 44],
		'0%': [9, 10],
		'0.00E+00': [11, 48],
		'# ?/?': [12, 13],
		'@': [49],
	}).flatMap(([code, ids]) => ids.map((id) => [id, code] as const)),
);
const FIRST_OWN_FORMAT = 59;
/** Texts in quotes, signs that are shown as they are, and widths of spaces. */
const LITERAL = /"([^"]*)"|\\(.)|[_*](.)/g;
const TOKEN = new RegExp(`${LITERAL.source}|([0#?])|(.)`, 'g');
const MAX_CODE_CHARACTERS = 255;

/** Reads the format of a cell, by its number and, for one that is not built in, its code. */
export function readNumberFormat(id: number, code = BUILT_IN.get(id)): NumberFormat {
	if (code === undefined) return { kind: id < FIRST_OWN_FORMAT ? 'date' : 'number' };
	const sections = code.replace(/"[^"]*"|\\./g, (text) => text.replaceAll(';', ',')).split(';');
	const clean = (section: string) =>
		section
			// A time that runs on, as in [h]:mm, but neither a colour nor a condition.
			.replace(/\[([hms]+)\]/gi, '$1')
			.replace(/\[(?!\$)[^\]]*\]/g, '')
			.replace(/\[\$([^\]-]*)[^\]]*\]/g, '"$1"');
	const shown = clean(sections[0] ?? '');
	const ofTexts = clean(sections.at(-1) ?? '').replace(/[_*]./g, '');
	const hasTexts = sections.length > 3 || ofTexts.includes('@');
	const altersTexts = hasTexts && !/^\s*(?:@|general|standard)\s*$/i.test(ofTexts);
	return { ...readSection(shown, code), altersTexts };
}

function readSection(shown: string, code: string): Omit<NumberFormat, 'altersTexts'> {
	const bare = shown.replace(LITERAL, '').trim();
	const rest = bare.replace(/general|standard|[@0#?.,\s]/gi, '');
	const literals = [...shown.matchAll(LITERAL)];
	const words = rest + literals.map(([, quoted, escaped]) => quoted ?? escaped ?? '').join('');
	const sign = words.replace(/[\s.'’]/g, '');
	const isPlain = sign === '' || isMoney(sign);
	// A condition, such as [>1000], chooses between sections.
	const isStrange = /\[[<>=]/.test(code) || code.length > MAX_CODE_CHARACTERS;
	if (isStrange || (bare === '' && code !== '')) return { kind: 'altered' };
	if (/^(?:general|standard|@)?$/i.test(bare)) {
		return isPlain || bare === '@' ? { kind: 'number', sign } : { kind: 'altered' };
	}
	if (/[ymdhs]|AM\/PM|(?<![0#?.])e/i.test(bare)) return { kind: 'date' };
	if (bare.includes('%')) return { kind: 'percent' };
	const [whole = '', fraction] = bare.split('.');
	if (/[e/]|[0#?],+(?![0#?])/i.test(bare) || !/[0#?]/.test(bare)) return { kind: 'altered' };
	const isGrouped = whole.includes(',') || fraction !== undefined;
	const isCode = !isPlain || whole.replace(/[^0]/g, '').length > 1;
	if (!isGrouped && isCode) return { kind: 'code', pattern: shown };
	if (!isPlain) return { kind: 'altered' };
	return { kind: 'number', decimals: fraction?.match(/[0#?]/g)?.length ?? 0, sign };
}

/** Writes a whole number as a pattern shows it: `INV-007`. The first place takes all digits left. */
export function showCode(pattern: string, value: number): string {
	const tokens = [...pattern.matchAll(TOKEN)].reverse();
	let digits = String(Math.abs(value));
	let places = tokens.filter(([, , , , place]) => place !== undefined).length;
	const shown = tokens.map(([, quoted, escaped, space, place, sign = '']) => {
		if (place === undefined) return quoted ?? escaped ?? (space === undefined ? sign : ' ');
		places--;
		const digit = places === 0 ? digits : digits.slice(-1);
		digits = digits.slice(0, -1);
		return digit === '' && place === '0' ? '0' : digit;
	});
	return (value < 0 ? '-' : '') + shown.reverse().join('').trim();
}

const EPOCH_1900 = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1462;

/** Writes the number of a day and its time as in `2026-05-12`, `2026-05-12T08:30:00` and `08:30:00`. */
export function toIsoDate(serial: number, is1904: boolean): string {
	const days = is1904 ? serial + DAYS_TO_1904 : serial;
	const date = new Date(EPOCH_1900 + Math.round(days * 86_400_000));
	if (serial < 0 || Number.isNaN(date.getTime())) return String(serial);
	const written = date.toISOString().replace(/(?:\.000)?Z$/, '');
	const [day = '', time = ''] = written.split('T');
	if (serial < 1) return time;
	return time === '00:00:00' ? day : `${day}T${time}`;
}
