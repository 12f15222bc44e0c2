import { createHash } from 'node:crypto';

import { buildPayout } from '../nodes/SmartGlocal/payout/buildPayout.ts';

/** Where all payouts of the benchmark go. */
export const DESTINATION = 'TUR-TRY';

/** One row of the benchmark: 15 columns, as a spreadsheet has them. */
export type Row = ReturnType<typeof makeRow>;

/** The names of the columns. */
export const COLUMNS = Object.keys(makeRow(0)) as Array<keyof Row>;

/** Makes rows that can all be paid; the same number gives the same rows. */
export function makeRows(count: number): Row[] {
	return Array.from({ length: count }, (_, index) => makeRow(index));
}

function makeRow(index: number) {
	return {
		reference: `BENCH-${index}`,
		amount: `${100 + (index % 900)}.50`,
		currency: 'USD',
		iban: 'TR330006100519786457841326',
		description: 'Salary',
		recipient_first_name: 'Ayşe',
		recipient_last_name: 'Yılmaz',
		recipient_bank_name: 'All Banks Turkey / TRY',
		recipient_address_line: `${1 + (index % 99)} Example Street`,
		recipient_city: 'Ankara',
		recipient_postal_code: '06100',
		sender_company_name: 'Example Trading Ltd',
		sender_registration_number: '1234567890',
		sender_country_iso3: 'USA',
		sender_code: '1234567890',
	};
}

/** Writes rows as a CSV file with headings. No cell of the benchmark needs quotes. */
export function toCsv(rows: readonly Row[]): string {
	const lines = rows.map((row) => COLUMNS.map((column) => row[column]).join(','));
	return [COLUMNS.join(','), ...lines, ''].join('\n');
}

/** The bytes that must arrive for a row, whichever way it is sent. */
export function expectedBody(row: Row): string {
	const payout = buildPayout({
		columns: row,
		destination: DESTINATION,
		currency: 'USD',
		amountUnit: 'major',
		sender: {},
	});
	if (!('body' in payout)) throw new Error(`A row of the benchmark is wrong: ${row.reference}.`);
	return JSON.stringify(payout.body);
}

/** A checksum of many bodies, whatever order they arrived in. */
export function digestBodies(bodies: readonly string[]): string {
	return createHash('sha256')
		.update([...bodies].sort().join('\n'))
		.digest('hex');
}
