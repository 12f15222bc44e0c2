import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { authenticateRequest } from '../../credentials/authenticateRequest';
import { findBeyond, readGuardRails } from '../../credentials/guardRails';
import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { findSlowGrowth, textsOf } from '../support/growth.mts';
import { evaluatedRails } from '../support/guardRails.mts';
import { CARD_ROW, corridorRow, payoutOf } from '../support/payoutRows.mts';
import { rsaKeys } from '../support/rsaKeys.mts';

const { privateKey } = rsaKeys();
const HOST = 'http://127.0.0.1:4010';

const railsOf = (fields: IDataObject, typed?: IDataObject) =>
	readGuardRails({ guardRails: evaluatedRails(fields, typed) });

/** What the credential says to a request, in both forms that n8n gives it; undefined when it signs. */
async function refusalOf(
	fields: IDataObject,
	path: string,
	body: object | string,
	more: IDataObject = {},
): Promise<string | undefined> {
	const credentials = {
		environment: 'custom',
		baseUrl: HOST,
		partnerProject: 'shop',
		privateKey,
		guardRails: evaluatedRails(fields),
		...more,
	};
	const said = new Set<string | undefined>();
	for (const request of [{ url: `${HOST}${path}` }, { uri: `${HOST}${path}` }]) {
		for (const given of typeof body === 'string' ? [body] : [body, JSON.stringify(body)]) {
			const signed = authenticateRequest(
				credentials as never,
				{ ...request, body: given } as never,
			);
			said.add(await signed.then(() => undefined).catch((failure: Error) => failure.message));
		}
	}
	expect(said.size).toBe(1);
	return [...said][0];
}

const INIT = '/api/v1/session/init/payout';
const START = '/api/v1/session/start/payout';
const CREATE = '/api/v1/session/create';
const ACCOUNT = {
	type: 'bank_account',
	bank_account: { system_type: 'global', global: { iban: 'DE89370400440532013000' } },
};
const CARD = {
	type: 'card',
	card: { type: 'encrypted_card', encrypted_card: { number_hash: 'x' } },
};
const money = (amount: unknown, currency: unknown = 'eur') => ({ amount, currency });
const recipient = (country_iso3?: unknown, currency?: unknown) => ({
	recipient: { first_name: 'Ann', country_iso3, currency },
});
const order = (changed: object = {}) => ({
	payment_method: ACCOUNT,
	amount_details: money(400_000),
	participant_details: recipient('DEU', 'eur'),
	...changed,
});

