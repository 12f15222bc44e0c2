import { asObject, asText } from '../../payout/json/jsonObject';
import type { JsonObject } from '../../payout/json/jsonObject';
import { toDecimalText } from '../../payout/money/amount';
import { decideClaim } from '../claims';
import type { Order, Origin, Verdict, Word } from '../claims';
import { explain, toLeftOutcome } from './decide';
import type { RowOutcome } from './decide';
import { toLedgerRow } from '../entry';
import type { Entry, Payout } from '../entry';
import { gatherEntries } from '../following/fold';
import type { TableRow } from '../tables';

/** On whose word payouts are ordered, and when that person saw the ledger. */
export interface OrderSettings extends Origin {
	word: Word;
	looked_at: string;
}

/** A row that was checked, and what the ledger says of it. */
export interface ComparedRow {
	/** As Excel shows it; counted from 1 where the row does not say it. */
	number: number;
	/** `wrong` where the check has refused it. */
	verdict: Verdict | 'wrong';
	/** What is to be sent; undefined for a row that is not. */
	order?: Order;
	/** How it ended, where it is not to be sent. */
	left?: RowOutcome;
	/** The item of the check. */
	checked: TableRow;
}

/**
 * Compares rows with what the ledger knows, before anything is claimed. What is found here is shown to
 * people; what is sent is decided when it is claimed.
 *
 * @param checked the items of a dry run, with fingerprints
 * @param rows the rows themselves, in the same order
 */
export function compareRows(
	checked: readonly TableRow[],
	rows: readonly TableRow[],
	payouts: readonly TableRow[],
	events: readonly TableRow[],
	settings: OrderSettings,
): ComparedRow[] {
	const known = gatherEntries(payouts, events);
	return checked.map((item, position): ComparedRow => {
		const columns = asObject(rows[position]);
		const compared = { number: findNumber(columns) ?? position + 1, checked: item };
		if (item.error) {
			return { ...compared, verdict: 'wrong', left: toWrongOutcome(item, columns, position) };
		}
		const order = toOrder(item, columns, position, settings);
		const entry: Entry = known.get(order.reference)?.entry ?? {};
		const verdict = decideClaim({ id: 0, ...order }, [], () => false, entry);
		if (verdict.startsWith('send')) {
			const before = entry.ordered ? toLedgerRow(order.reference, entry) : {};
			return { ...compared, verdict, order: { ...order, known: before } };
		}
		const left = toLeftOutcome(order, { verdict, entry, ...explain(verdict, order, entry) });
		return { ...compared, verdict, left };
	});
}

/** From the node that has read the file, or the one for Google Sheets. */
function findNumber({ row, row_number: other }: JsonObject): number | undefined {
	return [row, other].find((number) => typeof number === 'number');
}

function toOrder(
	item: TableRow,
	columns: JsonObject,
	position: number,
	settings: OrderSettings,
): Order {
	return { ...settings, ...readPayout(item), reference: asText(item.reference), position, columns };
}

/** Reads from the item of a dry run with fingerprints which payout it is. */
export function readPayout(item: TableRow): Payout {
	const minor = item.amount_minor;
	return {
		payout_fingerprint: asText(item.payout_fingerprint),
		account_fingerprint: asText(item.account_fingerprint),
		recipient: asText(item.recipient),
		destination: asText(item.destination),
		account: `…${asText(item.account_ending)}`,
		amount: typeof minor === 'number' ? showMinor(minor, item.amount) : '',
		currency: asText(item.currency),
	};
}

/** In major units where the scale of the currency is certain. */
function showMinor(minor: number, amount: unknown): string {
	return typeof amount === 'number' ? toDecimalText(BigInt(minor)) : `${minor} in minor units`;
}

function toWrongOutcome({ error }: TableRow, columns: JsonObject, position: number): RowOutcome {
	const { reference, message, advice } = asObject(error);
	return {
		position,
		reference: asText(reference) || asText(columns.reference),
		recipient: '',
		amount: '',
		currency: '',
		outcome: 'not_sent',
		reason: 'wrong',
		message: asText(message),
		next_step: asText(advice),
		session_id: '',
		payout_id: '',
		status: '',
	};
}
