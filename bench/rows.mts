import { createHash } from 'node:crypto';

/** The destination of all payouts of the benchmark. */
export const DESTINATION = 'TUR-TRY';

/** One row of the benchmark: 15 columns, as in a spreadsheet. */
export type BenchRow = ReturnType<typeof makeRow>;
export type BenchColumn = keyof BenchRow;

export const COLUMNS = Object.keys(makeRow(0)) as BenchColumn[];

/** Makes rows that can all be paid; the same number gives the same rows. */
export function makeRows(count: number): BenchRow[] {
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

/** Writes rows as a CSV file with headings. No value of the benchmark needs quotes. */
export function toCsv(rows: readonly BenchRow[]): string {
	const lines = rows.map((row) => COLUMNS.map((column) => row[column]).join(','));
	return [COLUMNS.join(','), ...lines, ''].join('\n');
}

/** A payout's body, with whatever stands for the row's columns: values or expressions. */
export function payoutBody(
	column: (name: BenchColumn) => string,
	amount: number | string,
	currency: string,
) {
	return {
		payment_method: {
			type: 'bank_account',
			bank_account: {
				system_type: 'global',
				global: { iban: column('iban'), description: column('description') },
			},
		},
		amount_details: { amount, currency },
		participant_details: {
			recipient: {
				first_name: column('recipient_first_name'),
				last_name: column('recipient_last_name'),
				bank_name: column('recipient_bank_name'),
				country_iso3: 'TUR',
				currency: 'try',
				address_line: column('recipient_address_line'),
				city: column('recipient_city'),
				postal_code: column('recipient_postal_code'),
			},
			sender: {
				company_name: column('sender_company_name'),
				registration_number: column('sender_registration_number'),
				country_iso3: column('sender_country_iso3'),
				code: column('sender_code'),
			},
		},
		metadata: column('reference'),
	};
}

/** The bytes that must arrive for a row, whichever way it is sent. */
export function expectedBody(row: BenchRow): string {
	const amount = Math.round(Number(row.amount) * 100);
	return JSON.stringify(payoutBody((name) => row[name], amount, row.currency.toLowerCase()));
}

/** A checksum of many bodies, in whatever order they arrived. */
export function digestBodies(bodies: readonly string[]): string {
	return createHash('sha256')
		.update([...bodies].sort().join('\n'))
		.digest('hex');
}