describe('reading', () => {
	test.each<[string, IDataObject, Record<string, Array<[string, number]>>]>([
		[
			'amounts of several currencies',
			{ maxAmount: 'EUR 5000, GBP 4000.5 ;krw 500000 minor\nusd1.05' },
			{
				maxAmount: [
					['EUR', 500_000],
					['GBP', 400_050],
					['KRW', 500_000],
					['USD', 105],
				],
			},
		],
		['a total', { maxTotal: ' EUR 20000 ' }, { maxTotal: [['EUR', 2_000_000]] }],
		['minor units of any currency', { maxAmount: 'EUR 500 MINOR' }, { maxAmount: [['EUR', 500]] }],
		[
			'places and cards',
			{ destinations: 'gbr-gbp, TUR,card' },
			{
				destinations: [
					['GBR-GBP', Infinity],
					['TUR', Infinity],
					['CARD', Infinity],
				],
			},
		],
		[
			'currencies',
			{ currencies: 'EUR,chf' },
			{
				currencies: [
					['EUR', Infinity],
					['CHF', Infinity],
				],
			},
		],
		[
			'all of them',
			{ currencies: 'EUR', destinations: 'DEU', maxTotal: 'EUR 2', maxAmount: 'EUR 1' },
			{
				maxAmount: [['EUR', 100]],
				maxTotal: [['EUR', 200]],
				destinations: [['DEU', Infinity]],
				currencies: [['EUR', Infinity]],
			},
		],
		['nothing', { maxAmount: '', maxTotal: '  ', destinations: undefined }, {}],
	])('understands %s', (_name, fields, expected) => {
		const rails = Object.entries(railsOf(fields)).map(([name, map]) => [name, [...map]]);
		expect(Object.fromEntries(rails)).toEqual(expected);
	});

	test.each([undefined, null, {}, { limits: {} }, { limits: null }])(
		'takes a credential that was saved without them: %j',
		(guardRails) => {
			expect(readGuardRails({ guardRails })).toEqual({});
			expect(readGuardRails({})).toEqual({});
		},
	);

	const UNREADABLE: Record<string, [label: string, texts: unknown[]]> = {
		maxAmount: [
			'Max Amount',
			[
				'5000',
				'EUR',
				'EUR 5,000',
				'EUR 5000.005',
				'EUR 0',
				'EUR -5',
				'EUR 1e3',
				'EUR 5000 GBP 4000',
				'EUR 5000,',
				', EUR 5000',
				',',
				'EUR 5000, EUR 6000',
				'EUR 5000, eur 5000',
				'EURO 5000',
				'XXX 5000',
				'KRW 500000',
				'JPY 5.00 minor',
				'€ 5000',
				'EUR 5000 major',
				'EUR 99999999999999999',
				'EUR 05000',
				'{{ $json.limit }}',
				'unlimited',
				5000,
				true,
				'\u200b',
			],
		],
		maxTotal: ['Max Total', ['20000', 'EUR 20 000', 'EUR 20000/day']],
		destinations: [
			'Destinations',
			[
				'EUR',
				'UK',
				'GBR-',
				'GBR-XXX',
				'XXX-GBP',
				'GBP-GBR',
				'GBR GBP',
				'GBR-GBP-1',
				'GBR, GBR',
				'CARD-EUR',
				'ROW',
				'Germany',
				'*',
			],
		],
		currencies: ['Currencies', ['EURO', 'EUR GBP', 'GBR', 'EUR,,GBP', 'EUR, EUR', 'any']],
	};
	test.each(
		Object.entries(UNREADABLE).flatMap(([name, [label, texts]]) =>
			texts.map((text) => ({ name, label, text })),
		),
	)('refuses $name: $text', async ({ name, label, text }) => {
		const sentence = `The guard rail '${label}' of the credential cannot be read`;
		const fields = { [name]: text } as IDataObject;
		// n8n's test of the credential, and every other request.
		for (const path of ['/api/v1/wallet/balance', '/api/v1/session/status', INIT]) {
			expect(await refusalOf(fields, path, {})).toContain(sentence);
		}
	});

	test.each<[string, IDataObject, IDataObject]>([
		['an expression of the row', { maxAmount: 'EUR 5' }, { maxAmount: '=EUR {{ $json.limit }}' }],
		[
			'an expression that gives the same always',
			{ currencies: 'EUR' },
			{ currencies: '={{ "EUR" }}' },
		],
		[
			'an expression that gives nothing',
			{ destinations: '' },
			{ destinations: '={{ $json.none }}' },
		],
		[
			'an expression beside a good one',
			{ maxAmount: 'EUR 5', maxTotal: 'EUR 6' },
			{ maxAmount: 'EUR 5', maxTotal: '={{ "EUR 6" }}' },
		],
		['a limit that is not among what was typed', { maxTotal: 'EUR 6' }, {}],
	])('refuses %s', async (_name, fields, typed) => {
		const guardRails = evaluatedRails(fields, typed);
		expect(await refusalOf({}, INIT, order(), { guardRails })).toMatch(
			/^The guard rail '[A-Z][A-Za-z ]+' of the credential is an expression: .* Write it as plain text/,
		);
	});

	test.each([undefined, '', '{}', 'x', '[]', 5])(
		'refuses limits without what was typed (%p)',
		(typed) => {
			expect(() =>
				readGuardRails({ guardRails: { limits: { maxAmount: 'EUR 5', typed } } }),
			).toThrow('is an expression');
		},
	);
});

