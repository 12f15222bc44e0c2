import { isIssuedCardNumber, maskCardNumbers } from '../cards/mask';
import { PAYOUT_FIELDS } from '../fields/fields';
import { asText, getPath } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';
import { readText } from '../text/readText';
import type { ReportProblem } from '../validationError';

const MISSING =
	'The reference is missing. Give each payout a reference of your own, such as the invoice number: it keeps the payout from being paid twice.';
const CARD_NUMBER =
	'The reference looks like a card number, which would be seen in the dashboard, in webhooks and in reports. Give the payout a reference of your own, such as the invoice number. If it is an invoice number that only looks like one, write a letter between its digits.';

/** Reads the user's reference; empty when it cannot be read. Masked in a webhook, a card number would be lost. */
export function readReference(value: unknown, report: ReportProblem): string {
	const read = readText(value, 'reference', 'The reference');
	const reference = 'value' in read ? read.value : '';
	const isCard = maskCardNumbers(reference, isIssuedCardNumber) !== reference;
	const problem = 'problem' in read ? read.problem : isCard ? CARD_NUMBER : MISSING;
	if (isCard || reference === '') report('reference', problem);
	return isCard ? '' : reference;
}

/** What is wrong with a reference that repeats the card number of its own (checked) request body. */
export function checkReferenceAgainst(reference: string, body: Readonly<JsonObject>) {
	const digits = asText(getPath(body, PAYOUT_FIELDS.card_number.path)).replace(/\D/g, '');
	const isRepeated = digits !== '' && reference.replace(/\D/g, '').includes(digits);
	return isRepeated ? { field: 'reference', message: CARD_NUMBER } : undefined;
}
