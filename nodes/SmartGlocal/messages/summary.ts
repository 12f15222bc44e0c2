import type { IDataObject } from 'n8n-workflow';
import { PAYOUT_FIELDS } from '../../payout/fields/fields';
import type { FieldId } from '../../payout/fields/fields';
import { showSums, sumByCurrency } from '../../payout/money/totals';
import { OUTCOME_NAMES } from './nodeErrors';
import type { RowResult } from './nodeErrors';
import { countRows } from './rowNumbers';
import { sumUpWarnings } from './warningTexts';

/** What a run did. */
export interface Summary {
	/** For the output panel. */
	text: string;
	/** For workflows. */
	item: IDataObject;
	/** Whether it holds something that a person should look at. */
	needsAttention: boolean;
}

/** Follows the rows whose outcome is not known. */
const LOOK_FIRST = ': look at them before you pay in another way';

/** How many reasons a summary names for each outcome. */
const MAX_REASONS = 5;

/**
 * Sums up a run: "498 submitted: EUR 12,345.00, GBP 3,000.00 · 2 not sent (1 wrong IBAN, 1 unclear
 * amount)".
 *
 * @param results of all rows
 * @param isDryRun whether the rows were only checked
 * @param notes further sentences about the run
 */
export function summarize(
	results: readonly RowResult[],
	isDryRun: boolean,
	notes: readonly string[] = [],
): Summary {
	const counts: IDataObject = {};
	const parts: string[] = [];
	for (const [outcome, name] of Object.entries(OUTCOME_NAMES)) {
		const ended = results.filter((result) => result.outcome === outcome && !isPlanned(result));
		counts[outcome] = ended.length;
		if (ended.length === 0) continue;
		const advice = outcome === 'unknown' ? LOOK_FIRST : '';
		parts.push(`${ended.length} ${name}${advice}${explain(ended)}`);
	}
	const counted = results.filter(isDryRun ? isPlanned : ({ outcome }) => outcome === 'submitted');
	if (isDryRun) {
		parts.unshift(
			`Dry run, nothing was sent. ${countRows(counted.length)} would be sent${sumUp(counted)}`,
		);
	}
	const passed = results.filter(({ failure }) => !failure);
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
		needsAttention: warnings.length > 0 || notes.length > 0,
	};
}

/** A row of a dry run that passed its checks. */
function isPlanned({ outcome, failure }: RowResult): boolean {
	return outcome === 'not_sent' && failure === undefined;
}

function explain(ended: readonly RowResult[]): string {
	if (ended.some(({ failure }) => !failure)) return sumUp(ended);
	const reasons = new Map<string, number>();
	for (const result of ended) {
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

/** Why a row failed, in a few words that can follow a number. */
function nameReason({ problems, failure, hasUnlistedCode }: RowResult): string {
	const [first] = problems ?? [];
	if (first) return first.reason ?? `wrong ${nameField(first.field)}`;
	if (failure?.code === 'stopped') return 'after the run stopped';
	if (hasUnlistedCode) return `with the code ${failure?.code}, which this node does not know`;
	return failure?.code.replaceAll('_', ' ') ?? 'other reasons';
}

function nameField(field: string): string {
	const id = field.split('.').at(-1) ?? '';
	if (Object.hasOwn(PAYOUT_FIELDS, id)) return PAYOUT_FIELDS[id as FieldId].label;
	return id === '' ? 'setting' : id;
}

/** Only our own reasons are nouns: "3 wrong IBANs", but "3 account not found". */
function inflect(reason: string, count: number): string {
	if (count === 1 || !/^(?:wrong|missing|unclear|duplicate|similar) .*[^s]$/.test(reason))
		return reason;
	return reason.replace(/(?<![aeiou])y$/, 'ie').concat('s');
}
