import type { Payout } from '../buildPayout';
import { toUpperAscii } from '../text/characters';
import type { RowProblem } from '../validationError';
import { toIdempotencyKey } from '../idempotencyKey';
import { isCurrency } from '../formats/isoCodes';
import { checkExpressions } from './jsonExpressions';
import type { Evaluate } from './jsonExpressions';
import { checkJsonFields } from './jsonFields';
import { checkPaymentMethod } from './jsonMethod';
import { reportNames } from './jsonNames';
import type { ReportAt } from './jsonNames';
import { asObject, isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import { matchesTemplate } from './jsonTemplate';
import { readJson, showPath } from './readJson';
import { readReference } from '../formats/reference';
import { showValue } from '../text/shownValue';

/** A request body that the user wrote, and its reference. */
export interface JsonPayout {
	reference: unknown;
	/** JSON text or an object; undefined when the session already has the data. */
	body: unknown;
	/** The parameter as the user wrote it, with the expressions that the body came from. */
	template?: unknown;
	/** Gives the value of an expression in the template, before it becomes text. */
	evaluate?: Evaluate;
}

/**
 * What a body is for: `order` must hold the account and the amount, as for session/init/payout;
 * `session` makes a session that may lack them; `start` may leave everything to its session.
 */
export type JsonPurpose = 'order' | 'session' | 'start';

/** How many sentences about one body a person reads. */
const MAX_PROBLEMS = 20;

const QUOTATION_ADVICE =
	'Put text from a row in with {{ JSON.stringify(…) }}, without quotation marks around it.';

/**
 * Checks a request body that the user wrote as in the API reference, by the same rules as the form.
 * Unknown fields are kept, because the API grows.
 *
 * @returns the payout, or what is wrong with it
 */
export function readJsonPayout(
	{ reference: written, body: given, template, evaluate }: JsonPayout,
	purpose: JsonPurpose,
): Payout | { problems: RowProblem[] } {
	const problems: RowProblem[] = [];
	const report: ReportAt = (path, describe) => {
		if (problems.length >= MAX_PROBLEMS) return;
		const field = showPath(path);
		problems.push({ field, message: describe(field) });
	};
	const reference = readReference(written, (field, message) => problems.push({ field, message }));
	const keyed = { reference, idempotencyKey: toIdempotencyKey(reference) };
	if (given === undefined) {
		if (problems.length > 0) return { problems };
		return { ...keyed, body: {}, amount: 0, currency: '' };
	}
	const body = readBody(given, template, report);
	if (!body) return { problems };

	const { payment_method, payout_details, ...rest } = body;
	const { participant_details, metadata } = body;
	if (payment_method !== undefined && payout_details !== undefined) {
		report(
			['body'],
			() =>
				"The request body has both 'payment_method' and 'payout_details'. Keep one of them: they are the same field in API v1 and v2.",
		);
	}
	if (purpose !== 'start' && body.session_id !== undefined) {
		report(
			['session_id'],
			(name) =>
				`The request body has a '${name}', but this operation makes a session of its own. Remove it, or use the operation 'Start in Session'.`,
		);
	}
	reportNames(body, report);
	const isOrder = purpose === 'order';
	const isMethodRight = checkPaymentMethod(body, isOrder, report);
	const amount = checkAmount(body.amount_details, isOrder, report);
	const participants = participant_details === undefined && !isOrder ? {} : participant_details;
	if (!isObject(participants)) {
		report(
			['participant_details'],
			(name) => `The request body needs an object '${name}' with 'recipient' and 'sender'.`,
		);
	} else if (isMethodRight) {
		checkJsonFields(body, amount.currency, report);
	}
	if (problems.length === 0 && evaluate) checkExpressions(body, template, evaluate, report);
	if (problems.length > 0) return { problems };
	const method = payment_method ?? payout_details;
	const named = method === undefined ? {} : { payment_method: method };
	return { ...keyed, ...amount, body: { ...named, ...rest, metadata: metadata ?? reference } };
}

/** The body as it will be sent; undefined when what is wrong with it has been reported. */
function readBody(given: unknown, template: unknown, report: ReportAt): JsonObject | undefined {
	const read = readJson(given, {
		label: "The 'Request Body'",
		wholeNumber: ['amount_details', 'amount'],
	});
	if ('problem' in read) {
		report(read.path.length > 0 ? read.path : ['body'], () => read.problem);
	} else if (!isObject(read.value)) {
		report(
			['body'],
			() =>
				`The 'Request Body' is not a JSON object. Write it as in the API reference, starting with { and ending with }. ${QUOTATION_ADVICE}`,
		);
	} else if (!matchesTemplate(template, read.value)) {
		report(
			['body'],
			() =>
				`The 'Request Body' has other fields than you wrote: an expression added or removed some, which a quotation mark inside a value can do, too. ${QUOTATION_ADVICE} Or write the whole body as one expression.`,
		);
	} else {
		return read.value;
	}
	return undefined;
}

function checkAmount(
	details: unknown,
	isOrder: boolean,
	report: ReportAt,
): { amount: number; currency: string } {
	const { amount, currency, ...others } = asObject(details);
	if (!isOrder && details === undefined) return { amount: 0, currency: '' };
	if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
		report(
			['amount_details', 'amount'],
			(name) =>
				`The field '${name}' must be a whole number of minor units above zero: 10050 is 100.50. ${describeFound(amount)}`,
		);
	}
	const code = typeof currency === 'string' ? toUpperAscii(currency) : '';
	if (!isCurrency(code)) {
		report(
			['amount_details', 'currency'],
			(name) =>
				`The field '${name}' must be a three-letter currency code (ISO 4217), such as "usd". ${describeFound(currency)}`,
		);
	}
	for (const [name, value] of Object.entries(others)) {
		if (typeof value !== 'object' || value === null) continue;
		report(
			['amount_details', name],
			(shown) => `The request body has '${shown}', but an amount holds no objects. Remove it.`,
		);
	}
	return { amount: typeof amount === 'number' ? amount : 0, currency: code };
}

function describeFound(value: unknown): string {
	if (value === undefined) return 'It is missing.';
	return `It is ${showValue(JSON.stringify(value))}.`;
}
