const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const GOOD = ['succeeded', 'accepted', 'delivered', 'ok', 'valid', 'once'];
const OPEN = [
	'created',
	'in progress',
	'pending',
	'waiting',
	'not checked',
	'not read',
	'not paid',
];

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

/** A status with the color of its meaning. Statuses that are not known are error codes: bad. */
export function pill(status: string): Markup {
	const text = status.replaceAll('_', ' ');
	const tone = GOOD.includes(text) ? 'good' : OPEN.includes(text) ? 'open' : 'bad';
	return markup`<span class="pill ${tone}">${text}</span>`;
}

/** The time of day in UTC, with the whole timestamp (ISO 8601) as its title. */
export function timeOfDay(timestamp: string): Markup {
	return markup`<time title="${timestamp}">${timestamp.slice(11, 19)}</time>`;
}
