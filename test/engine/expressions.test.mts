import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { createRowReader } from '../../nodes/SmartGlocal/batch/read/readParameters';
import { automatic, turkishRows } from '../support/account.mts';
import { executeContext } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

function mapped(value: IDataObject): IDataObject {
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	return { ...automatic('TUR-TRY'), payout };
}

/** What n8n makes of the mapped fields, and what a row's context gives instead. */
async function evaluateBoth(items: IDataObject[], value: IDataObject) {
	const { context } = await executeContext({
		items,
		parameters: mapped(value),
		credentials: account.credentials,
	});
	const options = { skipValidation: true };
	const { rowAt } = createRowReader(context);
	const read = (evaluate: (index: number) => unknown) =>
		items.map((_, index) => {
			try {
				return evaluate(index);
			} catch (failure) {
				return `throws ${(failure as Error).message}`;
			}
		});
	return {
		byN8n: read((index) => context.getNodeParameter('payout.value', index, {}, options)),
		byRow: read((index) => rowAt(index).read('payout.value')),
	};
}

const cell = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('', '0', '={{ 1 + 1 }}', '{{ $json.b }}', '2026-01-31T00:00:00.000Z'),
	fc.double(),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
	fc.object(),
	fc.array(fc.string()),
);
const header = fc.oneof(
	fc.constantFrom(
		'iban',
		'Recipient First Name',
		'constructor',
		'toString',
		'$x',
		'_1',
		'valueOf',
		'a\u2028b',
	),
	fc.string({ minLength: 1 }),
);

/** The ways in which people and the editor write a column into a field. */
const expressionOf = (name: string) =>
	fc.constantFrom(
		`={{ $json.${name} }}`,
		`={{$json.${name}}}`,
		`={{ $json['${name}'] }}`,
		`={{ $json["${name}"] }}`,
		`={{ $json[ "${name}" ] }}`,
		`={{ $json.${name} }} `,
		`=x {{ $json.${name} }}`,
		`={{ $json.${name}.trim() }}`,
		`={{ $json.${name} ?? '' }}`,
		`={{ $json?.${name} }}`,
		`=$json.${name}`,
		`{{ $json.${name} }}`,
	);

test('evaluates mapped fields to exactly what n8n’s own evaluation gives', async () => {
	const rows = fc.array(fc.dictionary(header, cell), { minLength: 1, maxLength: 3 });
	const cases = rows.chain((items) => {
		const names = [...items.flatMap(Object.keys), 'missing'];
		const expressions = fc.constantFrom(...names).chain(expressionOf);
		const value = fc.dictionary(
			fc.constantFrom('iban', 'amount', 'a.b', 'recipient_city'),
			fc.oneof({ weight: 4, arbitrary: expressions }, cell),
		);
		return fc.record({ items: fc.constant(items), value });
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ items, value }) => {
			const { byN8n, byRow } = await evaluateBoth(items as IDataObject[], value as IDataObject);
			expect(byRow).toEqual(byN8n);
		}),
		{ numRuns: 500 },
	);
});

test('pays rows whose fields are mapped by a column, by an expression, and by a fixed text', async () => {
	const rows = turkishRows('INV-1', 'INV-2').map((row) => ({
		...row,
		'My IBAN': row.iban,
		net: 100,
	}));
	const parameters = mapped({
		reference: '={{ $json.reference }}',
		amount: '={{ ($json.net + 0.5).toFixed(2) }}',
		iban: '={{ $json["My IBAN"] }}',
		description: 'Salary',
		recipient_first_name: '={{ $json.recipient_first_name }}',
		recipient_last_name: '={{ $json.recipient_last_name.toUpperCase() }}',
		recipient_bank_name: "={{ $('Rows').item.json.recipient_bank_name }}",
	});
	const { success } = await account.pay(rows, parameters);
	expect(success.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	// The two are sent at once, and either may arrive first.
	const bodies = account.sandbox
		.requests()
		.map(({ rawBody }) => JSON.parse(rawBody) as IDataObject);
	expect(bodies.find(({ metadata }) => metadata === 'INV-2')).toMatchObject({
		amount_details: { amount: 10050, currency: 'usd' },
		payment_method: { bank_account: { global: { iban: 'TR330006100519786457841326' } } },
		participant_details: {
			recipient: { last_name: 'YILMAZ', bank_name: 'All Banks Turkey / TRY' },
		},
		metadata: 'INV-2',
	});
});

test('names the field whose expression cannot be evaluated, and sends nothing', async () => {
	const parameters = mapped({
		reference: '={{ $json.reference }}',
		amount: '={{ $("Nobody").item.json.amount }}',
	});
	const { error } = await account.pay(turkishRows('INV-1'), parameters);
	expect(error?.message).toBe(
		"The expression in 'amount' cannot be evaluated: Referenced node doesn't exist. [Item 0]",
	);
	expect(account.sandbox.counters().received).toBe(0);
});
