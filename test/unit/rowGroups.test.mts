import { groupByReason } from '../../nodes/SmartGlocal/messages/rowGroups';

const group = async (...messages: string[]) =>
	await groupByReason(
		messages.map((message, index) => ({ number: index + 1, name: `INV-${index}`, message })),
		async () => {},
	);

const unclear = (amount: string) =>
	`The amount '${amount}' can be read in more than one way. Write it with a decimal point.`;

test('rows with one reason are one entry with their numbers', async () => {
	const missing = 'Amount is missing. Fill it in.';
	expect(
		await group(unclear('1,0'), missing, missing, missing, missing, unclear('2,0'), unclear('3,0')),
	).toEqual([
		'4 rows (2, 3, 4, 5): Amount is missing. Fill it in.',
		"3 rows (1, 6, 7), as in row 1 ('INV-0'): The amount '1,0' can be read in more than one way. Write it with a decimal point.",
	]);
});

test('a row alone keeps its values and its reference, if it has one', async () => {
	expect(await group(unclear('1,0'))).toEqual([`Row 1 ('INV-0'): ${unclear('1,0')}`]);
	const nameless = { number: 7, name: '', message: unclear('1,0') };
	expect(await groupByReason([nameless], async () => {})).toEqual([`Row 7: ${unclear('1,0')}`]);
});

test('rows that differ in more than a quoted value or a number are not one entry', async () => {
	expect(await group("It's for Peru.", "It's for Chile.", 'It has 27.', 'It has 8.')).toEqual([
		"2 rows (3, 4), as in row 3 ('INV-2'): It has 27.",
		"Row 1 ('INV-0'): It's for Peru.",
		"Row 2 ('INV-1'): It's for Chile.",
	]);
});

test('many numbers and many reasons are cut, and say how many there are', async () => {
	const [cut] = await group(...Array.from({ length: 25 }, () => 'Wrong. Correct it.'));
	expect(cut).toBe('25 rows (1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 15 more): Wrong. Correct it.');
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
	const groups = await group(...letters.map((letter) => `${letter} is wrong.`));
	expect(groups).toHaveLength(13);
	expect(groups.at(-1)).toBe('14 more; the details list every one of them.');
});
