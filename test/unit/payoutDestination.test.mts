import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { DESTINATIONS } from '../../nodes/payout/destinations/requirements';
import {
	BELGIAN_ROW,
	CARD_ROW,
	corridorRow,
	OTHER_ROW,
	payoutOf,
	problemsOf,
	wrongFieldsOf,
} from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

function byRow(row: RowOfTest, columns: Record<string, unknown>): RowOfTest {
	return { ...row, destination: 'ROW', columns: { ...row.columns, ...columns } };
}

describe('destination', () => {
	test.each(CORRIDOR_IDS)('reads %s from the row, in upper or lower case', (id) => {
		for (const destination of [id, id.toLowerCase(), ` ${id}\u00a0`]) {
			const { body } = payoutOf(byRow(corridorRow(id), { destination }));
			expect(body).toEqual(payoutOf(corridorRow(id)).body);
		}
	});

	test.each([
		['any other bank account', OTHER_ROW, 'other'],
		['any card', CARD_ROW, 'Card'],
	])('takes %s from the row', (_name, row, destination) => {
		const { body } = payoutOf(byRow(row, { destination }));
		expect(body).toEqual(payoutOf(row).body);
	});

	test.each(CORRIDOR_IDS)('takes %s from the country and the currency of the row', (id) => {
		const [recipient_country_iso3, recipient_currency] = id.toLowerCase().split('-');
		const row = byRow(corridorRow(id), { recipient_country_iso3, recipient_currency });
		expect(payoutOf(row).body).toEqual(payoutOf(corridorRow(id)).body);
	});

	test.each([
		['nothing', {}, 'does not say where the payout goes'],
		['a country only', { recipient_country_iso3: 'BEL' }, 'does not say where the payout goes'],
		['a currency only', { recipient_currency: 'EUR' }, 'does not say where the payout goes'],
		['an unknown name', { destination: 'Belgium' }, "destination 'Belgium' is unknown"],
		['the node’s own setting', { destination: 'ROW' }, "destination 'ROW' is unknown"],
		['a property of every JavaScript object', { destination: 'constructor' }, 'is unknown'],
		[
			'a country that has no form',
			{ recipient_country_iso3: 'FRA', recipient_currency: 'EUR' },
			'no form for payouts to FRA in EUR',
		],
	])('refuses a row that says %s', (_name, columns, phrase) => {
		expect(problemsOf(byRow(BELGIAN_ROW, columns))).toEqual([
			{ field: 'destination', message: expect.stringContaining(phrase) },
		]);
	});

	test('refuses a row whose destination is not the one of the node', () => {
		expect(problemsOf(BELGIAN_ROW, { destination: 'GBR-GBP' })).toEqual([
			{ field: 'destination', message: expect.stringMatching(/'GBR-GBP'.*'BEL-EUR'/) },
		]);
		expect(payoutOf(BELGIAN_ROW, { destination: 'bel-eur' }).body).toEqual(
			payoutOf(BELGIAN_ROW).body,
		);
	});

	test.each(['', 'XXX-YYY', 'bel'])(
		'refuses the unknown destination %p of a node',
		(destination) => {
			expect(wrongFieldsOf({ ...BELGIAN_ROW, destination })).toEqual(['destination']);
		},
	);

	test.each([
		['true', true],
		['a list', ['BEL-EUR']],
		['an object', { to: 'BEL-EUR' }],
		['an object whose text cannot be made', { toString: 1, valueOf: 1 }],
	])('refuses %s in the column destination', (_name, destination) => {
		expect(problemsOf(byRow(BELGIAN_ROW, { destination }))).toEqual([
			{ field: 'destination', message: expect.not.stringContaining('[object') },
		]);
	});
});

describe('an unknown destination', () => {
	const messageFor = (destination: string) =>
		problemsOf(byRow(BELGIAN_ROW, { destination }))[0]?.message ?? '';

	test.each(
		// The last ones are only spelt like a name or a code.
		`Germany,DEU,FRA-EUR,Narnia,EUR,GBR-EUR,ROW,?,Untied Kingdom,United Kingdon,GBR-GPB,North Korea,Austria,Chile,IND-INR,Ukraine,Iceland,Niger`.split(
			',',
		),
	)('%s: says how to write any other country, and guesses nothing', (destination) => {
		const message = messageFor(destination);
		expect(message).toMatch(
			/for any other country write OTHER and fill in recipient_country_iso3 and recipient_currency\.$/,
		);
		expect(message).not.toContain('Did you mean');
		for (const id of CORRIDOR_IDS) expect(message).toContain(id);
	});

	test.each(
		`GBR,GBP,gbr gbp,GBP-GBR,gbr_gbp,United Kingdom,UNITED KINGDOM (GBP),uk,GB-GBP,Great Britain,England`.split(
			',',
		),
	)('%s: offers GBR-GBP', (destination) => {
		expect(messageFor(destination)).toContain('is unknown. Did you mean GBR-GBP? Use one of');
	});

	test.each([
		['Belgium', 'BEL-EUR'],
		['Hungary', 'HUN-EUR'],
		['Hong-Kong', 'HKG-HKD'],
		['Czech Republic', 'CZE-CZK'],
		['Türkiye', 'TUR-TRY'],
		['U.S.A.', 'USA-USD'],
		['China', 'CHN-CNY'],
		['China, card', 'CHN-CNY'],
		['Bank Card', 'CARD'],
		['Any Other Bank Account', 'OTHER'],
	])('%s: offers %s', (destination, offered) => {
		expect(messageFor(destination)).toContain(`Did you mean ${offered}?`);
	});

	test.each(CORRIDOR_IDS)('%s is offered for its country, and its label in the form', (id) => {
		const { name = '' } = DESTINATIONS.find(({ value }) => value === id) ?? {};
		for (const written of [id.slice(0, 3), name, name.replace(/,? *(card)? *\(.*/, '')]) {
			expect(messageFor(written)).toContain(`Did you mean ${id}?`);
		}
	});

	test('is offered for a country and a currency in columns of their own, too', () => {
		const columns = { recipient_country_iso3: 'GB', recipient_currency: 'GBP' };
		expect(problemsOf(byRow(BELGIAN_ROW, columns))[0]?.message).toMatch(
			/GB in GBP yet\. Did you mean GBR-GBP\? Enter OTHER/,
		);
	});

	test('of a node is asked for when it is empty', () => {
		expect(problemsOf({ ...BELGIAN_ROW, destination: '' })).toEqual([
			{ field: 'destination', message: "'Destination' is empty. Choose where the money goes." },
		]);
	});
});

test.each([
	['recipient_country_iso3', 'FRA'],
	['recipient_currency', 'GBP'],
])('refuses a %s that contradicts the destination', (field, value) => {
	expect(problemsOf(BELGIAN_ROW, { [field]: value })).toEqual([
		{ field, message: expect.stringContaining('Correct the row or its destination') },
	]);
});

test('takes a country and a currency that agree with the destination', () => {
	const agreeing = { recipient_country_iso3: 'bel', recipient_currency: 'EUR' };
	expect(payoutOf(BELGIAN_ROW, agreeing).body).toEqual(payoutOf(BELGIAN_ROW).body);
});

test('refuses an account type that contradicts the one a destination has', () => {
	const uk = corridorRow('GBR-GBP');
	expect(payoutOf(uk, { account_type: 'checking' }).body).toEqual(payoutOf(uk).body);
	expect(problemsOf(uk, { account_type: 'savings' })).toEqual([
		{ field: 'account_type', message: expect.stringMatching(/'SAVINGS'.*'CHECKING'/) },
	]);
});
