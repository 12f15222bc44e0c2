import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

/** A row of the storm and its expected result. */
export interface StormRow {
	json: IDataObject;
	reference: string;
	/** In minor units. */
	amount: number;
	/** A good row must be paid in the end, a bad one never. */
	good: boolean;
	/** The idempotency key that the documentation promises for the reference. */
	key: string;
}

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

/**
 * Makes the rows of a storm: references as people have them, amounts that are all different, some
 * rows with a mistake, and two rows with the same reference.
 *
 * @param random numbers from 0 up to 1
 */
export function makeStormRows(count: number, random: () => number): StormRow[] {
	const rows = Array.from({ length: count }, (_, index) => makeRow(index, random));
	const twice = makeRow(count, random);
	return [...rows, ...[twice, twice].map((row) => ({ ...row, good: false }))];
}

function makeRow(index: number, random: () => number): StormRow {
	const reference = makeReference(index);
	const amount = 1_000 + index * 100 + Math.floor(random() * 100);
	const spoiled = index % SPOILED_EVERY === SPOILED_EVERY - 1;
	const mistake = spoiled ? SPOILED[Math.floor(random() * SPOILED.length)] : {};
	return {
		json: {
			reference,
			amount: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
			iban: 'TR33 0006 1005 1978 6457 8413 26',
			description: 'Salary',
			recipient_first_name: 'Ayşe',
			recipient_last_name: 'Yılmaz',
			recipient_bank_name: 'All Banks Turkey / TRY',
			note: `Row ${index}`,
			...mistake,
		},
		reference,
		amount,
		good: !spoiled,
		key: promisedKey(reference),
	};
}

function makeReference(index: number): string {
	if (index % 10 === 3) return `Rechnung Nº ${index} / März`;
	if (index % 10 === 7) return `PAYROLL-${'0'.repeat(64)}-${index}`;
	return `INV-${index}`;
}

/** Written from the documentation, not shared with the node, so that a mistake cannot hide. */
function promisedKey(reference: string): string {
	return /^[A-Za-z0-9._:-]{1,64}$/.test(reference)
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
