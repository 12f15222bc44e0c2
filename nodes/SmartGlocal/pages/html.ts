import { asText } from '../../payout/json/jsonObject';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'{': '&#123;',
	'}': '&#125;',
};

/**
 * Text as HTML shows it. Braces too: n8n hands `{{ }}` in the HTML of a form page to its expressions
 * (n8n 2.41, parseFormFields), and what somebody has typed must never be one.
 */
export function escapeHtml(text: unknown): string {
	return asText(text).replace(/[&<>"{}]/g, (character) => ENTITIES[character] ?? '');
}

/** A table in HTML, its headings first; every text is escaped. */
export function toTable([headings = [], ...rows]: ReadonlyArray<readonly string[]>): string {
	const line = (tag: string, texts: readonly string[]) =>
		`<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
	const body = rows.map((row) => line('td', row)).join('');
	return `<table><thead>${line('th', headings)}</thead><tbody>${body}</tbody></table>`;
}

const MAX_LINES = 50;

/** A part of a page: a title, and a table with its first lines, if it has any. */
export function toSection(title: string, table: ReadonlyArray<readonly string[]>): string {
	const more = table.length - 1 - MAX_LINES;
	const rest =
		more > 0 ? `<p>And ${count(more, 'line')} more: the results file lists all.</p>` : '';
	return `<h4>${title}</h4>${table.length > 1 ? toTable(table.slice(0, MAX_LINES + 1)) : ''}${rest}`;
}

/** As in "1 payout" and "2 payouts". */
export function count(number: number, one: string, several = `${one}s`): string {
	return `${number.toLocaleString('en')} ${number === 1 ? one : several}`;
}

/** As in `EUR 1250.00 to Jan Peeters`; empty without a recipient. */
export function nameMoney(payout: { recipient: string; amount: string; currency: string }): string {
	const { recipient, amount, currency } = payout;
	return recipient === '' ? '' : `${currency} ${amount} to ${recipient}`;
}

/** A time as people read it, such as `2026-11-26 10:55 UTC`. */
export function showTime(time: string): string {
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return 'an unknown time';
	return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
