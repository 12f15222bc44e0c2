import { CORRIDOR_IDS } from '../../nodes/SmartGlocal/payout/corridors';
import { FIELD_IDS } from '../../nodes/SmartGlocal/payout/fields';
import { buildRow, corridorRow, OTHER_ROW } from '../support/payoutRows.mts';

/** Words that n8n's guidelines for error messages rule out. */
const UNWANTED = /\b(error|problem|failure|mistake)s?\b/i;

/** Cells that are wrong in one column or another. */
const BAD_CELLS: readonly unknown[] = [
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

const columns = ['reference', 'amount', 'currency', 'destination', ...FIELD_IDS];
const rows = [OTHER_ROW, ...CORRIDOR_IDS.map((id) => corridorRow(id))];

function sentencesAbout(cell: unknown): string[] {
	const built = rows.flatMap((row) => columns.map((column) => buildRow(row, { [column]: cell })));
	const problems = built.flatMap((payout) => ('problems' in payout ? payout.problems : []));
	return [...new Set(problems.map(({ message }) => message))];
}

test.each(BAD_CELLS.map((cell) => [cell]))('sentences about %p say what to do', (cell) => {
	const sentences = sentencesAbout(cell);
	expect(sentences.length).toBeGreaterThan(0);
	for (const sentence of sentences) {
		expect(sentence).toMatch(/^[A-Z].*[.:!?] .*\.$/s);
		expect(sentence).not.toMatch(/undefined|\[object|Invalid/);
	}
});

test.each(BAD_CELLS.map((cell) => [cell]))(
	'sentences about %p do without the words that n8n rules out',
	(cell) => {
		for (const sentence of sentencesAbout(cell)) expect(sentence).not.toMatch(UNWANTED);
	},
);
