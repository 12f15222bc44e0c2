import { checkAmount, describeWrongCurrency, setPath } from '../buildPayout';
import type { Payout } from '../buildPayout';
import {
	checkAccount,
	describeAccounts,
	namesAnAccount,
	namesTwoAccounts,
} from '../destinations/accounts';
import { ANY_ACCOUNT, ANY_CARD, findRequirements } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import { codeOf } from '../destinations/resolveDestination';
import { FIELD_IDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { checkFields } from '../fields/readFields';
import { isCurrency } from '../formats/isoCodes';
import { readReference } from '../formats/reference';
import type { RowProblem } from '../validationError';
import { toIdempotencyKey } from '../idempotencyKey';
import { showValue } from '../text/shownValue';
import { BODY_PATHS, findColumnAt, readColumns } from './jsonColumns';
import type { BodyColumns, ReportAt } from './jsonColumns';
import { asObject, isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import { fillTemplate } from './jsonTemplate';
import type { Evaluate } from './jsonTemplate';
import { readJson, showPath } from './readJson';
import type { JsonPath } from './readJson';

/** A request body that the user wrote, and its reference. */
export interface JsonPayout {
	reference: unknown;
	/** JSON text or an object; undefined when the session already has the data. */
	body: unknown;
	/** Makes a text with an equals sign in front a template, in which it evaluates the expressions. */
	evaluate?: Evaluate;
}

/**
 * What a body is for: `order` must hold the account and the amount, as for session/init/payout;
 * `session` makes a session that may lack them; `start` may leave everything to its session.
 */
export type JsonPurpose = 'order' | 'session' | 'start';

/** How many sentences about one body a person reads. */
const MAX_PROBLEMS = 20;

const RULES = { label: "The 'Request Body'", wholeNumber: BODY_PATHS.amount.split('.') };

/**
 * Reads a request body that the user wrote as in the API reference: back into columns, which are
 * checked as in a row, and then put in their places again. Unknown fields are kept, because the API
 * grows. Nothing is required but an account and an amount, and nothing is added.
 *
 * @returns the payout, or what is wrong with it
 */
export function readJsonPayout(
	given: JsonPayout,
	purpose: JsonPurpose,
): Payout | { problems: RowProblem[] } {
	const problems: RowProblem[] = [];
	let method = 'payment_method';
	const report: ReportAt = (path, message) => {
		if (problems.length >= MAX_PROBLEMS) return;
		const field = showPath(path).replace(/^payment_method/, method);
		problems.push({ field, message: message.replace('{path}', () => field) });
	};
	const reference = readReference(given.reference, (field, message) =>
		problems.push({ field, message }),
	);
	const body = given.body === undefined ? {} : readBody(given, report);
	if (!body) return { problems };
	const { payment_method, payout_details, ...rest } = body;
	if (payout_details !== undefined) method = 'payout_details';
	if (payment_method !== undefined && payout_details !== undefined) {
		report(
			['body'],
			"The request body has both 'payment_method' and 'payout_details'. Keep one of them: they are the same field in API v1 and v2.",
		);
		return { problems };
	}
	const named = payment_method ?? payout_details;
	const order = named === undefined ? rest : { payment_method: named, ...rest };
	const money = checkOrder(order, purpose, report);
	if (!money || problems.length > 0) return { problems };
	return {
		...money,
		reference,
		idempotencyKey: toIdempotencyKey(reference),
		body: given.body === undefined ? {} : { ...order, metadata: body.metadata ?? reference },
	};
}

/** Undefined when what is wrong with the body has been reported. */
function readBody({ body, evaluate }: JsonPayout, report: ReportAt): JsonObject | undefined {
	const isTemplate = evaluate && typeof body === 'string' && body.startsWith('=');
	const filled = isTemplate ? fillTemplate(body.slice(1), RULES, evaluate, report) : body;
	// What is wrong with a template has been reported.
	if (filled === undefined) return undefined;
	const read = readJson(filled, RULES);
	if ('value' in read && isObject(read.value)) return read.value;
	if ('problem' in read) {
		report(read.path.length > 0 ? read.path : ['body'], read.problem);
	} else {
		report(
			['body'],
			"The 'Request Body' is not a JSON object. Write it as in the API reference, starting with { and ending with }. Put text from a row in with {{ JSON.stringify(…) }}, without quotation marks around it.",
		);
	}
	return undefined;
}

/**
 * Checks a body, and puts its values in the form that the API expects.
 *
 * @returns the amount in minor units, 0 where the session holds it; undefined where the body does not
 *   have the form of an order, which has been reported
 */
function checkOrder(
	body: JsonObject,
	purpose: JsonPurpose,
	reportAt: ReportAt,
): Pick<Payout, 'amount' | 'currency'> | undefined {
	let isFormed = true;
	const report: ReportAt = (path, message) => {
		isFormed = false;
		reportAt(path, message);
	};
	const isOrder = purpose === 'order';
	const { payment_method, participant_details, amount_details, session_id } = body;
	if (purpose !== 'start' && session_id !== undefined) {
		report(
			['session_id'],
			"The request body has a '{path}', but this operation makes a session of its own. Remove it, or use the operation 'Start in Session'.",
		);
	}
	if (isOrder && participant_details === undefined) {
		report(
			['participant_details'],
			"The request body needs an object '{path}' with 'recipient' and 'sender'.",
		);
	}
	const columns = readColumns(body, report);
	const hasAccount = isFormed && (isOrder || payment_method !== undefined);
	const account = hasAccount
		? findAccount(asObject(payment_method), ['payment_method'], report)
		: [];
	if (!isFormed) return undefined;

	const requirements = findBodyRequirements(asObject(payment_method).type, columns);
	const hasAmount = isOrder || amount_details !== undefined;
	const money = hasAmount ? checkMoney(columns, report) : { amount: 0, currency: '' };
	const wrongCurrency = describeWrongCurrency(money.currency, requirements);
	if (wrongCurrency !== undefined) report(BODY_PATHS.currency.split('.'), wrongCurrency);
	const fields = checkFields(columns, requirements, (id, message) =>
		report(BODY_PATHS[id].split('.'), message),
	);
	// Of another system's accounts, nothing is known.
	const isKnown = FIELD_IDS.some((id) => BODY_PATHS[id].startsWith(`${account.join('.')}.`));
	const wrongAccount = isKnown ? findAccountProblem(columns, requirements) : undefined;
	if (wrongAccount !== undefined) report(['payment_method'], wrongAccount);
	for (const [id, value] of fields) setPath(body, BODY_PATHS[id], value);
	if (hasAmount) {
		setPath(body, BODY_PATHS.amount, money.amount);
		setPath(body, BODY_PATHS.currency, money.currency.toLowerCase());
	}
	return money;
}

/**
 * Finds the object that says which account is paid. Each object in a payment method is the one that the
 * text `type` or `system_type` beside it names; anything else is reported.
 */
function findAccount(container: JsonObject, path: JsonPath, report: ReportAt): JsonPath {
	const key = path.at(-1) === 'bank_account' ? 'system_type' : 'type';
	let account = path;
	for (const [name, value] of Object.entries(container)) {
		const inner = [...path, name];
		// What a field holds is checked with the fields.
		if (typeof value !== 'object' || value === null || findColumnAt(inner)) continue;
		if (name === container[key] && isObject(value)) {
			account = findAccount(value, inner, report);
			continue;
		}
		report(
			inner,
			`The request body has '{path}', which the field '${key}' beside it does not name. Remove one or correct the other: with two accounts in one payout, nobody could tell which one is paid.`,
		);
		return inner;
	}
	if (account.length === 1) {
		report(
			path,
			"The request body needs an object '{path}' with a 'type', such as \"bank_account\", and an object of that name.",
		);
	}
	return account;
}

/** By the recipient's country and currency, where that corridor is paid in the body's way. */
function findBodyRequirements(type: unknown, columns: BodyColumns): Requirements {
	const country = codeOf(columns.recipient_country_iso3);
	const corridor = findRequirements(`${country}-${codeOf(columns.recipient_currency)}`);
	if (corridor && (type === undefined || type === (corridor.method ?? 'bank_account'))) {
		return corridor;
	}
	return type === 'card' ? ANY_CARD : ANY_ACCOUNT;
}

/** An account number needs what finds its bank, but not all that the form of a corridor asks for. */
function findAccountProblem(columns: BodyColumns, requirements: Requirements): string | undefined {
	const has = (id: FieldId) => columns[id] !== undefined;
	const { alternatives, bankCodes, method } = requirements;
	if (bankCodes || method === 'card' || namesTwoAccounts(has, alternatives)) {
		return checkAccount(has, requirements)?.message;
	}
	if (namesAnAccount(has)) return undefined;
	return `The request body does not say which account is paid. Fill in ${describeAccounts(requirements)}.`;
}

/** Checks amount and currency; a body as in the API reference has minor units. */
function checkMoney(columns: BodyColumns, report: ReportAt): Pick<Payout, 'amount' | 'currency'> {
	const currency = codeOf(columns.currency);
	if (!isCurrency(currency)) {
		report(
			BODY_PATHS.currency.split('.'),
			`The field '{path}' must be a three-letter currency code (ISO 4217), such as "usd". ${describeFound(columns.currency)}`,
		);
	}
	const checked = checkAmount(columns.amount, 'minor', currency);
	if ('minor' in checked) return { amount: checked.minor, currency };
	report(
		BODY_PATHS.amount.split('.'),
		`The field '{path}' must be a whole number of minor units above zero: 10050 is 100.50. ${describeFound(columns.amount)}`,
	);
	return { amount: 0, currency };
}

function describeFound(value: unknown): string {
	return value === undefined ? 'It is missing.' : `It is ${showValue(JSON.stringify(value))}.`;
}
