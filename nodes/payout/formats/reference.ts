import { isIssuedCardNumber } from '../cards/card';
import { findCardData } from '../cards/cardData';
import { hideCardNumbers, listCandidates } from '../cards/cardNumbers';
import type { ReportProblem, RowProblem } from '../headers/matchColumns';
import { blankEscapes } from '../cards/digitGroups';
import { readDigits } from '../cards/digits';
import { readText } from '../text/readText';

/**
 * Reads and cleans the user's reference. References that a person reads as one come out as one text
 * or are refused; references that a person can tell apart never become one. So a number must be whole
 * and exact: as numbers, 2024.10 and 2024.1 are one, and the second payout would never be made.
 *
 * A reference is in the header of the request, in the dashboard, in webhooks, reports and messages,
 * so it must not be a card number. Masking it would lose what ties all of these to the row.
 *
 * @param report called when it is missing, may not be what the user typed, or is that of a card
 * @returns the reference, empty when it could not be read or must not be shown
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
	if (!listCandidates(read.value).some(isIssuedCardNumber)) return read.value;
	report('reference', CARD_NUMBER);
	return '';
}

const CARD_NUMBER =
	'The reference looks like a card number, which would be seen in the dashboard, in webhooks and in reports. Give the payout a reference of your own, such as the invoice number. If it is an invoice number that only looks like one, write a letter between its digits.';

/**
 * What is wrong with a reference that repeats the card number of its own request body.
 *
 * @returns undefined when nothing is
 */
export function checkReferenceAgainst(reference: string, body: unknown): RowProblem | undefined {
	const { numbers } = findCardData(body);
	const digits = readDigits(blankEscapes(reference)).value;
	const isAbbreviated = hideCardNumbers(reference, undefined, () => false) !== reference;
	if (!isAbbreviated && !numbers.some((number) => digits.includes(number))) return undefined;
	return { field: 'reference', message: CARD_NUMBER };
}
