import type { ReportProblem } from './columns';
import { readText } from './text';

/**
 * Reads and cleans the user's reference.
 *
 * @param report called when it is missing or may have lost digits
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
