import type { RowOutcome } from '../../demo/outcomes.mts';
import type { Execution, OutputItem } from '../../n8n/execution.mts';

const ROWS_NODE = 'Get the Rows';
/** The node of `examples/payouts-from-csv.json` that pays. */
export const PAYOUT_NODE = 'Pay Each Row';

/** Reads the outcome of every row from an execution of the example workflow. */
export function readOutcomes(execution: Execution): RowOutcome[] {
	const rows = execution.nodes[ROWS_NODE]?.outputs[0] ?? [];
	const [sent = [], failed = []] = execution.nodes[PAYOUT_NODE]?.outputs ?? [];
	return rows.map(({ json }) => {
		const reference = text(json.reference);
		const known = {
			row: Number(json.row),
			reference,
			destination: text(json.destination),
			amount: text(json.amount),
			currency: text(json.currency),
		};
		const byReference = (item: OutputItem) => text(item.json.reference) === reference;
		const success = sent.find(byReference)?.json;
		if (success) {
			const sessionId = text(success.session_id) || undefined;
			return { ...known, outcome: text(success.outcome), sessionId };
		}
		const failure = failed.find(byReference)?.json;
		if (!failure)
			return {
				...known,
				outcome: 'missing',
				message: 'The node reported no outcome for this row.',
			};
		const error = failure.error as Record<string, unknown>;
		return { ...known, outcome: text(error.outcome), message: text(error.message) };
	});
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}
