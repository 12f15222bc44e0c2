import { buildPayout } from '../../nodes/payout/buildPayout';
import type { Payout, PayoutRow } from '../../nodes/payout/buildPayout';
import type { RowProblem } from '../../nodes/payout/validationError';
import type { Corridor } from '../../nodes/payout/destinations/corridors';
import { CORRIDORS } from '../../nodes/payout/destinations/corridors';
import type { CorridorId } from '../../nodes/payout/destinations/corridors';
import { COMMON_BANK_ACCOUNT_FIELDS } from '../../nodes/payout/destinations/corridors';
import { PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import { listRequiredFields } from '../../nodes/payout/destinations/requirements';

/** A value for every field that passes every corridor's checks, in the form the API expects. */
export const GOOD_VALUES: Readonly<Record<FieldId, string>> = {
	iban: 'BE68539007547034',
	swift_bic_code: 'BARCGB22',
	bank_account_number: '000123456789',
	account_number: '01234567',
	account_type: 'CHECKING',
	routing_code: '021000021',
	branch_number: '0042',
	bsb_number: '12-3-456',
	sort_code: '12-34-56',
	card_number: '4242424242424242',
	card_number_hash: 'sample/hash+of+a+card=',
	description: 'purpose of remittance',
	recipient_first_name: 'John',
	recipient_last_name: 'Johnson',
	recipient_full_name: 'John Johnson',
	recipient_bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
	recipient_country_iso3: 'BEL',
	recipient_currency: 'eur',
	recipient_swift_bic_code: 'DEUTDEFF500',
	recipient_address_line: 'Main Street 1',
	recipient_city: 'Springfield',
	recipient_postal_code: '02134',
	recipient_state: 'MA',
	recipient_email: 'john@example.com',
	recipient_msisdn: '+12025550143',
	recipient_id_number: '01234567890',
	sender_company_name: 'Company name',
	sender_registration_number: '1234567890',
	sender_country_iso3: 'USA',
	sender_code: '1234567890',
	sender_address_line: 'Wall Street 1',
	sender_city: 'New York',
	sender_postal_code: '10005',
	sender_state: 'NY',
};

/** The columns of a row, with the node's settings where they differ from the default. */
export interface RowOfTest extends Partial<Omit<PayoutRow, 'columns'>> {
	columns: Readonly<Record<string, unknown>>;
}

function valuesOf(ids: readonly FieldId[]): Record<string, string> {
	return Object.fromEntries(ids.map((id) => [id, GOOD_VALUES[id]]));
}

const ORDER_COLUMNS = { reference: 'INV-1', amount: '10.00' };

/** A good row to any other bank account: the common fields, a country and a currency. */
export const OTHER_ROW: RowOfTest = {
	destination: 'OTHER',
	columns: {
		...ORDER_COLUMNS,
		...valuesOf([...COMMON_BANK_ACCOUNT_FIELDS, 'recipient_country_iso3', 'recipient_currency']),
		iban: GOOD_VALUES.iban,
	},
};

/** A good row to any card, by its number. */
export const CARD_ROW: RowOfTest = {
	destination: 'CARD',
	columns: { ...ORDER_COLUMNS, ...valuesOf(['recipient_full_name', 'card_number']) },
};

/** The fields that name an account like an IBAN does, so that a row has one of them only. */
export const ACCOUNT_NUMBERS: readonly FieldId[] = ['bank_account_number', 'account_number'];

/** A good row that accepts a field: to a card for the fields of a card, else to any account. */
export function rowThatAccepts(id: FieldId): RowOfTest {
	if (id === 'card_number') return CARD_ROW;
	if (ACCOUNT_NUMBERS.includes(id)) {
		const columns = { ...OTHER_ROW.columns, iban: undefined, ...valuesOf(['swift_bic_code']) };
		return { ...OTHER_ROW, columns };
	}
	if (id !== 'card_number_hash') return OTHER_ROW;
	return { ...CARD_ROW, columns: { ...CARD_ROW.columns, card_number: undefined } };
}

/** A good row to a corridor with what it requires, by the first or another of its accounts. */
export function corridorRow(id: CorridorId, alternative = 0): RowOfTest {
	const corridor: Corridor = CORRIDORS[id];
	const { alternatives = [], amountCurrency = 'USD' } = corridor;
	const required = listRequiredFields(corridor, GOOD_VALUES.sender_country_iso3, amountCurrency);
	return {
		destination: id,
		currency: amountCurrency,
		columns: {
			...ORDER_COLUMNS,
			...valuesOf(required),
			...valuesOf(alternatives[alternative] ?? []),
		},
	};
}

/** A good row of the documented example, a payout to Belgium. */
export const BELGIAN_ROW = corridorRow('BEL-EUR');

/** Builds a row with some of its columns changed; undefined leaves a column out. */
export function buildRow(row: RowOfTest, changed: Readonly<Record<string, unknown>> = {}) {
	const columns = Object.fromEntries(
		Object.entries({ ...row.columns, ...changed }).filter(([, value]) => value !== undefined),
	);
	return buildPayout({
		destination: 'OTHER',
		currency: 'USD',
		amountUnit: 'major',
		sender: {},
		...row,
		columns,
	});
}

/** The payout of a good row; fails the test, with the reasons, when the row is refused. */
export function payoutOf(row: RowOfTest, changed?: Readonly<Record<string, unknown>>): Payout {
	const built = buildRow(row, changed);
	if ('problems' in built) throw new Error(JSON.stringify(built.problems, null, 1));
	return built;
}

/** Everything that is wrong with a row, without what a summary calls it; fails the test when the row is accepted. */
export function problemsOf(
	row: RowOfTest,
	changed?: Readonly<Record<string, unknown>>,
): RowProblem[] {
	const built = buildRow(row, changed);
	if (!('problems' in built)) throw new Error(`The row was accepted: ${JSON.stringify(built)}`);
	return built.problems.map(({ field, message, otherFields }) => ({
		field,
		message,
		...(otherFields && { otherFields }),
	}));
}

/** The names of the columns that are wrong with a row, each once. */
export function wrongFieldsOf(
	row: RowOfTest,
	changed?: Readonly<Record<string, unknown>>,
): string[] {
	const fields = problemsOf(row, changed).flatMap(({ field, otherFields = [] }) => [
		field,
		...otherFields,
	]);
	return [...new Set(fields)].sort();
}

/** What a body contains at a path such as `amount_details.amount`. */
export function valueAt(body: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((place, key) => (place as never)?.[key], body);
}

/** What a body contains for a field. */
export function sentFor(body: unknown, id: FieldId): unknown {
	return valueAt(body, PAYOUT_FIELDS[id].path);
}
