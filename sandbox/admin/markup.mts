const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const GOOD = ['delivered', 'ok', 'valid', 'once'];
const OPEN = ['waiting', 'not checked', 'not read', 'not paid'];

/** What the color of a status means: done, not decided yet, or not as it should be. */
type Tone = 'good' | 'open' | 'bad';

/** A piece of HTML in which everything from outside has been escaped. */
export class Markup {
	constructor(readonly text: string) {}
}

function toText(value: unknown): string {
	if (value instanceof Markup) return value.text;
	if (Array.isArray(value)) return value.map(toText).join('');
	return String(value).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Template tag: inserts other markup as it is, lists item by item, and escapes everything else. */
export function markup(parts: TemplateStringsArray, ...values: unknown[]): Markup {
	const inserted = values.map((value, index) => toText(value) + (parts[index + 1] ?? ''));
	return new Markup((parts[0] ?? '') + inserted.join(''));
}

function toneOf(text: string): Tone {
	if (GOOD.includes(text)) return 'good';
	return OPEN.includes(text) ? 'open' : 'bad';
}

/** A status with the color of its meaning. Statuses that are not known are error codes: bad. */
export function pill(status: string, tone?: Tone): Markup {
	const text = status.replaceAll('_', ' ');
	return markup`<span class="pill ${tone ?? toneOf(text)}">${text}</span>`;
}

/** The time of day in UTC, with the whole timestamp (ISO 8601) as its title. */
export function timeOfDay(timestamp: string): Markup {
	return markup`<time title="${timestamp}">${timestamp.slice(11, 19)}</time>`;
}
