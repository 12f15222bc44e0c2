import type { IDataObject } from 'n8n-workflow';
import { PAYOUT_FIELDS } from '../../payout/fields/fields';
import type { FieldId } from '../../payout/fields/fields';
import { showSums, sumByCurrency } from '../../payout/money/amount';
import { listSome, showValue } from '../../payout/text/shownValue';
import { OUTCOME_NAMES } from './nodeErrors';
import type { RowResult } from './nodeErrors';
import type { RowLabel } from './failureTexts';
import { countRows, listRowNumbers } from './rowGroups';

const MAX_REASONS = 5;
const MAX_COLUMNS = 20;
const MAX_COLUMN_CHARACTERS = 40;

/** Sums up a run, for the output panel ("498 submitted: EUR 12,345.00") and as an item. */
export function summarize(
	results: readonly RowResult[],
	isDryRun: boolean,
	notes: readonly string[] = [],
) {
	const counts: IDataObject = {};
	const parts: string[] = [];
	const passed = results.filter(({ failure }) => !failure);
	const counted = passed.filter(({ outcome }) => isDryRun || outcome === 'submitted');
	if (isDryRun) {
		const planned = `${countRows(counted.length)} would be sent${sumUp(counted)}`;
		parts.push(`Dry run, nothing was sent. ${planned}`);
	}
	for (const [outcome, name] of Object.entries(OUTCOME_NAMES)) {
		const ended = results.filter((result) => result.outcome === outcome);
		const shown = isDryRun ? ended.filter(({ failure }) => failure) : ended;
		counts[outcome] = shown.length;
		if (shown.length === 0) continue;
		const advice = outcome === 'unknown' ? ': look at them before you pay in another way' : '';
		const isFailed = shown.every(({ failure }) => failure);
		parts.push(`${shown.length} ${name}${advice}${isFailed ? explain(shown) : sumUp(shown)}`);
	}
	const unused = new Set(passed.flatMap(({ label }) => label.order?.unusedColumns ?? []));
	if (isDryRun && unused.size > 0) parts.push(`Columns not used: ${nameColumns([...unused])}`);
	const warnings = sumUpWarnings(passed.map(({ label }) => label));
	if (warnings.length > 0) parts.push(`Please check: ${warnings.join('; ')}`);
	const text = [...parts, ...notes].join(' · ');
	return {
		text,
		item: {
			summary: text,
			rows: results.length,
			...counts,
			// As in `EUR 12,345.00`: what was submitted, or in a dry run would be sent.
			total: showTotals(counted),
		},
		isFine: passed.length === results.length && warnings.length === 0 && notes.length === 0,
	};
}

function explain(failed: readonly RowResult[]): string {
	const reasons = new Map<string, number>();
	for (const result of failed) {
		const reason = nameReason(result);
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	}
	const sorted = [...reasons].sort(([, a], [, b]) => b - a);
	const named = sorted
		.slice(0, MAX_REASONS)
		.map(([reason, count]) => `${count} ${inflect(reason, count)}`);
	const rest = sorted.slice(MAX_REASONS).reduce((sum, [, count]) => sum + count, 0);
	return ` (${[...named, ...(rest > 0 ? [`${rest} for other reasons`] : [])].join(', ')})`;
}

function sumUp(rows: readonly RowResult[]): string {
	const sums = showTotals(rows);
	return sums === '' ? '' : `: ${sums}`;
}

function showTotals(rows: readonly RowResult[]): string {
	return showSums(sumByCurrency(rows.flatMap(({ label }) => label.order ?? [])));
}

function nameReason({ problems: [first] = [], failure, hasUnlistedCode }: RowResult): string {
	if (first) return first.reason ?? `wrong ${nameField(first.field)}`;
	if (failure?.code === 'stopped') return 'after the run stopped';
	if (hasUnlistedCode) return `with the code ${failure?.code}, which this node does not know`;
	return failure?.code.replaceAll('_', ' ') ?? 'other reasons';
}

function nameField(field: string): string {
	const id = field.slice(field.lastIndexOf('.') + 1);
	if (Object.hasOwn(PAYOUT_FIELDS, id)) return PAYOUT_FIELDS[id as FieldId].label;
	return id === '' ? 'setting' : id;
}

/** Only our own reasons are nouns: "3 wrong IBANs", but "3 account not found". */
function inflect(reason: string, count: number): string {
	const isNoun = /^(?:wrong|missing|unclear|duplicate|similar) .*[^s]$/.test(reason);
	return count === 1 || !isNoun ? reason : `${reason.replace(/(?<![aeiou])y$/, 'ie')}s`;
}

/** Names columns that are not read, without anything that could be a card number. */
export function nameColumns(columns: readonly string[]): string {
	const shown = columns.map((name) => showValue(name, MAX_COLUMN_CHARACTERS));
	return listSome(shown, MAX_COLUMNS);
}

type CheckedRow = Pick<RowLabel, 'number' | 'order' | 'similarTo' | 'sharesAccountWith'>;

/** Says for one row of a dry run what to look at; null where there is nothing. */
export function describeWarnings(row: CheckedRow): string | null {
	const { order, similarTo, sharesAccountWith } = row;
	const texts = (order?.warnings ?? []).map((warning) => `The ${warning}.`);
	if (similarTo) texts.push(describeSimilarRows(similarTo));
	if (sharesAccountWith) texts.push(describeSharedAccount(sharesAccountWith));
	return texts.length > 0 ? texts.join(' ') : null;
}

/** Says that rows pay the same amount to the same account. */
export function describeSimilarRows(group: readonly number[]): string {
	return `Rows ${listRowNumbers(group)} pay the same amount to the same account under different references.`;
}

/** Says that rows pay one account under several names. */
export function describeSharedAccount(group: readonly number[]): string {
	return `Rows ${listRowNumbers(group)} pay one account under three or more names: check that each row has its own.`;
}

/** Sums up what to look at in a run, each kind of warning once, with the numbers of its rows. */
function sumUpWarnings(rows: readonly CheckedRow[]): string[] {
	const kinds = new Map<string, number[]>();
	for (const { number, order, similarTo, sharesAccountWith } of rows) {
		const found = [
			...(order?.warnings ?? []),
			...(similarTo ? ['same account, amount and currency'] : []),
			...(sharesAccountWith ? ['one account under several names'] : []),
		];
		for (const kind of found) {
			const numbers = kinds.get(kind) ?? [];
			kinds.set(kind, numbers);
			numbers.push(number);
		}
	}
	return [...kinds].map(([kind, numbers]) => {
		return `${kind} (${numbers.length === 1 ? 'row' : 'rows'} ${listRowNumbers(numbers)})`;
	});
}
