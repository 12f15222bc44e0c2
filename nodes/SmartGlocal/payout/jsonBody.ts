import type { Payout } from './buildPayout';
import { checkCardNumber } from './card';
import type { ReportProblem, RowProblem } from './columns';
import { toIdempotencyKey } from './idempotencyKey';
import { isCurrency } from './isoCodes';
import { asObject, isObject, parseJson } from './jsonObject';
import { readReference } from './reference';
import { readText, toUpperAscii } from './text';

/** A request body that the user wrote, and its reference. */
export interface JsonPayout {
	reference: unknown;
	/** JSON text or an object; undefined when the session already has the data. */
	body: unknown;
}

/**
 * Checks a request body that the user wrote as in the API reference: structure, amount, currency and
 * card number. Unknown fields are kept, because the API grows.
 *
 * @param isOrder whether the body must contain the account and the amount, as for
 *   session/init/payout
 * @returns the payout, or everything that is wrong with it
 */
export function readJsonPayout(
	{ reference: written, body: given }: JsonPayout,
	isOrder: boolean,
): Payout | { reference: string; problems: RowProblem[] } {
	const problems: RowProblem[] = [];
	const report = (field: string, message: string) => problems.push({ field, message });
	const reference = readReference(written, report);
	const keyed = { reference, idempotencyKey: toIdempotencyKey(reference) };
	if (given === undefined) {
		if (problems.length > 0) return { reference, problems };
		return { ...keyed, body: {}, amount: 0, currency: '' };
	}
	const body = typeof given === 'string' ? parseJson(given) : given;
	if (!isObject(body)) {
		report(
			'body',
			"The 'Request Body' is not a JSON object. Write it as in the API reference, starting with { and ending with }.",
		);
		return { reference, problems };
	}

	const { payment_method, payout_details, ...rest } = body;
	if (payment_method !== undefined && payout_details !== undefined) {
		report(
			'body',
			"The request body has both 'payment_method' and 'payout_details'. Keep one of them: they are the same field in API v1 and v2.",
		);
	}
	const method = payment_method ?? payout_details;
	if (isOrder || method !== undefined) checkMethod(method, report);
	const amount = checkAmount(body.amount_details, isOrder, report);
	const { participant_details, metadata } = body;
	if ((isOrder || participant_details !== undefined) && !isObject(participant_details)) {
		report(
			'participant_details',
			"The request body needs an object 'participant_details' with 'recipient' and 'sender'.",
		);
	}
	if (problems.length > 0) return { reference, problems };
	const named = method === undefined ? {} : { payment_method: method };
	return { ...keyed, ...amount, body: { ...named, ...rest, metadata: metadata ?? reference } };
}

function checkMethod(method: unknown, report: ReportProblem) {
	const type = isObject(method) ? method.type : undefined;
	if (!isObject(method) || typeof type !== 'string' || !isObject(method[type])) {
		report(
			'payment_method',
			"The request body needs an object 'payment_method' with a 'type', such as \"bank_account\", and an object of that name.",
		);
		return;
	}
	const card = asObject(asObject(method.card).bank_card);
	if (card.number === undefined) return;
	const read = readText(card.number, 'secret', 'The card number');
	const checked = 'problem' in read ? read : checkCardNumber(read.value);
	const field = 'payment_method.card.bank_card.number';
	if ('problem' in checked) report(field, checked.problem);
	else if (checked.value !== card.number) {
		report(field, 'The card number must contain digits only, without spaces or dashes.');
	}
}

function checkAmount(
	details: unknown,
	isOrder: boolean,
	report: ReportProblem,
): { amount: number; currency: string } {
	const { amount, currency } = asObject(details);
	if (!isOrder && details === undefined) return { amount: 0, currency: '' };
	if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
		report(
			'amount_details.amount',
			`The field 'amount_details.amount' must be a whole number of minor units above zero: 10050 is 100.50. It is ${JSON.stringify(amount) ?? 'missing'}.`,
		);
	}
	const code = typeof currency === 'string' ? toUpperAscii(currency) : '';
	if (!isCurrency(code)) {
		report(
			'amount_details.currency',
			`The field 'amount_details.currency' must be a three-letter currency code (ISO 4217), such as "usd". It is ${JSON.stringify(currency) ?? 'missing'}.`,
		);
	}
	return { amount: typeof amount === 'number' ? amount : 0, currency: code };
}
