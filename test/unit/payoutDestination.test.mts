import countries from 'i18n-iso-countries';
import { groupByReason } from '../../nodes/SmartGlocal/messages/rowGroups';
import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { DESTINATIONS, resolveDestination } from '../../nodes/payout/destinations/requirements';
import { COUNTRIES } from '../../nodes/payout/formats/isoCodes';
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
		['an unknown name', { destination: 'Atlantis' }, "destination 'Atlantis' is unknown"],
		['the node’s own setting', { destination: 'ROW' }, "destination 'ROW' is unknown"],
		['a property of every JavaScript object', { destination: 'constructor' }, 'is unknown'],
		[
			'a country with a form, but in another currency',
			{ recipient_country_iso3: 'KEN', recipient_currency: 'USD' },
			"'KEN-USD' names a country with a form of its own: 'KEN-KES' for 'Kenya (KES)'",
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

	test('reads the destination of the row as it reads the one of the node', () => {
		expect(payoutOf(BELGIAN_ROW, { destination: 'Belgium' }).body).toEqual(
			payoutOf(BELGIAN_ROW).body,
		);
		expect(wrongFieldsOf(BELGIAN_ROW, { destination: 'Kenya' })).toEqual(['destination']);
		expect(wrongFieldsOf(BELGIAN_ROW, { destination: 'Brussels' })).toEqual(['destination']);
		const french = { recipient_country_iso3: 'FRA', recipient_currency: 'EUR' };
		expect(payoutOf(OTHER_ROW, { ...french, destination: 'France' }).body).toEqual(
			payoutOf(OTHER_ROW, french).body,
		);
		expect(wrongFieldsOf(OTHER_ROW, { ...french, destination: 'Spain' })).toEqual([
			'recipient_country_iso3',
		]);
		expect(wrongFieldsOf(OTHER_ROW, { destination: 'Belgium' })).toEqual(['destination']);
	});

	test.each(['', 'XXX-YYY', 'Atlantis'])(
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

/** A row's destination, resolved: `GBR-GBP` for a form, `DEU` or `DEU-EUR` for any account there. */
function readingOf(destination: string): string {
	const read = resolveDestination('ROW', { destination });
	if (typeof read === 'string') return read;
	const { recipient_country_iso3: country, recipient_currency: currency } = read.fixed;
	return [read.bankCodes ? 'any account' : 'form', country, currency, read.method]
		.filter((part) => part !== undefined)
		.join(' ');
}

/** What i18n-iso-countries calls a few islands; and a code that stands for "not available", too. */
const UNREAD_NAMES = [
	'Bonaire, Sint Eustatius and Saba',
	'Heard Island and McDonald Islands',
	'Saint Martin (French part)',
	'NA',
	'Sint Maarten (Dutch part)',
	'United States Minor Outlying Islands',
	'Holy See (Vatican City State)',
];

describe('a destination in words', () => {
	test.each(
		`GBR,gbr gbp,GBP-GBR,gbr_gbp,United Kingdom,UNITED KINGDOM (GBP),uk,U.K.,GB-GBP,Great Britain,England,Northern Ireland,The United Kingdom,"GBR"`.split(
			',',
		),
	)('%s is GBR-GBP', (destination) => {
		expect(readingOf(destination)).toBe(readingOf('GBR-GBP'));
	});

	test.each([
		['BE', 'BEL-EUR'],
		['Belgium EUR', 'BEL-EUR'],
		['EUR, Belgium', 'BEL-EUR'],
		['Hong-Kong', 'HKG-HKD'],
		['Hong Kong SAR', 'HKG-HKD'],
		['Korea, Republic of', 'KOR-KRW'],
		['Korea, South', 'KOR-KRW'],
		['Czech Republic.', 'CZE-CZK'],
		['Türkiye', 'TUR-TRY'],
		['Tu\u0308rkiye', 'TUR-TRY'],
		['Turkey', 'TUR-TRY'],
		['U.S.A.', 'USA-USD'],
		['United States of America (the)', 'USA-USD'],
		['Viet Nam', 'VNM-VND'],
		['\uff22\uff25', 'BEL-EUR'],
		['China CNY', 'CHN-CNY'],
		['China, card', 'CHN-CNY'],
		['card China', 'CHN-CNY'],
		['RU-RUB', 'RUS-RUB'],
		['Bank Card', 'CARD'],
		['Card.', 'CARD'],
		['Any Other Bank Account', 'OTHER'],
		['Other', 'OTHER'],
	])('%s is %s', (destination, meant) => {
		expect(readingOf(destination)).toBe(readingOf(meant));
	});

	test.each(CORRIDOR_IDS)('%s is read by its label in the form', (id) => {
		const { name = '' } = DESTINATIONS.find(({ value }) => value === id) ?? {};
		for (const written of [name, name.replace(/ *\(.*/, '')]) {
			expect(readingOf(written)).toBe(readingOf(id));
		}
	});

	test.each([
		['DEU-EUR', 'DEU EUR'],
		['deu-eur', 'DEU EUR'],
		['Germany (EUR)', 'DEU EUR'],
		['Germany', 'DEU'],
		['DE', 'DEU'],
		['IS', 'ISL'],
		['no', 'NOR'],
		['AM', 'ARM'],
		['PM', 'SPM'],
		['AND', 'AND'],
		['AND-EUR', 'AND EUR'],
		['EUR AND', 'AND EUR'],
		['MKD', 'MKD'],
		['MKD-MKD', 'MKD MKD'],
		['CHE-CHF', 'CHE CHF'],
		['Ireland', 'IRL'],
		['Austria', 'AUT'],
		['Iceland', 'ISL'],
		['Niger', 'NER'],
		['North Korea', 'PRK'],
		['Guinea-Bissau', 'GNB'],
		['Papua New Guinea', 'PNG'],
		['Equatorial Guinea', 'GNQ'],
		['DR Congo', 'COD'],
		['Congo (the Democratic Republic of the)', 'COD'],
		['Congo - Brazzaville', 'COG'],
		['South Georgia and the South Sandwich Islands', 'SGS'],
		['North Macedonia', 'MKD'],
		['Macao SAR', 'MAC'],
		['UAE', 'ARE'],
		['Holland', 'NLD'],
		['Cote d\u2019Ivoire', 'CIV'],
		['St. Lucia', 'LCA'],
		['Saint Lucia', 'LCA'],
		['Trinidad & Tobago XCD', 'TTO XCD'],
		['Bahamas, The', 'BHS'],
		['Namibia', 'NAM'],
	])('%s, which has no form, is any account there: %s', (destination, codes) => {
		expect(readingOf(destination)).toBe(`any account ${codes}`);
	});

	test.each([
		['Georgia', "'GEO (Georgia)' or 'USA (United States)'"],
		['Georgia USD', "'GEO (Georgia)' or 'USA (United States)'"],
		['Congo', "'COD (Congo - Kinshasa)' or 'COG (Congo - Brazzaville)'"],
		['CONGO (THE)', "'COD (Congo - Kinshasa)' or 'COG (Congo - Brazzaville)'"],
		['Korea', "'KOR (South Korea)' or 'PRK (North Korea)'"],
		['Guinea', "'GIN (Guinea)' or 'GNB (Guinea-Bissau)' or 'GNQ (Equatorial Guinea)'"],
		['Macedonia', "'GRC (Greece)' or 'MKD (North Macedonia)'"],
		['Saint Martin', "'MAF (St. Martin)' or 'SXM (Sint Maarten)'"],
		['Virgin Islands', "'VGB (British Virgin Islands)' or 'VIR (U.S. Virgin Islands)'"],
		['CHE SLE', "'SLE (Sierra Leone)' or 'CHE (Switzerland)'"],
	])('%s could be several countries, and they are named', (destination, choices) => {
		const problem = `could be ${choices}. Write the code of the one that is meant.`;
		expect(readingOf(destination)).toBe(`The destination '${destination}' ${problem}`);
	});

	test.each([
		['BEL-USD', "'BEL-EUR' for 'Belgium (EUR)'"],
		['Turkey USD', "'TUR-TRY' for 'Turkey (TRY)'"],
		['GBR-EUR', "'GBR-GBP' for 'United Kingdom (GBP)'"],
		// A card, or an account there.
		['China', "'CHN-CNY' for 'China, card (CNY)'"],
		['CN', "'CHN-CNY' for 'China, card (CNY)'"],
		['Russian Federation', "'RUS-RUB' for 'Russia, card (RUB)'"],
	])('%s may be a form or another account, and both ways are named', (destination, form) => {
		expect(readingOf(destination)).toBe(
			`The destination '${destination}' names a country with a form of its own: ${form}. Write that code as the destination, or OTHER and fill in recipient_country_iso3 and recipient_currency to pay any bank account there.`,
		);
	});

	test.each(
		// The last ones only begin like a name, hold one, or are spelt like one.
		`Narnia|EUR|usd|XXX|DEU-DEM|XK|ROW|?|-|NA|N/A|n.a.|CAR|EU|GBR-GPB|Belgium?|Belgium EUR USD|Georgia (USA)|Belgium/France|Belgium or France|Niger…|Niger...|Untied Kingdom|United Kingdon|BELEUR|BE68 5390 0754 7034|Belgium 2|Бельгия|Belgium Россия|B\u0435lgium|card Germany|Belgium${' '.repeat(60)}France`.split(
			'|',
		),
	)('%s is unknown, and nothing is guessed', (destination) => {
		expect(readingOf(destination)).toMatch(
			/ is unknown\. Write a country by its English name or its code, as in Belgium, BE or BEL-EUR, CARD for a bank card, or OTHER and fill in recipient_country_iso3 and recipient_currency\.$/,
		);
	});

	test('is read for every country, or named among several, by its codes and its names', () => {
		const readings = [...COUNTRIES].flatMap(([code, alpha2]) =>
			[code, alpha2, countries.getName(alpha2, 'en', { select: 'all' }) ?? []]
				.flat()
				.map((written) => ({
					written,
					isRead: readingOf(written).includes(code),
				})),
		);
		const unread = readings.filter(({ isRead }) => !isRead).map(({ written }) => written);
		expect(unread).toEqual(UNREAD_NAMES);
		expect(readings.length).toBeGreaterThan(249 * 3);
	});

	test('fills in the country and the currency of the payout', () => {
		const own = { ...OTHER_ROW.columns, recipient_country_iso3: undefined };
		const row = byRow({ ...OTHER_ROW, currency: '' }, own);
		const expected = payoutOf(OTHER_ROW, {
			recipient_country_iso3: 'DEU',
			currency: 'EUR',
		});
		const noCurrency = { destination: 'DEU-EUR', recipient_currency: undefined };
		expect(payoutOf(row, noCurrency)).toEqual(expected);
		expect(payoutOf(row, { destination: 'Germany', recipient_currency: 'eur' })).toEqual(expected);
		expect(wrongFieldsOf(row, { destination: 'Germany', recipient_currency: undefined })).toEqual([
			'recipient_currency',
		]);
		const codes = { recipient_country_iso3: 'deu', recipient_currency: 'EUR' };
		expect(payoutOf(row, codes)).toEqual(expected);
	});

	test.each([
		['country', { destination: 'Germany', recipient_country_iso3: 'FRA' }],
		['currency', { destination: 'DEU-EUR', recipient_currency: 'USD' }],
	])('does not win over another %s of the row', (_name, columns) => {
		const [field] = Object.keys(columns).slice(1);
		expect(problemsOf(byRow(OTHER_ROW, { recipient_country_iso3: 'DEU', ...columns }))).toEqual([
			{ field, message: expect.stringContaining('Correct the row or its destination') },
		]);
	});

	test.each([
		['GB', 'GBP', 'recipient_country_iso3'],
		['Germany', 'EUR', 'recipient_country_iso3'],
		['DEU', 'EURO', 'recipient_currency'],
	])('is not read in the columns of codes: %s and %s', (country, currency, field) => {
		const columns = { recipient_country_iso3: country, recipient_currency: currency };
		expect(wrongFieldsOf(byRow(OTHER_ROW, columns))).toEqual([field]);
	});

	test('that many rows have in common is one message for all of them', async () => {
		const words = [
			['Atlantis', 'Narnia', 'EUR'],
			['Congo', 'Georgia'],
			['BEL-USD', 'KEN-USD'],
		];
		for (const alike of words) {
			const sentences = alike.map((destination, index) => ({
				number: index + 1,
				name: '',
				message: readingOf(destination),
			}));
			expect(await groupByReason(sentences, async () => {})).toHaveLength(1);
		}
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
