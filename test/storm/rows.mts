import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { CARD_NUMBERS, CARD_SPELLINGS, HOSTILE_ROWS } from './hostileRows.mts';
import type { HostileRow, Promised, RowDraft } from './hostileRows.mts';

/** A row of the storm and its expected result. */
export interface StormRow {
	json: IDataObject;
	/** What the row holds that is not usual, for people. */
	kind: string;
	/** Clean; empty when it cannot be read. */
	reference: string;
	/** In minor units. */
	amount: number;
	promised: Promised;
	/** Whether it says something only to who reads all columns. */
	isInColumnsOnly?: true;
	/** In a run that starts payouts in sessions: with the other row of which this is true. */
	sharesSession?: true;
	/** The idempotency key that the documentation promises for the reference. */
	key: string;
}

/** Mistakes as people make them. */
const SPOILED: ReadonlyArray<IDataObject> = [
	{ iban: 'TR33 0006 1005 1978 6457 8413 27' },
	{ iban: '' },
	{ amount: '1,000.50' },
	{ amount: '0' },
	{ amount: '-12.00' },
	{ amount: 0.1 + 0.2 },
	{ recipient_last_name: '' },
	{ currency: 'JPY' },
	{ recipient_country_iso3: 'BEL' },
];

const SPOILED_EVERY = 25;
const HOSTILE_EVERY = 2;

const GOOD_COLUMNS = {
	destination: 'TUR-TRY',
	iban: 'TR33 0006 1005 1978 6457 8413 26',
	description: 'Salary',
	recipient_first_name: 'Ayşe',
	recipient_last_name: 'Yılmaz',
	recipient_bank_name: 'All Banks Turkey / TRY',
};

/** The columns from which only the form can read what is wrong with a row. */
const FORM_COLUMNS = [
	'amount',
	'currency',
	'destination',
	'iban',
	'card_number',
	'recipient_country_iso3',
	'sender_company_name',
	'sender_code',
];

/**
 * Makes the rows of a storm: references as people have them, amounts that are all different, some
 * rows with a mistake, some hostile ones, of all kinds before any kind comes again.
 *
 * @param count how many rows; a hostile kind of two rows can make it one more
 * @param random numbers from 0 up to 1
 */
export function makeStormRows(count: number, random: () => number): StormRow[] {
	const rows: StormRow[] = [];
	let kinds: typeof HOSTILE_ROWS = [];
	while (rows.length < count) {
		const index = rows.length;
		if (index % SPOILED_EVERY === SPOILED_EVERY - 1) {
			const mistake = SPOILED[Math.floor(random() * SPOILED.length)] ?? {};
			const variant: HostileRow = { promised: 'refused', change: () => mistake };
			rows.push(makeRow('a mistake', variant, index, index, random));
		} else if (index % HOSTILE_EVERY === 1) {
			if (kinds.length === 0) kinds = shuffled(HOSTILE_ROWS, random);
			const [[kind, ...variants] = ['']] = kinds;
			kinds = kinds.slice(1);
			variants.forEach((variant, offset) => {
				rows.push(makeRow(kind, variant, index + offset, index, random));
			});
		} else {
			const variant: HostileRow = { promised: 'paid', change: () => ({}) };
			rows.push(makeRow('a good row', variant, index, index, random));
		}
	}
	return rows;
}

function makeRow(
	kind: string,
	{ promised, change, readAs, isInColumnsOnly }: HostileRow,
	index: number,
	group: number,
	random: () => number,
): StormRow {
	const amount = 1_000 + index * 100 + Math.floor(random() * 100);
	const decimal = toDecimal(amount);
	const card = drawCard(random);
	const draft: RowDraft = { index, group, amount, written: decimal, card };
	const base = { reference: makeReference(index), amount: decimal, ...GOOD_COLUMNS };
	const json = withColumns({ ...base, minor: amount, note: `Row ${index}` }, change(draft));
	const isReadable = ['string', 'number'].includes(typeof json.reference);
	const written = isReadable ? String(json.reference).trim() : '';
	const reference = readAs?.(draft) ?? written;
	const row = { json, kind, reference, amount, promised, key: promisedKey(reference) };
	return isInColumnsOnly ? { ...row, isInColumnsOnly } : row;
}

/** Makes good rows of their own references, such as `VOLATILE-3-0`. */
export function makeGoodRows(count: number, prefix: string, random: () => number): StormRow[] {
	return Array.from({ length: count }, (_, index) => {
		const change = () => ({ reference: `${prefix}-${index}` });
		return makeRow('a good row', { promised: 'paid', change }, index, index, random);
	});
}

/** Adds columns to a row. Not with a literal: a column `__proto__` must stay one. */
function withColumns(base: IDataObject, change: Readonly<Record<string, unknown>>): IDataObject {
	return Object.fromEntries([...Object.entries(base), ...Object.entries(change)]) as IDataObject;
}

function drawCard(random: () => number): string {
	const number = CARD_NUMBERS[Math.floor(random() * CARD_NUMBERS.length)] ?? '';
	const spell = CARD_SPELLINGS[Math.floor(random() * CARD_SPELLINGS.length)] ?? String;
	return spell(number);
}

function makeReference(index: number): string {
	if (index % 10 === 4) return `Rechnung #${index} / März`;
	if (index % 10 === 8) return `PAYROLL-${'0'.repeat(64)}-${index}`;
	return `INV-${index}`;
}

/** Whether a template that has the account in it treats the row as the form does. */
export function fitsTemplate({ json, amount }: StormRow): boolean {
	const good: IDataObject = { ...GOOD_COLUMNS, amount: toDecimal(amount) };
	// JSON.stringify makes a text of a date.
	if (json.recipient_first_name instanceof Date) return false;
	return FORM_COLUMNS.every((name) => json[name] === good[name]);
}

function toDecimal(amount: number): string {
	return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

/** Written from the documentation, not shared with the node, so that a mistake cannot hide. */
function promisedKey(reference: string): string {
	return /^[A-Za-z0-9._:-]{1,64}$/.test(reference) && !/^[0-9a-f]{64}$/i.test(reference)
		? reference
		: createHash('sha256').update(reference, 'utf8').digest('hex');
}

/** The same things in another order (Fisher and Yates). */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
	const mixed = [...things];
	for (let last = mixed.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
	}
	return mixed;
}
