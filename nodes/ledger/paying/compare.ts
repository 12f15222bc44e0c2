import { asObject, asText } from '../../payout/json/jsonObject';
import type { JsonObject } from '../../payout/json/jsonObject';
import { toDecimalText } from '../../payout/money/amount';
import { decideClaim } from '../claims';
import type { Order, Verdict } from '../claims';
import { PAYOUT_TEXTS, pickTexts, toLedgerRow } from '../entry';
import type { Entry, Origin, Payout } from '../entry';
import { gatherEntries } from '../following/fold';
import type { TableRow } from '../tables';
import { explain, toLeftOutcome, toRowOutcome } from './decide';
import type { RowOutcome } from './decide';

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
 * Compares rows and their dry run with fingerprints with what the ledger knows, before anything is claimed.
 * What is found here is shown to people; what is sent is decided when it is claimed.
 */
export function compareRows(
	checked: readonly TableRow[],
	rows: readonly TableRow[],
	payouts: readonly TableRow[],
	events: readonly TableRow[],
	settings: Origin & Pick<Order, 'word' | 'looked_at'>,
): ComparedRow[] {
	const known = gatherEntries(payouts, events);
	return checked.map((item, position): ComparedRow => {
		const columns = asObject(rows[position]);
		const compared = { number: findNumber(columns) ?? position + 1, checked: item };
		if (item.error) {
			return { ...compared, verdict: 'wrong', left: toWrongOutcome(item, columns, position) };
		}
		const reference = asText(item.reference);
		const order = { ...settings, ...readPayout(item), reference, position, columns };
		const entry: Entry = known.get(reference)?.entry ?? {};
		const { ordered } = entry;
		const verdict = decideClaim({ id: 0, ...order }, [], () => false, entry);
		if (verdict.startsWith('send')) {
			const before = ordered ? toLedgerRow(reference, { ...entry, ordered }) : {};
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

/** Reads from the item of a dry run with fingerprints which payout it is. */
export function readPayout(item: TableRow): Payout {
	const { amount_minor: minor, account_ending: ending } = item;
	// In major units where the scale of the currency is certain.
	const isMajor = typeof item.amount === 'number';
	const show = (amount: number) =>
		isMajor ? toDecimalText(BigInt(amount)) : `${amount} in minor units`;
	return {
		...pickTexts(item, PAYOUT_TEXTS),
		account: `…${asText(ending)}`,
		amount: typeof minor === 'number' ? show(minor) : '',
	};
}

function toWrongOutcome({ error }: TableRow, columns: JsonObject, position: number): RowOutcome {
	const { message, advice: next_step, reference: read } = asObject(error);
	const reference = asText(read) || columns.reference;
	const why = { outcome: 'not_sent', reason: 'wrong', message, next_step };
	return toRowOutcome(position, { ...why, reference });
}
