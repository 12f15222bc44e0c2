import type { ReportProblem } from './columns';
import { readText } from './text';

/**
 * Reads and cleans the user's reference. References that a person reads as one come out as one text
 * or are refused; references that a person can tell apart never become one. So a number must be whole
 * and exact: as numbers, 2024.10 and 2024.1 are one, and the second payout would never be made.
 *
 * @param report called when it is missing or may not be what the user typed
 * @returns the reference, empty when it could not be read
 */
export function readReference(value: unknown, report: ReportProblem): string {
	const read = readText(value, 'reference', 'The reference');
	if ('problem' in read) {
		report('reference', read.problem);
		return '';
	}
	if (read.value === '') {
		report(
			'reference',
			'The reference is missing. Give each payout a reference of your own, such as the invoice number: it keeps the payout from being paid twice.',
		);
	}
	return read.value;
}
