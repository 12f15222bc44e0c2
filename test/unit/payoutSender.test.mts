import fc from 'fast-check';
import { SENDER_FIELD_IDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import {
	BELGIAN_ROW,
	buildRow,
	CARD_ROW,
	corridorRow,
	payoutOf,
	problemsOf,
	valueAt,
} from '../support/payoutRows.mts';
import type { RowOfTest } from '../support/payoutRows.mts';

const NODE_SENDER = {
	sender_company_name: 'Alpha Ltd',
	sender_registration_number: '1111111111',
	sender_country_iso3: 'USA',
	sender_code: '1111111111',
};
const ROW_SENDER = {
	sender_company_name: 'Beta GmbH',
	sender_registration_number: '2222222222',
	sender_country_iso3: 'DEU',
	sender_code: '2222222222',
};
const withoutSender = (row: RowOfTest): RowOfTest => ({
	...row,
	columns: Object.fromEntries(
		Object.entries(row.columns).filter(([id]) => !id.startsWith('sender_')),
	),
});
const row: RowOfTest = { ...withoutSender(BELGIAN_ROW), sender: NODE_SENDER };

function senderOf(columns: Record<string, unknown>, from = row): unknown {
	return valueAt(payoutOf(from, columns).body, 'participant_details.sender');
}

const toApi = (fields: Record<string, string>) =>
	Object.fromEntries(Object.entries(fields).map(([id, value]) => [id.slice(7), value]));

test('is the node’s for a row without a sender', () => {
	expect(senderOf({})).toEqual(toApi(NODE_SENDER));
});

test('is the row’s when the row names another one as a whole', () => {
	expect(senderOf(ROW_SENDER)).toEqual(toApi(ROW_SENDER));
});

test('of the row keeps nothing of the node’s, not even its address', () => {
	const from = { ...row, sender: { ...NODE_SENDER, sender_city: 'Boston' } };
	expect(senderOf(ROW_SENDER, from)).toEqual(toApi(ROW_SENDER));
});

test.each(Object.keys(ROW_SENDER) as Array<keyof typeof ROW_SENDER>)(
	'is refused when only %s of the row is another one’s',
	(id) => {
		const others = Object.keys(ROW_SENDER).filter((other) => other !== id);
		const [problem, ...more] = problemsOf(row, { [id]: ROW_SENDER[id] });
		expect(more).toEqual([]);
		expect([problem?.field, ...(problem?.otherFields ?? [])].sort()).toEqual(others.sort());
		expect(problem?.message).toMatch(
			/^The row's Sender .* is not the one under 'Sender', so the row must name its whole sender\. It lacks: Sender/,
		);
	},
);

test('is refused when the row has an address of its own without the company', () => {
	const from = { ...row, sender: { ...NODE_SENDER, sender_city: 'Boston' } };
	expect(problemsOf(from, { sender_city: 'Berlin' })).toHaveLength(1);
});

test.each(['XX', 'Freedonia', 4])(
	'with a country in the row that cannot be read (%p) is refused for that alone',
	(sender_country_iso3) => {
		expect(problemsOf(row, { sender_country_iso3 }).map(({ field }) => field)).toEqual([
			'sender_country_iso3',
		]);
	},
);

test('is the row’s when the node’s own cannot be read', () => {
	const from = { ...row, sender: { ...NODE_SENDER, sender_country_iso3: 'XX' } };
	expect(senderOf(ROW_SENDER, from)).toEqual(toApi(ROW_SENDER));
});

test.each([
	['the same values', NODE_SENDER],
	['one of them', { sender_company_name: 'Alpha Ltd' }],
	['another case', { sender_company_name: 'ALPHA LTD', sender_country_iso3: 'usa' }],
	['spaces and quotes around', { sender_company_name: ' Alpha Ltd ', sender_code: "'1111111111" }],
	['blank columns', { sender_company_name: '', sender_code: ' ', sender_city: null }],
])('may be repeated in the row: %s', (_name, columns) => {
	const sent = senderOf(columns) as Record<string, string>;
	expect({ ...sent, company_name: sent.company_name?.toLowerCase() }).toEqual({
		...toApi(NODE_SENDER),
		company_name: 'alpha ltd',
	});
});

test('may get from the row what the node leaves empty', () => {
	expect(senderOf({ sender_city: 'Boston' })).toEqual({ ...toApi(NODE_SENDER), city: 'Boston' });
	const { sender_code, ...rest } = NODE_SENDER;
	expect(senderOf({ sender_code }, { ...row, sender: rest })).toEqual(toApi(NODE_SENDER));
});

test('of a card, which needs none, is not mixed either', () => {
	const from = { ...withoutSender(CARD_ROW), sender: NODE_SENDER };
	expect(senderOf({ sender_company_name: 'Beta GmbH' }, from)).toEqual({
		company_name: 'Beta GmbH',
	});
});

test('never has fields of two companies', () => {
	const american = withoutSender(corridorRow('USA-USD'));
	const fields = fc.subarray([...SENDER_FIELD_IDS]);
	const COUNTRIES = { A: 'USA', B: 'DEU' } as const;
	const fill = (ids: readonly FieldId[], who: 'A' | 'B') =>
		Object.fromEntries(
			ids.map((id) => [id, id === 'sender_country_iso3' ? COUNTRIES[who] : `${who}-${id}`]),
		);
	fc.assert(
		fc.property(fields, fields, (ofRow, ofNode) => {
			const overlap = ofRow.some((id) => ofNode.includes(id));
			const built = buildRow({ ...american, sender: fill(ofNode, 'A') }, fill(ofRow, 'B'));
			if ('problems' in built || !overlap) return;
			const sent = valueAt(built.body, 'participant_details.sender') as object;
			expect(sent).toEqual(toApi(fill(ofRow, 'B')));
		}),
		{ numRuns: 500 },
	);
});
