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
const CREDENTIAL_SENDER = {
	sender_company_name: 'Gamma SA',
	sender_registration_number: '3333333333',
	sender_country_iso3: 'FRA',
	sender_code: '3333333333',
	sender_city: 'Lyon',
};
const withoutSender = (row: RowOfTest): RowOfTest => ({
	...row,
	columns: Object.fromEntries(
		Object.entries(row.columns).filter(([id]) => !id.startsWith('sender_')),
	),
});
const row: RowOfTest = { ...withoutSender(BELGIAN_ROW), sender: NODE_SENDER };
const card = withoutSender(CARD_ROW);
const filipino = withoutSender(corridorRow('PHL-PHP'));

function senderOf(columns: Record<string, unknown>, from = row): unknown {
	return valueAt(payoutOf(from, columns).body, 'participant_details.sender');
}

const toApi = (fields: Record<string, string>) =>
	Object.fromEntries(Object.entries(fields).map(([id, value]) => [id.slice(7), value]));

/** The sender fields that a row lacks, in the one problem that it has. */
function missingFrom(from: RowOfTest, columns: Record<string, unknown> = {}) {
	const [problem, ...more] = problemsOf(from, columns);
	expect(more).toEqual([]);
	return { ids: [problem?.field, ...(problem?.otherFields ?? [])], message: problem?.message };
}

describe('the company that pays', () => {
	const noSender = withoutSender(BELGIAN_ROW);

	test('is the node’s for a row without a sender', () => {
		expect(senderOf({})).toEqual(toApi(NODE_SENDER));
	});

	test('is the credential’s when neither the row nor the node names one', () => {
		const from = { ...noSender, sender: {}, senderOfCredential: CREDENTIAL_SENDER };
		expect(senderOf({}, from)).toEqual(toApi(CREDENTIAL_SENDER));
		const blank = { sender_company_name: '', sender_code: ' ' };
		expect(senderOf({}, { ...from, sender: blank })).toEqual(toApi(CREDENTIAL_SENDER));
	});

	test('is the node’s alone when both the node and the credential name one', () => {
		const from = { ...row, senderOfCredential: CREDENTIAL_SENDER };
		expect(senderOf({}, from)).toEqual(toApi(NODE_SENDER));
	});

	test('is the row’s alone when all three name one', () => {
		const from = { ...row, senderOfCredential: CREDENTIAL_SENDER };
		expect(senderOf(ROW_SENDER, from)).toEqual(toApi(ROW_SENDER));
		expect(senderOf(ROW_SENDER, { ...from, sender: {} })).toEqual(toApi(ROW_SENDER));
	});

	test('of the row keeps nothing of the node’s, not even its address', () => {
		const from = { ...row, sender: { ...NODE_SENDER, sender_city: 'Boston' } };
		expect(senderOf(ROW_SENDER, from)).toEqual(toApi(ROW_SENDER));
	});

	test('is the row’s when the node’s own cannot be read', () => {
		const from = { ...row, sender: { ...NODE_SENDER, sender_country_iso3: 'XX' } };
		expect(senderOf(ROW_SENDER, from)).toEqual(toApi(ROW_SENDER));
	});

	test.each([
		['the same values', NODE_SENDER],
		['one of them', { sender_company_name: 'Alpha Ltd' }],
		['another case', { sender_company_name: 'ALPHA LTD', sender_country_iso3: 'usa' }],
		[
			'spaces and quotes around',
			{ sender_company_name: ' Alpha Ltd ', sender_code: "'1111111111" },
		],
		['blank columns', { sender_company_name: '', sender_code: ' ', sender_city: null }],
	])('may be repeated in the row, and is sent as the node has it: %s', (_name, columns) => {
		expect(senderOf(columns)).toEqual(toApi(NODE_SENDER));
	});

	test('may be repeated from the credential, too', () => {
		const from = { ...noSender, sender: {}, senderOfCredential: CREDENTIAL_SENDER };
		expect(senderOf({ sender_code: '3333333333', sender_city: 'LYON' }, from)).toEqual(
			toApi(CREDENTIAL_SENDER),
		);
	});
});

