import { markup } from './markup.mts';
import type { Markup } from './markup.mts';

const MAX_ROWS = 50;

/**
 * A table whose rows, given oldest first, the script replaces when they change.
 *
 * @param columns the headings, separated by commas
 */
export function section(title: string, columns: string, rows: readonly unknown[][]): Markup {
	const [names, id] = [columns.split(', '), title.toLowerCase()];
	const count = rows.length > MAX_ROWS ? `newest ${MAX_ROWS} of ${rows.length}` : rows.length;
	const body = rows.slice(-MAX_ROWS).map((row) => {
		const values = row.map(
			(value, column) => markup`<td data-name="${names[column]}">${value}</td>`,
		);
		return markup`<tr>${values}</tr>\n`;
	});
	const head = names.map((name) => markup`<th data-name="${name}">${name}</th>`);
	const nothing = markup`<tr><td class="empty" colspan="${names.length}">Nothing yet</td></tr>`;
	return markup`<section><h2>${title} <small id="${id}-count">${count}</small></h2>
<div class="scroll"><table><thead><tr>${head}</tr></thead>
<tbody id="${id}">${body.length === 0 ? nothing : body.reverse()}</tbody></table></div></section>`;
}
