import { groupByReason } from '../../nodes/SmartGlocal/messages/rowGroups';
import type { RowSentence } from '../../nodes/SmartGlocal/messages/rowGroups';

const group = async (sentences: RowSentence[]) => await groupByReason(sentences, async () => {});

const unclear = (amount: string) =>
	`The amount '${amount}' can be read in more than one way. Write it with a decimal point.`;
const rows = (...messages: string[]) =>
	messages.map((message, index) => ({ index, name: `INV-${index}`, message }));

test('rows with one reason are one entry with their numbers, counted from 1', async () => {
	const good = Array.from({ length: 4 }, () => 'Amount is missing. Fill it in.');
	expect(await group(rows(unclear('1,0'), ...good, unclear('2,0'), unclear('3,0')))).toEqual([
		'4 rows: Amount is missing: 2, 3, 4, 5. Fill it in.',
		'3 rows: The amount can be read in more than one way: 1, 6, 7. Write it with a decimal point.',
	]);
});

test('a row alone keeps its values and its reference', async () => {
	expect(await group(rows(unclear('1,0')))).toEqual([`Row 1 ('INV-0'): ${unclear('1,0')}`]);
	expect(await group([{ index: 6, name: '', message: unclear('1,0') }])).toEqual([
		`Row 7: ${unclear('1,0')}`,
	]);
});

test('values that all rows share stay, and a sentence never loses its object', async () => {
	const message = (value: string, country: string) =>
		`Account Type is '${value}', but this destination requires 'X'. It's for ${country}.`;
	expect(await group(rows(message('A', 'Peru'), message('B', 'Peru')))).toEqual([
		"2 rows: Account Type is …, but this destination requires 'X': 1, 2. It's for Peru.",
	]);
	expect(await group(rows('It has 27 characters.', 'It has 8 characters.'))).toEqual([
		'2 rows: It has … characters: 1, 2.',
	]);
});

test('many numbers and many reasons are cut, and say how many there are', async () => {
	const [cut] = await group(rows(...Array.from({ length: 25 }, () => 'Wrong. Correct it.')));
	expect(cut).toBe('25 rows: Wrong: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 15 more. Correct it.');
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
	const groups = await group(rows(...letters.map((letter) => `${letter} is wrong.`)));
	expect(groups).toHaveLength(13);
	expect(groups.at(-1)).toBe('14 more; the details list every one of them.');
});

test('a sentence that names its rows does not name them again', async () => {
	const message = "Reference 'A' appears in 2 rows (1, 2). Remove one.";
	expect(await group(rows(message, message))).toEqual([`2 rows: ${message}`]);
});
