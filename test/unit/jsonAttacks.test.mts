import fc from 'fast-check';
import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import { BELGIAN_ROW, corridorRow, payoutOf, valueAt } from '../support/payoutRows.mts';
import { drawSeed } from '../support/seed.mts';

type Json = Record<string, unknown>;

const BODIES = [BELGIAN_ROW, corridorRow('GBR-GBP'), corridorRow('USA-USD')].map(
	(row) => payoutOf(row).body,
);

/** Where a template has a column of the row; amount, account, currency and country are its own. */
const COLUMNS = [
	'payment_method.bank_account.global.description',
	'participant_details.recipient.first_name',
	'participant_details.recipient.last_name',
	'participant_details.sender.company_name',
	'participant_details.sender.code',
	'customer.reference',
	'metadata',
];

/** What decides how much is paid, and to whom. */
const DECISIVE = [
	'amount_details.amount',
	'amount_details.currency',
	'participant_details.recipient.country_iso3',
	'payment_method.type',
	'payment_method.bank_account.system_type',
	...['iban', 'bank_account_number', 'account_number', 'routing_code', 'sort_code'].map(
		(name) => `payment_method.bank_account.global.${name}`,
	),
	'payment_method.card',
	'payout_details',
];

/** What an attacker wants to have read instead. */
const EVIL = [
	'"amount_details":{"amount":999999,"currency":"usd"}',
	'"amount":999999',
	'"payment_method":{"type":"bank_account","bank_account":{"system_type":"global","global":{"iban":"GB82WEST12345698765432","description":"x"}}}',
	'"payout_details":{"type":"card","card":{"type":"bank_card","bank_card":{"number":"4242424242424242"}}}',
	'"bank_account":{"system_type":"global","global":{"iban":"GB82WEST12345698765432"}}',
	'"global":{"iban":"GB82WEST12345698765432"}',
	'"card":{"type":"bank_card","bank_card":{"number":"4242424242424242"}}',
	'"iban":"GB82WEST12345698765432"',
	'"iban":"GB82WEST12345698765432","swift_bic_code":"BARCGB22"',
	'"bank_account_number":"66600"',
	'"account_number":"66600"',
	'"type":"card"',
	'"type":"bank_account"',
	'"system_type":"ru","ru":{"account":"66600"}',
	'"system_type":"global"',
	'"participant_details":{"recipient":{"country_iso3":"DEU","currency":"eur"}}',
	'"recipient":{"country_iso3":"DEU","currency":"eur"}',
	'"country_iso3":"DEU"',
	'"Amount_Details":{"amount":999999}',
	'"\\u0061mount":999999',
];

/** Names under which an attacker hides what the template says. */
const HIDING_PLACES = ['junk', 'metadata', 'customer', 'identity_document', 'ru', 'x'];

/** Closes a text and some objects, adds fields, and opens as many others as it closed. */
const breakOut = fc
	.record({
		fields: fc.array(fc.tuple(fc.constantFrom(0, 0, 1, 2, 3), fc.constantFrom(...EVIL)), {
			maxLength: 3,
		}),
		closed: fc.nat(4),
		reopened: fc.constantFrom(0, 0, 0, 0, 1, -1),
		places: fc.array(fc.constantFrom(...HIDING_PLACES), { minLength: 7, maxLength: 7 }),
		isNested: fc.boolean(),
	})
	.map(({ fields, closed, reopened, places, isNested }) => {
		let text = 'x"';
		for (let level = 0; level <= closed; level++) {
			for (const [at, field] of fields) if (at === level) text += `,${field}`;
			if (level < closed) text += '}';
		}
		const depth = Math.max(0, closed + reopened);
		for (const [index, place] of places.slice(0, depth).entries()) {
			text += `${index === 0 ? ',' : ''}"${place}":{`;
		}
		return `${text}${depth === 0 ? ',' : ''}"${isNested ? 'zz' : 'z'}":"`;
	});

