import type { IDataObject } from 'n8n-workflow';
import { PAYOUT_FIELDS } from '../../payout/fields/fields';
import type { FieldId } from '../../payout/fields/fields';
import { showSums, sumByCurrency } from '../../payout/money';
import { OUTCOME_NAMES } from './nodeErrors';
import type { RowResult } from './nodeErrors';
import { countRows } from './rowGroups';
import { sumUpWarnings } from './warningTexts';

/** How many reasons a summary names for each outcome. */
const MAX_REASONS = 5;

/**
 * Sums up a run: "498 submitted: EUR 12,345.00, GBP 3,000.00 · 2 not sent (1 wrong IBAN, 1 unclear
 * amount)".
 *
 * @param isDryRun whether the rows were only checked
 * @param notes further sentences about the run
 * @returns a text for the output panel, an item for workflows, and whether nothing needs attention
 */
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

/** Why a row failed, in a few words that can follow a number. */
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
