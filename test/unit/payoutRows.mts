import {
	buildPayout,
	type Payout,
	type PayoutRow,
} from '../../nodes/SmartGlocal/payout/buildPayout';
import type { RowProblem } from '../../nodes/SmartGlocal/payout/columns';
import type { Corridor } from '../../nodes/SmartGlocal/payout/corridor';
import { type CorridorId, CORRIDORS } from '../../nodes/SmartGlocal/payout/corridors';
import { COMMON_BANK_ACCOUNT_FIELDS } from '../../nodes/SmartGlocal/payout/fieldGroups';
import type { FieldId } from '../../nodes/SmartGlocal/payout/fields';
import { listRequiredFields } from '../../nodes/SmartGlocal/payout/requirements';

/** A value for every field that passes every corridor's checks, in the form the API takes. */
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

/** The columns of a row, and what the node itself says about it. */
export interface RowOfTest extends Partial<Omit<PayoutRow, 'columns'>> {
	columns: Readonly<Record<string, unknown>>;
}

function valuesOf(ids: readonly FieldId[]): Record<string, string> {
	return Object.fromEntries(ids.map((id) => [id, GOOD_VALUES[id]]));
}

const orderColumns = { reference: 'INV-1', amount: '10.00' };

/** A good row of any other bank account: what all corridors need, and a country and currency. */
export const OTHER_ROW: RowOfTest = {
	destination: 'OTHER',
	columns: {
		...orderColumns,
		...valuesOf([...COMMON_BANK_ACCOUNT_FIELDS, 'recipient_country_iso3', 'recipient_currency']),
		iban: GOOD_VALUES.iban,
	},
};

/** A good row of any card, by its number. */
export const CARD_ROW: RowOfTest = {
	destination: 'CARD',
	columns: { ...orderColumns, ...valuesOf(['recipient_full_name', 'card_number']) },
};

/** A good row that takes a field: of a card for the fields of a card, else of any account. */
export function rowThatTakes(id: FieldId): RowOfTest {
	if (id === 'card_number') return CARD_ROW;
	if (id !== 'card_number_hash') return OTHER_ROW;
	return { ...CARD_ROW, columns: { ...CARD_ROW.columns, card_number: undefined } };
}

/** The columns that a good row of a corridor needs, with its first or another way to an account. */
export function corridorRow(id: CorridorId, alternative = 0): RowOfTest {
	const corridor: Corridor = CORRIDORS[id];
	const { alternatives = [], amountCurrency = 'USD' } = corridor;
	const required = listRequiredFields(corridor, GOOD_VALUES.sender_country_iso3, amountCurrency);
	return {
		destination: id,
		currency: amountCurrency,
		columns: {
			...orderColumns,
			...valuesOf(required),
			...valuesOf(alternatives[alternative] ?? []),
		},
	};
}

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

/** The payout that a good row gives; fails the test, with the reasons, when there is none. */
export function payoutOf(row: RowOfTest, changed?: Readonly<Record<string, unknown>>): Payout {
	const built = buildRow(row, changed);
	if ('problems' in built) throw new Error(JSON.stringify(built.problems, null, 1));
	return built;
}

/** Everything that is wrong with a row; fails the test when the row is good. */
export function problemsOf(
	row: RowOfTest,
	changed?: Readonly<Record<string, unknown>>,
): RowProblem[] {
	const built = buildRow(row, changed);
	if (!('problems' in built)) throw new Error(`The row was accepted: ${JSON.stringify(built)}`);
	return built.problems;
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
