import { describeAccounts, listAccountFields } from './accounts';
import type { ColumnId } from '../headers/matchColumns';
import { SENDER_FIELD_IDS } from '../fields/fields';
import { findRequirements, ROW_DESTINATION } from './requirements';

/** What every payout of a batch must have. */
export interface NeededColumn {
	/** The columns of which one will do. */
	readonly anyOf: readonly [ColumnId, ...ColumnId[]];
	/** The choice of accounts in words, where there is one. */
	readonly choice?: string;
}

/**
 * Lists what every row must have for the payouts to one destination, besides the sender. What only
 * some of them need is left out.
 *
 * @param destination a corridor, `OTHER`, `CARD` or `ROW`; undefined where it is not the same for all
 */
export function listNeededColumns(destination: string | undefined): NeededColumn[] {
	const needed: NeededColumn[] = [{ anyOf: ['reference'] }, { anyOf: ['amount'] }];
	if (destination === ROW_DESTINATION) {
		needed.push({ anyOf: ['destination', 'recipient_country_iso3', 'recipient_currency'] });
	}
	const requirements = destination === undefined ? undefined : findRequirements(destination);
	if (!requirements) return needed;
	const { required, fixed } = requirements;
	for (const id of required) {
		if (!SENDER_FIELD_IDS.includes(id) && fixed[id] === undefined) needed.push({ anyOf: [id] });
	}
	const [first, ...others] = listAccountFields(requirements);
	if (first !== undefined) {
		const choice = describeAccounts(requirements, (id) => `'${id}'`);
		needed.push({ anyOf: [first, ...others], choice });
	}
	return needed;
}
