const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

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