describe('one payout', () => {
	const rails = {
		maxAmount: 'EUR 5000, KRW 700 minor',
		currencies: 'EUR, KRW, USD',
		destinations: 'GBR-GBP, DEU-EUR, TUR',
	};

	test.each<[string, object]>([
		['at the limit', order({ amount_details: money(500_000) })],
		['in minor units', order({ amount_details: money(700, 'krw') })],
		['to a country in any currency', order({ participant_details: recipient('tur', 'usd') })],
		['by the names of API v2', { ...order(), payment_method: undefined, payout_details: ACCOUNT }],
		[
			'with fields that are not known',
			order({ brand_new: { amount: 999_999_999, currency: 'x' }, metadata: { Amount: 1e9 } }),
		],
	])('%s is signed', async (_name, body) => {
		expect(await refusalOf(rails, INIT, body)).toBeUndefined();
		expect(await refusalOf(rails, INIT.replace('v1', 'v2'), body)).toBeUndefined();
	});

	test.each<[string, object, string]>([
		[
			'above the limit',
			{ amount_details: money(500_001) },
			"The credential allows at most EUR 5,000.00 or KRW 700 (minor units) for one payout ('Max Amount'), but this payout is EUR 5,000.01. Correct the payout, or ask whoever keeps the credential. Nothing was sent.",
		],
		['above another limit', { amount_details: money(701, 'KRW') }, 'this payout is KRW 701'],
		[
			'in a currency without a limit',
			{ amount_details: money(1, 'usd') },
			"('Max Amount', and lists no USD), but this payout is USD 0.01",
		],
		[
			'in another currency',
			{ amount_details: money(1, 'GBP') },
			"('Max Amount', and lists no GBP), but this payout is GBP 0.01",
		],
		[
			'to another country',
			{ participant_details: recipient('RUS', 'rub') },
			"The credential allows payouts to GBR-GBP or DEU-EUR or TUR only ('Destinations'), but this payout is to RUS-RUB.",
		],
		[
			'to the country in another currency',
			{ participant_details: recipient('DEU', 'usd') },
			'this payout is to DEU-USD',
		],
		[
			'to the country in no currency',
			{ participant_details: recipient('GBR') },
			'this payout is to GBR.',
		],
		['to a card', { payment_method: CARD, participant_details: {} }, 'this payout is to CARD'],
	])('%s is not', async (_name, changed, said) => {
		for (const path of [INIT, INIT.replace('v1', 'v2'), CREATE, START]) {
			expect(await refusalOf(rails, path, order(changed))).toContain(said);
		}
	});

	test('goes to cards where they are allowed, as Russia is paid', async () => {
		const cards = { destinations: 'DEU, CARD' };
		for (const row of [CARD_ROW, corridorRow('RUS-RUB')]) {
			const { body } = payoutOf(row);
			expect(await refusalOf(cards, INIT, body)).toBeUndefined();
			expect(await refusalOf({ destinations: 'DEU' }, INIT, body)).toContain('to CARD');
		}
		const chinese = payoutOf(corridorRow('CHN-CNY')).body;
		expect(await refusalOf(cards, INIT, chinese)).toContain('to CHN-CNY');
		expect(await refusalOf({ destinations: 'CHN-CNY' }, INIT, chinese)).toBeUndefined();
	});

	test.each(CORRIDOR_IDS.filter((id) => id !== 'RUS-RUB'))(
		'to %s passes by its name alone',
		async (id) => {
			const { body } = payoutOf(corridorRow(id));
			const [country = ''] = id.split('-');
			for (const destinations of [id, country]) {
				expect(await refusalOf({ destinations }, INIT, body)).toBeUndefined();
			}
			const others = CORRIDOR_IDS.filter((other) => other !== id).join();
			expect(await refusalOf({ destinations: others }, INIT, body)).toContain(`to ${id}.`);
		},
	);

	test('passes exactly when its amount is within the limit', async () => {
		const amounts = fc.integer({ min: 1, max: 3_000_000 });
		const written = (minor: number) =>
			`${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
		fc.assert(
			fc.property(
				amounts,
				amounts,
				fc.constantFrom('maxAmount', 'maxTotal'),
				fc.boolean(),
				(amount, limit, name, isNear) => {
					const paid = isNear ? limit + (amount % 3) - 1 : amount;
					if (paid < 1) return;
					const rails = railsOf({ [name]: `GBP 1, EUR ${written(limit)}` });
					const body = JSON.stringify(order({ amount_details: money(paid) }));
					expect(findBeyond(rails, INIT, body) === undefined).toBe(paid <= limit);
				},
			),
			{ numRuns: 1_000 },
		);
	});

	const amountRails = { maxAmount: 'EUR 5000' };
	const UNCLEAR = 'must hold a whole number of minor units above zero and a currency';
	test.each<[string, object]>([
		['no amount', { amount_details: undefined }],
		['an amount that is null', { amount_details: null }],
		['an amount that is a list', { amount_details: [money(1)] }],
		['an amount of zero', { amount_details: money(0) }],
		['an amount below zero', { amount_details: money(-1) }],
		['an amount as text', { amount_details: money('1') }],
		['an amount in an object', { amount_details: money({ value: 1 }) }],
		['no currency', { amount_details: { amount: 1 } }],
		['a currency that is none', { amount_details: money(1, 'euro') }],
		['a currency with a space', { amount_details: money(1, 'eur ') }],
		['a currency that is a list', { amount_details: money(1, ['eur']) }],
		['another name beside the amount', { amount_details: { ...money(1), Amount: 999_999_999 } }],
		['a second currency', { amount_details: { ...money(1), currency_code: 'usd' } }],
	])('must say its amount: %s', async (_name, changed) => {
		expect(await refusalOf(amountRails, INIT, order(changed))).toContain(UNCLEAR);
	});

	test.each(['1.0', '1e2', '10E-1', '9007199254740993', '100.00000000000000001', '-0', '1.5'])(
		'must write its amount in digits only, not as %s',
		async (amount) => {
			const body = JSON.stringify(order()).replace('400000', amount);
			expect(await refusalOf(amountRails, INIT, body)).toMatch(/whole number/);
		},
	);

	test.each<[string, object]>([
		['no country', { participant_details: recipient(undefined, 'eur') }],
		[
			'a currency that is a country’s code, too',
			{ participant_details: recipient(undefined, 'CHE') },
		],
		['a country of two letters', { participant_details: recipient('DE', 'eur') }],
		['a country that is CARD', { participant_details: recipient('CARD') }],
		['a country and a currency in one', { participant_details: recipient('DEU-EUR') }],
		['a country that is null', { participant_details: recipient(null, null) }],
		['a country in a list', { participant_details: recipient(['DEU'], 'eur') }],
		['no recipient', { participant_details: { sender: {} } }],
		['no participants', { participant_details: undefined }],
		['participants in a list', { participant_details: [recipient('DEU', 'eur')] }],
		['a recipient in a list', { participant_details: { recipient: [recipient('DEU').recipient] } }],
		['a second recipient', { participant_details: { ...recipient('DEU', 'eur'), Recipient: {} } }],
		['recipients', { participant_details: { ...recipient('DEU', 'eur'), recipients: [] } }],
		[
			'another name for the country',
			{
				participant_details: {
					recipient: { ...recipient('DEU', 'eur').recipient, country_iso2: 'RU' },
				},
			},
		],
		['two accounts', { payout_details: CARD }],
		['an account that is null beside another', { payout_details: null }],
		[
			'a card with an account in it',
			{ payment_method: { ...CARD, bank_account: {} }, participant_details: {} },
		],
		['a card that is none', { payment_method: { type: 'card' }, participant_details: {} }],
		[
			'a card of another type',
			{ payment_method: { ...CARD, type: 'Card' }, participant_details: {} },
		],
	])('must say its destination: %s', async (_name, changed) => {
		const destinations = 'DEU, CHE, CARD';
		for (const path of [INIT, START, CREATE]) {
			expect(await refusalOf({ destinations }, path, order(changed))).toContain(
				'The credential limits where payouts may go',
			);
		}
	});
});

describe('a body that says something twice', () => {
	const rails = { maxAmount: 'EUR 5000', destinations: 'DEU-EUR' };
	const text = JSON.stringify(order());

	test.each([
		['the amount', '"amount":400000', '"amount":1,"amount":999999999'],
		[
			'the amount, written in another way',
			'"amount":400000',
			'"amount":1,"\\u0061mount":999999999',
		],
		['the amount, the wrong one first', '"amount":400000', '"amount":999999999, "amount" : 1'],
		[
			'all of the amount',
			'"amount_details":',
			'"amount_details":{"amount":9000000000},"amount_details":',
		],
		['the country', '"country_iso3":"DEU"', '"country_iso3":"RUS","country_iso3":"DEU"'],
		['the recipient', '"recipient":', '"recipient":{"country_iso3":"RUS"},"recipient":'],
		['something else', '"first_name":"Ann"', '"first_name":"Ann","first_name":"Bob"'],
	])('is refused: %s', async (_what, once, twice) => {
		expect(text).toContain(once);
		for (const path of [INIT, CREATE, START]) {
			expect(await refusalOf(rails, path, text.replace(once, twice))).toMatch(/ twice\. /);
		}
	});

	test('is signed where nothing is limited', async () => {
		expect(await refusalOf({}, INIT, text.replace('{', '{"a":1,"a":2,'))).toBeUndefined();
	});

	test('may have one name in several objects, and colons and quotes in its texts', async () => {
		const metadata = { amount: 1, a: { amount: 2 }, text: '"amount":5,"amount":6', 'b":': 1 };
		expect(await refusalOf(rails, INIT, order({ metadata }))).toBeUndefined();
	});

	test.each([
		'AmountDetails',
		'amountDetails',
		'AMOUNT_DETAILS',
		'amount-details',
		' amount_details',
		'amount_details\u200b',
		'ａmount_details',
		'paymentMethod',
		'Payout_Details',
		'participant.details',
	])('is refused with %j beside the right name', async (name) => {
		const body = { ...order(), [name]: {} };
		expect(await refusalOf(rails, INIT, body)).toContain('could be taken for');
	});
});

describe('a part of a payout', () => {
	const rails = {
		maxAmount: 'EUR 5000',
		maxTotal: 'EUR 6000',
		currencies: 'EUR',
		destinations: 'DEU-EUR',
	};
	const PARTS: Array<[string, object]> = [
		['nothing', {}],
		['the session', { session_id: 'ps_1' }],
		['an amount within the limit', { amount_details: money(500_000) }],
		['a recipient within the limits', { participant_details: recipient('DEU', 'eur') }],
		['a sender', { participant_details: { sender: { country_iso3: 'RUS' } } }],
		['a name', { participant_details: { recipient: { full_name: 'Ann' } } }],
	];

	test.each(PARTS)('may be left to the session: %s', async (_name, body) => {
		for (const path of [CREATE, START, START.replace('v1', 'v2')]) {
			expect(await refusalOf(rails, path, body)).toBeUndefined();
		}
	});

	test.each(PARTS)('is not enough for an order: %s', async (_name, body) => {
		expect(await refusalOf(rails, INIT, body)).toMatch(/must (hold|name)/);
	});

	test.each<[string, object]>([
		['an amount above the limit', { amount_details: money(500_001) }],
		['an amount that cannot be read', { amount_details: { amount: 1 } }],
		['another currency', { amount_details: money(1, 'usd') }],
		['another country', { participant_details: recipient('TUR', 'try') }],
		['another currency of the recipient', { participant_details: recipient(undefined, 'try') }],
		['an account without a country', { payment_method: ACCOUNT }],
		['an account without a country, as API v2 calls it', { payout_details: ACCOUNT }],
		['a card', { payment_method: CARD }],
		['a hidden recipient', { participant_details: { Recipient: { country_iso3: 'TUR' } } }],
		['participants in a list', { participant_details: [recipient('TUR', 'try')] }],
		['participants that are null', { participant_details: null }],
		['a recipient as text', { participant_details: { recipient: 'TUR' } }],
	])('is refused with %s', async (_name, body) => {
		for (const path of [CREATE, START]) {
			expect(await refusalOf(rails, path, body)).toMatch(/^The credential (allows|limits) /);
		}
	});
});

describe('a path', () => {
	const rails = { maxAmount: 'EUR 5', destinations: 'DEU' };
	const tooMuch = order({ amount_details: money(999_999) });

	test.each(
		[
			'session/status',
			'session/confirm',
			'session/cancel',
			'session/capture',
			'token',
			'token/info',
			'wallet/balance',
		].flatMap((method) => [`/api/v1/${method}`, `/api/v2/${method}`]),
	)('that orders no payout passes, with whatever body: %s', async (path) => {
		expect(await refusalOf(rails, path, tooMuch)).toBeUndefined();
		expect(await refusalOf(rails, path, {})).toBeUndefined();
	});

	const SPELLINGS = [
		'/api/v1/session/init/payout/',
		'/api/v1/session/init//payout',
		'//api/v1/session/init/payout',
		'/API/V1/Session/Init/Payout',
		'/api/v1/session/init%2Fpayout',
		'/api/v1/session/%69nit/payout',
		'/api/v1/session/INIT;x=1/payout;y',
		'/api/v1/session/init/payout?a=/api/v1/session/status',
		'/api/v1/session/init/payout#/api/v1/session/status',
		'/api/v3/session/init/payout',
		'/api/v1/session/init/payout/api/v1/session/status',
		'/session/init/payout',
		'/?method=session/init/payout',
	];
	test.each([
		...SPELLINGS,
		'/api/v1/session/status/',
		'/api/v1session/status',
		'/api/v1/session//status',
		'/api/v1/session/status?x',
		'/API/v1/session/status',
		'/api/v1/session/%73tatus',
		'/proxy/api/v1/session/status',
		'/api/v1/session/multi/init',
		'/api/v1/session/init/payment',
		'/api/v1/session/refund',
		'/api/v1/session/%2569nit/payout',
		'/api/v1/session/ｉnit/payout',
		'/api/v1/unknown',
		'/',
	])('that is not exactly known is refused, whatever its body holds: %s', async (path) => {
		for (const body of [tooMuch, {}, order({ amount_details: money(500) })]) {
			expect(await refusalOf(rails, path, body)).toContain('signs known methods for payouts only');
		}
	});

	test('may have no query, which a server could read like the body', async () => {
		const start = '/api/v1/session/start/payout';
		const body = { session_id: 'ps_1' };
		expect(await refusalOf(rails, start, body)).toBeUndefined();
		const query = `${start}?amount_details[amount]=99999999`;
		expect(await refusalOf(rails, query, body)).toContain('signs known methods');
		const qs = { amount_details: { amount: 99_999_999 } };
		const credentials = {
			environment: 'custom',
			baseUrl: HOST,
			partnerProject: 'shop',
			privateKey,
			guardRails: evaluatedRails(rails),
		};
		const request = { url: HOST + start, body, qs };
		await expect(authenticateRequest(credentials as never, request as never)).rejects.toThrow(
			'signs known methods',
		);
	});

	test.each<[string, object]>([
		['an order inside another name', { session: order() }],
		['several orders', { ...order(), payouts: [order({ amount_details: money(9e8) })] }],
		['a second amount by its path', { ...order(), 'amount_details.amount': 9e8 }],
		['an amount at the top', { ...order(), amount: 9e8, currency: 'eur' }],
		['a recipient at the top', { ...order(), recipient: { country_iso3: 'RUS' } }],
		[
			'a country in full width',
			order({
				participant_details: {
					recipient: { ...recipient('DEU', 'eur').recipient, ｃountry_iso3: 'RUS' },
				},
			}),
		],
	])('of a payout may not hold %s', async (_name, body) => {
		for (const each of [INIT, CREATE, START]) {
			const within = { maxAmount: 'EUR 5000', destinations: 'DEU' };
			expect(await refusalOf(within, each, body)).toMatch(
				/could be taken for|where payouts may go/,
			);
		}
	});

	test('is read behind the credential’s own address', async () => {
		const more = { baseUrl: `${HOST}/gateway/api/v1` };
		const path = (method: string) => `/gateway/api/v1/${method}`;
		expect(await refusalOf(rails, path('session/status'), tooMuch, more)).toBeUndefined();
		expect(await refusalOf(rails, path('session/init/payout'), tooMuch, more)).toContain('5.00');
	});
});

test('a credential without guard rails signs whatever it signed before', async () => {
	for (const body of ['{"amount_details":{"amount":1,"amount":2}}', order(), {}]) {
		expect(await refusalOf({}, INIT, body)).toBeUndefined();
	}
});

test('a request has to be JSON before it is checked', async () => {
	expect(await refusalOf({ maxAmount: 'EUR 5' }, INIT, '{"amount":')).toContain('not valid JSON');
});

test('a body is checked in a time that grows with its length', async () => {
	const rails = railsOf({ maxAmount: 'EUR 5', destinations: 'DEU' });
	for (const piece of ['"a":', '{"a":', '"country_iso3', '":"']) {
		const slowness = await findSlowGrowth((text) => {
			findBeyond(rails, INIT, `{"metadata":"${text.replaceAll('"', '\\"')}"}`);
		}, textsOf(piece));
		expect(slowness).toBeUndefined();
	}
});
