import { ROW_COLUMNS } from '../../nodes/payout/headers/matchColumns';
import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { FIELD_IDS } from '../../nodes/payout/fields/fields';
import { buildRow, corridorRow, OTHER_ROW } from '../support/payoutRows.mts';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';

/** Values that are wrong in one column or another. */
const BAD_VALUES: readonly unknown[] = [
	'',
	' ',
	'0',
	'12345',
	'-5',
	'1,000.50',
	'1.23E+11',
	'100.505',
	'99999999999999999999',
	'#N/A',
	'#REF!',
	'ten',
	'ZZZ',
	'GBR-GBP',
	'BE68539007547035',
	'BE685390075470344',
	'x'.repeat(300),
	123,
	NaN,
	true,
	new Date(0),
	['a'],
	{},
];

const COLUMNS = [...ROW_COLUMNS, ...FIELD_IDS];
const rows = [OTHER_ROW, ...CORRIDOR_IDS.map((id) => corridorRow(id))];

function sentencesAbout(value: unknown): string[] {
	const built = rows.flatMap((row) => COLUMNS.map((column) => buildRow(row, { [column]: value })));
	const problems = built.flatMap((payout) => ('problems' in payout ? payout.problems : []));
	return [...new Set(problems.map(({ message }) => message))];
}

test.each(BAD_VALUES.map((value) => [value]))(
	'sentences about %p say what to do, without the words that n8n rules out',
	(value) => {
		const sentences = sentencesAbout(value);
		expect(sentences.length).toBeGreaterThan(0);
		for (const sentence of sentences) {
			expect(sentence).toMatch(/^[A-Z].*[.:!?] .*\.$/s);
			expect(sentence).not.toMatch(/undefined|\[object|Invalid/);
			expect(sentence).not.toMatch(UNWANTED_WORDS);
		}
	},
);
