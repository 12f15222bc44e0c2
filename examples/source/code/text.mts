/**
 * Text as HTML shows it. Braces too: n8n hands `{{ }}` in the HTML of a form page to its expressions
 * (2.41, parseFormFields), and what somebody has typed must never be one.
 */
export function escapeHtml(text: unknown): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		'{': '&#123;',
		'}': '&#125;',
	};
	return String(text ?? '').replace(/[&<>"{}]/g, (character) => entities[character] ?? '');
}

/** A table in HTML; every text is escaped. */
export function toTable(
	headings: readonly string[],
	rows: ReadonlyArray<readonly unknown[]>,
): string {
	const line = (tag: string, texts: readonly unknown[]) =>
		`<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
	const body = rows.map((row) => line('td', row)).join('');
	return `<table><thead>${line('th', headings)}</thead><tbody>${body}</tbody></table>`;
}

/** As in "1 payout" and "2 payouts". */
export function count(number: number, one: string, several = `${one}s`): string {
	return `${number.toLocaleString('en')} ${number === 1 ? one : several}`;
}

/** What the node says about money, in an item of its output. */
export interface Money {
	/** In major units, null where the scale of the currency is not certain. */
	amount?: unknown;
	amount_minor?: unknown;
	currency?: unknown;
}

/** As a person writes it, such as `1250.00`; in minor units where the scale is not certain. */
export function showAmount({ amount, amount_minor: minor }: Money): string {
	if (typeof amount === 'number') return amount.toFixed(2);
	return typeof minor === 'number' ? `${minor} in minor units` : '';
}

/** Sums by currency, such as `EUR 2,500.50, GBP 12.00`; exact, because minor units are added up. */
export function showSums(payouts: readonly Money[]): string {
	const sums = new Map<string, bigint>();
	for (const { amount, amount_minor: minor, currency } of payouts) {
		if (typeof minor !== 'number') continue;
		const name = `${String(currency)}${typeof amount === 'number' ? '' : ' (minor units)'}`;
		sums.set(name, (sums.get(name) ?? 0n) + BigInt(minor));
	}
	return [...sums]
		.map(([name, sum]) => {
			if (name.endsWith(')')) return `${name} ${sum}`;
			const digits = String(sum).padStart(3, '0');
			return `${name} ${BigInt(digits.slice(0, -2)).toLocaleString('en')}.${digits.slice(-2)}`;
		})
		.join(', ');
}