describe('a sender that is not whole', () => {
	test.each(Object.keys(ROW_SENDER) as Array<keyof typeof ROW_SENDER>)(
		'is refused when only %s of the row is another one’s',
		(id) => {
			const others = Object.keys(ROW_SENDER).filter((other) => other !== id);
			const { ids, message } = missingFrom(row, { [id]: ROW_SENDER[id] });
			expect([...ids].sort()).toEqual(others.sort());
			expect(message).toMatch(
				/^Sender .* are missing\. The sender is taken as a whole from the row's columns that begin with 'sender_'/,
			);
		},
	);

	test.each([
		['another city', { sender_city: 'Berlin' }],
		['a city that the node does not have', { sender_state: 'MA' }],
		['all but one field of its own', { ...ROW_SENDER, sender_code: '' }],
		[
			'one field of its own beside the node’s',
			{ ...NODE_SENDER, sender_registration_number: '9', sender_code: '' },
		],
	])('is refused when the row has %s', (_name, columns) => {
		const from = { ...row, sender: { ...NODE_SENDER, sender_city: 'Boston' } };
		expect(missingFrom(from, columns).message).toContain("the row's columns");
	});

	test('of the node is refused, and nothing is taken from the row or the credential', () => {
		const { sender_code, ...part } = NODE_SENDER;
		const from = { ...row, sender: part, senderOfCredential: CREDENTIAL_SENDER };
		expect(missingFrom(from)).toEqual({
			ids: ['sender_code'],
			message: expect.stringContaining("from 'Sender' in the node: add what is missing there"),
		});
		expect(missingFrom(from, { sender_code }).ids).toHaveLength(3);
	});

	test('of the credential is refused', () => {
		const { sender_registration_number, ...part } = CREDENTIAL_SENDER;
		const from = { ...row, sender: {}, senderOfCredential: part };
		expect(missingFrom(from)).toEqual({
			ids: ['sender_registration_number'],
			message: expect.stringContaining('from the credential: add what is missing there'),
		});
		expect(missingFrom(from, { sender_registration_number }).ids).toHaveLength(3);
	});

	test.each(['XX', 'Freedonia', 4])(
		'with a country in the row that cannot be read (%p) is refused for that alone',
		(sender_country_iso3) => {
			expect(problemsOf(row, { sender_country_iso3 }).map(({ field }) => field)).toEqual([
				'sender_country_iso3',
			]);
		},
	);

	test.each([
		{ sender_company_name: 'Other Ltd' },
		{ sender_code: '2222222222' },
		{ sender_city: 'Berlin' },
		{ sender_company_name: 'Other Ltd', sender_registration_number: '1', sender_code: '1' },
	])('is refused for a card, too, which needs none: %j', (part) => {
		for (const from of [
			{ ...card, columns: { ...card.columns, ...part } },
			{ ...card, sender: part },
			{ ...card, senderOfCredential: part },
		]) {
			const named = Object.keys(part);
			const lacking = Object.keys(ROW_SENDER).filter((id) => !named.includes(id));
			expect([...missingFrom(from).ids].sort()).toEqual(lacking.sort());
		}
	});

	test('is right where the destination asks for no more', () => {
		expect(senderOf({}, card)).toEqual({});
		expect(senderOf({ sender_code: '77' }, filipino)).toEqual({ code: '77' });
		expect(senderOf({}, { ...filipino, sender: { sender_code: '78' } })).toEqual({ code: '78' });
		const ofCredential = { ...filipino, senderOfCredential: { sender_code: '79' } };
		expect(senderOf({}, ofCredential)).toEqual({ code: '79' });
	});

	test('is refused where it has more than the destination asks for', () => {
		const { ids } = missingFrom(filipino, { sender_code: '77', sender_company_name: 'Beta GmbH' });
		expect([...ids].sort()).toEqual(['sender_country_iso3', 'sender_registration_number']);
		expect(missingFrom(filipino).ids).toEqual(['sender_code']);
	});
});

test('never has fields of two companies, and has all four or what its destination asks for', () => {
	const rows = [withoutSender(corridorRow('USA-USD')), filipino, card];
	const fields = fc.subarray([...SENDER_FIELD_IDS]);
	const COUNTRIES = { A: 'USA', B: 'DEU', C: 'FRA' } as const;
	const fill = (ids: readonly FieldId[], who: 'A' | 'B' | 'C') =>
		Object.fromEntries(
			ids.map((id) => [id, id === 'sender_country_iso3' ? COUNTRIES[who] : `${who}-${id}`]),
		);
	let sentCount = 0;
	fc.assert(
		fc.property(fc.constantFrom(...rows), fields, fields, fields, (from, ofRow, ofNode, of3) => {
			const sender = fill(ofNode, 'A');
			const built = buildRow(
				{ ...from, sender, senderOfCredential: fill(of3, 'C') },
				fill(ofRow, 'B'),
			);
			if ('problems' in built) return;
			sentCount++;
			const sent = valueAt(built.body, 'participant_details.sender') as object;
			const [whose = []] = [ofRow, ofNode, of3].filter((ids) => ids.length > 0);
			const who = ofRow.length > 0 ? 'B' : ofNode.length > 0 ? 'A' : 'C';
			expect(sent).toEqual(toApi(fill(whose, who)));
			const isWhole = Object.keys(ROW_SENDER).every((id) => id.slice(7) in sent);
			expect(isWhole || ['', 'code'].includes(Object.keys(sent).join())).toBe(true);
		}),
		{ numRuns: 3_000 },
	);
	expect(sentCount).toBeGreaterThan(100);
});
