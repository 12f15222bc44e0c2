import { findPemBlocks, loadSigningKey, readVerificationKeys } from '../../credentials/keys';
import { classifyResponse } from '../../nodes/api/outcomes';
import { readRetryAfter } from '../../nodes/api/send';
import { parseBody, readWebhook } from '../../nodes/api/sessions';
import { readColumn } from '../../nodes/SmartGlocal/batch/read/columnExpressions';
import { readAdditionalFields } from '../../nodes/payout/fields/additionalFields';
import { toMinorUnits } from '../../nodes/payout/money/amount';
import {
	checkAbaRoutingNumber,
	checkBic,
	checkBsb,
	checkCanadianRoutingNumber,
	checkCpf,
	checkSortCode,
} from '../../nodes/payout/formats/bankCodes';
import {
	checkCardNumber,
	maskCardData,
	maskCardNumbers,
	maskColumns,
} from '../../nodes/payout/cards/mask';
import { cleanText, isEmpty, toUpperAscii } from '../../nodes/payout/text/characters';
import { checkCurrency, checkField } from '../../nodes/payout/fields/checkField';
import { findColumn, matchColumns, ROW_COLUMNS } from '../../nodes/payout/headers/matchColumns';
import { FIELD_IDS, PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { CheckName } from '../../nodes/payout/fields/checkField';
import { checkIban } from '../../nodes/payout/formats/iban';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import { parseJson } from '../../nodes/payout/json/jsonObject';
import { readReference } from '../../nodes/payout/formats/reference';
import { findRequirements, resolveDestination } from '../../nodes/payout/destinations/requirements';
import { addSender } from '../../nodes/payout/fields/readFields';
import { showValue } from '../../nodes/payout/text/shownValue';
import type { TextKind } from '../../nodes/payout/text/readText';
import { readText } from '../../nodes/payout/text/readText';
import { decodeSignature } from '../../nodes/SmartGlocalTrigger/verifySignature';
import { findSlowGrowth, inputsOf, textsOf } from '../support/growth.mts';
import { buildRow, corridorRow, OTHER_ROW } from '../support/payoutRows.mts';

type Reader = (text: string) => unknown;

const KINDS: readonly TextKind[] = ['amount', 'identifier', 'name', 'reference', 'secret', 'text'];

const CHECKS: Readonly<Record<CheckName, true>> = {
	abaRoutingNumber: true,
	accountNumber: true,
	bankCode: true,
	identifier: true,
	accountType: true,
	bic: true,
	bsb: true,
	canadianRoutingNumber: true,
	cardNumber: true,
	country: true,
	cpf: true,
	currency: true,
	iban: true,
	name: true,
	sortCode: true,
	text: true,
};

const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

function refuses(read: () => unknown): unknown {
	try {
		return read();
	} catch (failure) {
		return failure;
	}
}

/** Everything that reads what others have written: columns, headers, keys, webhooks, responses. */
const READERS: Readonly<Record<string, Reader>> = {
	cleanText,
	isEmpty,
	toUpperAscii,
	showValue,
	...Object.fromEntries(
		KINDS.map((kind) => [`readText of ${kind}`, (text: string) => readText(text, kind, 'It')]),
	),
	...Object.fromEntries(
		CHECK_NAMES.map((check): [string, Reader] => [
			`checkField of ${check}`,
			(text) => checkField('iban', text, { checks: { iban: check } }),
		]),
	),
	'toMinorUnits of major units': (text) => toMinorUnits(text, 'major', 'USD'),
	'toMinorUnits of minor units': (text) => toMinorUnits(text, 'minor', 'USD'),
	readReference: (text) => readReference(text, () => undefined),
	toIdempotencyKey,
	findColumn,
	'matchColumns by header': (text) => matchColumns({ [text]: '1' }),
	'matchColumns by value': (text) => matchColumns({ amount: text, other: text, IBAN: text }),
	checkCurrency: (text) => checkCurrency(text, 'It'),
	checkIban,
	checkBic,
	checkCpf,
	checkSortCode,
	checkBsb,
	checkAbaRoutingNumber,
	checkCanadianRoutingNumber,
	checkCardNumber,
	maskCardNumbers,
	'maskCardData of a value': (text) => maskCardData({ text }),
	'maskCardData of a name': (text) => maskCardData({ [text]: text }),
	findRequirements,
	'resolveDestination of the node': (text) => resolveDestination(text, {}),
	'resolveDestination of the row': (text) => resolveDestination('ROW', { destination: text }),
	'resolveDestination by country': (text) =>
		resolveDestination('ROW', { recipient_country_iso3: text, recipient_currency: text }),
	addSender: (text) => addSender({ sender_company_name: text }, { sender_company_name: 'A' }, {}),
	...Object.fromEntries(
		[OTHER_ROW, corridorRow('USA-USD'), corridorRow('CHN-CNY')].map((row) => [
			`buildPayout for ${row.destination}`,
			(text: string) => {
				const columns = [...ROW_COLUMNS, ...FIELD_IDS].map((id) => [id, text]);
				return buildRow(
					{ ...row, additional: { customerReference: text, customerEmail: text } },
					{ ...Object.fromEntries(columns), [text]: text },
				);
			},
		]),
	),
	readAdditionalFields: (metadata) => readAdditionalFields({ metadata }, () => undefined),
	'readAdditionalFields of JSON': (text) =>
		readAdditionalFields({ metadata: { [text]: text } }, () => undefined),
	'classifyResponse of metadata': (text) => {
		const session = { id: '1', metadata: text, payments: [{ metadata: { reference: text } }] };
		const response = { statusCode: 200, headers: {}, body: { status: 'ok', session } };
		return classifyResponse(response, 'order', { body: { metadata: text } });
	},
	parseJson,
	'readJsonPayout of text': (text) => readJsonPayout({ reference: text, body: text }, 'order'),
	'readJsonPayout of an object': (text) =>
		readJsonPayout(
			{
				reference: text,
				body: {
					payment_method: { type: 'card', card: { bank_card: { number: text } } },
					amount_details: { amount: text, currency: text },
				},
			},
			'order',
		),
	'readJsonPayout of names': (text) =>
		readJsonPayout({ reference: '1', body: { metadata: { [text]: text }, [text]: 1 } }, 'order'),
	'readJsonPayout of cut text': (text) =>
		readJsonPayout({ reference: '1', body: `{"a":"${text}"` }, 'order'),
	readColumn: (text) => readColumn(text, { a: 1 }),
	'readColumn of a name': (text) => readColumn(`={{ $json.a${text}`, { a: 1 }),
	'readColumn of a quoted name': (text) => readColumn(`={{ $json["${text}"] }`, { a: 1 }),
	'readColumn as the row': (text) => readColumn('={{ $json.a }}', { a: text, [text]: 1 }),
	findPemBlocks,
	'findPemBlocks of a label': (text) => findPemBlocks(`-----BEGIN ${text}-----`),
	'findPemBlocks of a block': (text) =>
		findPemBlocks(`-----BEGIN KEY-----${text}-----END KEY-----`),
	'findPemBlocks of a block that ends as another': (text) =>
		findPemBlocks(`-----BEGIN KEY-----${text}-----END CERTIFICATE-----`),
	'findPemBlocks of a header': (text) =>
		findPemBlocks(`-----BEGIN KEY-----\nProc-Type:${text}-----END KEY-----`),
	'findPemBlocks of a cipher': (text) =>
		findPemBlocks(
			`-----BEGIN KEY-----Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-${text}-----END KEY-----`,
		),
	'findPemBlocks of base64': (text) => findPemBlocks(Buffer.from(text).toString('base64')),
	'findPemBlocks of percent signs': (text) =>
		findPemBlocks(encodeURI(Buffer.from(text).toString())),
	loadSigningKey: (text) => refuses(() => loadSigningKey(text, text)),
	'loadSigningKey of a path': (text) => refuses(() => loadSigningKey(`~${text}`, '')),
	'loadSigningKey of JSON': (text) => refuses(() => loadSigningKey(`{"${text}kty"`, '')),
	'loadSigningKey of a public key for SSH': (text) =>
		refuses(() => loadSigningKey(`ssh-rsa ${text}`, '')),
	'loadSigningKey of a block': (text) =>
		refuses(() =>
			loadSigningKey(`-----BEGIN PRIVATE KEY-----${text}-----END PRIVATE KEY-----`, ''),
		),
	readVerificationKeys: (text) => refuses(() => readVerificationKeys({ webhookPublicKey: text })),
	parseBody,
	readWebhook: (text) => readWebhook({ type: text, session: { id: text } }),
	decodeSignature,
	readRetryAfter: (text) => readRetryAfter(text, 0),
	'readRetryAfter of a date': (text) => readRetryAfter(`Mon, ${text} GMT`, 0),
	'readRetryAfter of a cut date': (text) => readRetryAfter(`Mon, ${text}`, 0),
};

/** What the texts are made of. */
const UNITS: readonly string[] = [
	' ',
	'\n',
	'\r\n',
	'  x',
	'\u00a0',
	'\u2028',
	'"',
	"'",
	'“',
	'\\',
	'\\n',
	'9',
	'9-',
	'9 ',
	'9.',
	'9999 9999 999a',
	'-',
	'.',
	'1e',
	'a',
	'A1',
	'Я',
	'#A',
	'=',
	'{',
	'}',
	'{{',
	'[',
	'[object ',
	'{"a":',
	'"a",',
	'={{ $json.',
	'\u0301',
	'a\u0301\u0316',
	'\u0f71\u0f72',
	'\uff9e\u0301',
	'\u200b',
	'क्\u200d',
	'\u202e',
	'\ufeff',
	'\ud800',
	'😀',
	'＇',
	'ﬁ',
	'\u2013',
	'\u1100\u1161',
	'null ',
	'Mon, ',
	'AAAA',
	'\u2800',
	'-----BEGIN ',
	'-----END ',
	'-----BEGIN KEY-----',
	'-----BEGIN KEY----------END CERTIFICATE-----',
	`-----BEGIN PRIVATE KEY-----${'A'.repeat(60)}-----END PRIVATE KEY-----`,
	'%41',
	'&amp;',
	'<a',
	'Proc-Type: 4, ',
];

/** Long enough: what takes a step for each pair of characters would take seconds. */
const LONG = 49_152;

test.each(UNITS)(
	'nothing takes more time for each character of a long text made of %j than of a short one',
	async (unit) => {
		const slow: Array<{ name: string; end: string; slowness: string }> = [];
		for (const end of ['', 'x']) {
			const { small, large } = textsOf(unit, LONG);
			const texts = { small: `${end}${small}${end}`, large: `${end}${large}${end}` };
			for (const [name, read] of Object.entries(READERS)) {
				const slowness = await findSlowGrowth(read, texts);
				if (slowness !== undefined) slow.push({ name, end, slowness });
			}
		}
		expect(slow).toEqual([]);
	},
	600_000,
);

/** How long a message may be, with the values of several columns and the names of all corridors. */
const MAX_MESSAGE_CHARACTERS = 700;

test.each(['x', '9', '#A', '-', 'Я', '😀', '{"a":'])(
	'no message repeats a long value made of %p',
	(unit) => {
		const corridors = ['USA-USD', 'GBR-GBP', 'BRA-BRL'] as const;
		const rows = [OTHER_ROW, ...corridors.map((id) => corridorRow(id))];
		for (const length of [90, 900, 90_000]) {
			const text = unit.repeat(length / unit.length);
			const messages = rows.flatMap((row) => {
				const changes = [...ROW_COLUMNS, ...FIELD_IDS].map((id) => ({ [id]: text }));
				return [{ currency: text }, { destination: text }]
					.map((settings) => buildRow({ ...row, ...settings }))
					.concat(changes.map((change) => buildRow(row, change)))
					.flatMap((built) => ('problems' in built ? built.problems : []));
			});
			expect(messages.length).toBeGreaterThan(0);
			const shown = text.slice(0, 70);
			const longest = messages.filter(
				({ message }) => message.length > MAX_MESSAGE_CHARACTERS || message.includes(shown),
			);
			expect(longest).toEqual([]);
		}
	},
);

test('an unused header of any length holds nothing up, and an empty one that is long is empty', () => {
	const good = corridorRow('BEL-EUR');
	const blank = ' '.repeat(1_048_576);
	const long = '"'.repeat(1_048_576);
	expect(buildRow(good, { [long]: 'x', swift_bic_code: blank })).toEqual({
		...buildRow(good),
		unusedColumns: [long],
	});
	expect(Object.keys(PAYOUT_FIELDS).every((id) => findColumn(id) === id)).toBe(true);
});

test.each(['Column ', 'é'.normalize('NFD').repeat(95), '\ufdfa'.repeat(180), 'Номер счёта '])(
	'headers that begin with %j take a time that grows with their number',
	async (start) => {
		const rows = inputsOf(
			(size) =>
				Object.fromEntries(Array.from({ length: size }, (_, index) => [`${start}${index}`, 'x'])),
			10_000,
		);
		const slowness = await findSlowGrowth((row) => {
			expect(matchColumns(row)).toEqual({ values: {}, problems: [] });
			expect(maskColumns(row, ['INV-1'])).toBe(row);
		}, rows);
		expect(slowness).toBeUndefined();
	},
);