const noise = fc
	.array(
		fc.oneof(
			fc.constantFrom(...'"{}[]:,\\'.split(''), '","', '"}', '":"', '\\u0022', '\n', '__proto__'),
			fc.constantFrom(...EVIL),
			fc.string(),
		),
		{ maxLength: 8 },
	)
	.map((pieces) => pieces.join(''));

const hostile = fc.oneof(
	{ weight: 6, arbitrary: breakOut },
	{ weight: 1, arbitrary: noise },
	{ weight: 1, arbitrary: fc.constantFrom('John', 'O"Neil', 'x\\') },
);

/** The fields of an object, in any order at any depth. */
function shuffle(value: unknown, order: (length: number) => number): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const left = Object.entries(value);
	const fields: Array<[string, unknown]> = [];
	while (left.length > 0) {
		const [[name, part] = ['', undefined]] = left.splice(order(left.length), 1);
		fields.push([name, shuffle(part, order)]);
	}
	return Object.fromEntries(fields);
}

interface Template {
	/** As n8n shows it, with an expression for each column. */
	text: string;
	/** What it says itself. */
	body: Json;
	columns: string[];
}

const template = fc
	.tuple(
		fc.constantFrom(...BODIES),
		fc.uniqueArray(fc.constantFrom(...COLUMNS), { minLength: 1 }),
		fc.infiniteStream(fc.nat()),
	)
	.map(([body, columns, random]): Template => {
		const marked = structuredClone(body) as Json;
		if (!columns.includes('metadata')) delete marked.metadata;
		for (const column of columns) {
			const names = column.split('.');
			const last = names.pop() ?? '';
			let place = marked;
			for (const name of names) place = (place[name] ??= {}) as Json;
			place[last] = `{{ $json["${column}"] }}`.replaceAll('"', "'");
		}
		const ordered = shuffle(marked, (length) => (random.next().value as number) % length);
		return { text: `=${JSON.stringify(ordered)}`, body: ordered as Json, columns };
	});

/** What n8n does with a text that has expressions in it. */
function fill({ text, columns }: Template, values: readonly string[]): string {
	return columns.reduce(
		(filled, column, index) => filled.split(`{{ $json['${column}'] }}`).join(values[index] ?? ''),
		text.slice(1),
	);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const isChanged = (body: unknown, given: Template) =>
	DECISIVE.some((path) => valueAt(body, path) !== valueAt(given.body, path));

const cases = fc.tuple(template, fc.array(hostile, { minLength: 7, maxLength: 7 }));

/** Every name in a body with its place, in a fixed order. */
function namesOf(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value)
		.flatMap(([name, part]) => [`${path}/${name}`, ...namesOf(part, `${path}/${name}`)])
		.sort();
}

test.each([
	['the template that it is put into', true],
	['a text that was put together before it came to the node', false],
])('no value of a row changes amount, account or country of %s', (_case, isTemplate) => {
	const counts = { changedWithoutCheck: 0, taken: 0 };
	const seed = drawSeed();
	fc.assert(
		fc.property(cases, ([given, values]) => {
			const body = fill(given, values);
			const naive = parse(body);
			if (naive !== undefined && isChanged(naive, given)) counts.changedWithoutCheck++;
			const evaluate = (expression: string) =>
				values[given.columns.findIndex((column) => expression.includes(`'${column}'`))];
			const read = isTemplate
				? readJsonPayout({ reference: 'INV-1', body: given.text, evaluate }, 'order')
				: readJsonPayout({ reference: 'INV-1', body }, 'order');
			if ('problems' in read) return;
			counts.taken++;
			expect(isChanged(read.body, given)).toBe(false);
			if (isTemplate) {
				expect(namesOf(read.body)).toEqual(namesOf({ ...given.body, metadata: '' }));
			}
		}),
		{ numRuns: 5_000, seed },
	);
	const areEnough = counts.changedWithoutCheck > 50 && counts.taken > (isTemplate ? 2_500 : 20);
	expect({ seed, counts, areEnough }).toEqual({ seed, counts, areEnough: true });
});
