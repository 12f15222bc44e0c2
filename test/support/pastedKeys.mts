/** What becomes of a PEM on its way from a file into a text field: the same key, in other characters. */
export interface Disfigurement {
	name: string;
	disfigure: (pem: string) => string;
}

const inBoundaries = (change: (line: string) => string) => (text: string) =>
	text.replace(/[-—]{1,5} ?(?:BEGIN|END) [A-Z ]+[-—]{1,5}/gi, change);
const dashes = (dash: string) => inBoundaries((line) => line.replace(/-+/g, dash));
/** Puts something into the middle of every line of base64. */
const inside = (mark: string) => (text: string) =>
	text.replace(/^([A-Za-z0-9+/]{20,31})(?=[A-Za-z0-9+/])/gm, `$1${mark}`);
const lineEnds = (end: string) => (text: string) => text.trimEnd().replace(/\r?\n/g, end);
const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
	Buffer.from(text, encoding).toString('base64');

const DISFIGUREMENTS: Record<string, (pem: string) => string> = {
	'an em dash and an en dash': dashes('—–'),
	'one em dash': dashes('—'),
	'five en dashes': dashes('–––––'),
	'horizontal bars': dashes('―――'),
	'minus signs': dashes('−−−−−'),
	'non-breaking hyphens': dashes('‑‑‑‑‑'),
	'Unicode hyphens and a hyphen bullet': dashes('‐‐⁃‐'),
	'figure dashes': dashes('‒‒'),
	'full-width hyphens': dashes('－－'),
	'lines of a box': dashes('──'),
	'a three-em dash': dashes('⸻'),
	'escaped for Markdown': dashes('\\-\\-\\-\\-\\-'),
	'two hyphens': dashes('--'),
	'twenty hyphens': dashes('-'.repeat(20)),
	'spaces between its hyphens': dashes('- - - - -'),
	'spaces beside its words': inBoundaries((line) => line.replace(/[A-Z].*[A-Z]/, '  $&\t')),
	'two spaces between its words': inBoundaries((line) => line.replaceAll(' ', '  ')),
	'no spaces between its words': inBoundaries((line) => line.replaceAll(' ', '')),
	'non-breaking spaces between its words': inBoundaries((line) => line.replaceAll(' ', '\u00a0')),
	'lower-case words': inBoundaries((line) => line.toLowerCase()),
	'Windows line ends': lineEnds('\r\n'),
	'old Mac line ends': lineEnds('\r'),
	'spaces for line ends': lineEnds(' '),
	'no line ends': lineEnds(''),
	'\\n': lineEnds('\\n'),
	'\\\\n': lineEnds('\\\\n'),
	'\\\\\\\\r\\\\\\\\n': lineEnds('\\\\\\\\r\\\\\\\\n'),
	'<br>': lineEnds('<br>'),
	'<br/> and line ends': lineEnds('<br/>\n'),
	'<BR class="a"> and <p>': (text) => `<p>${lineEnds('<BR class="a">')(text)}</p>`,
	'&nbsp; and &#10;': lineEnds('&nbsp;&#10;'),
	'&#xA;': lineEnds('&#xA;'),
	'\\u000a': lineEnds('\\u000a'),
	'line separators': lineEnds('\u2028'),
	'empty lines': lineEnds('\n\n'),
	'an indent': (text) => text.replace(/^/gm, '\t  '),
	'quoted mail': (text) => text.replace(/^/gm, '> '),
	'mail that was quoted twice': (text) => text.replace(/^/gm, '>> '),
	'mail that was quoted with bars': (text) => text.replace(/^/gm, '| '),
	'zero-width spaces': inside('\u200b'),
	'byte order marks': (text) => `\ufeff${inside('\ufeff')(text)}`,
	'soft hyphens': inside('\u00ad'),
	'non-breaking spaces': inside('\u00a0'),
	'marks of direction': (text) => `\u202a${inside('\u200e')(text)}\u202c`,
	'quotation marks': (text) => `"${text}"`,
	'typographic quotation marks': (text) => `„${text}“`,
	backticks: (text) => `\`\`\`\n${text}\`\`\``,
	'a comma and quotation marks at each line': (text) => text.trimEnd().replace(/^(.*)$/gm, '"$1",'),
	'the way of JSON': (text) => JSON.stringify(text),
	'the way of JSON, twice': (text) => JSON.stringify(JSON.stringify(text)),
	'the way of JSON in .NET': (text) =>
		JSON.stringify(text).replace(/[+]/g, '\\u002B').replaceAll('"', '\\u0022'),
	'the way of PHP': (text) =>
		JSON.stringify(text).replaceAll('/', '\\/').replaceAll('=', '\\u003d'),
	'the way of HTML': (text) => text.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'),
	base64: (text) => base64(text),
	'base64 on several lines': (text) => base64(text).replace(/.{76}/g, '$&\n'),
	'base64 without its padding': (text) => base64(text).replace(/=+$/, ''),
	'percent signs': encodeURIComponent,
	'percent signs, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
	'percent signs, for a whole address': encodeURI,
	'quoted-printable': (text) => text.replaceAll('=', '=3D').replaceAll('-', '=2D'),
	'text around it': (text) =>
		`Here is the key:\n\n${text}\nRegards -- Ann, who will send public keys`,
};

/** Those that cannot be told from something else once another one has changed them, too. */
const LONE_DISFIGUREMENTS: typeof DISFIGUREMENTS = {
	'base64 of UTF-16': (text) => base64(`\ufeff${text}`, 'utf16le'),
	'the way of a web form': (text) => new URLSearchParams({ k: text }).toString().slice(2),
	'a name before it': (text) => `PRIVATE_KEY="${text}"`,
};

const listed = (table: typeof DISFIGUREMENTS): readonly Disfigurement[] =>
	Object.entries(table).map(([name, disfigure]) => ({ name, disfigure }));

/** Any two of them can follow each other. */
export const disfigurements = listed(DISFIGUREMENTS);
export const loneDisfigurements = listed(LONE_DISFIGUREMENTS);
