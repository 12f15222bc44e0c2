import { readText } from './text';
import type { ReportProblem } from './columns';

/**
 * Reads and cleans the user's reference.
 *
 * @param report called when there is none, or when two could have become one
 * @returns the reference, or an empty string
 */
export function readReference(value: unknown, report: ReportProblem): string {
	const read = readText(value, 'reference', 'The reference');
	if ('problem' in read) {
		report('reference', read.problem);
		return '';
	}
	if (read.text === '') {
		report(
			'reference',
			'The reference is missing. Give each payout one of your own, such as the invoice number: it is what keeps a payout from being paid twice.',
		);
	}
	return read.text;
}
