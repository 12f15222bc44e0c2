import { checkAmount, describeWrongCurrency } from '../buildPayout';
import type { Payout } from '../buildPayout';
import { checkAccount } from '../destinations/accounts';
import { ANY_ACCOUNT, ANY_CARD, codeOf, findRequirements } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import { checkFields } from '../fields/readFields';
import { isCurrency } from '../formats/isoCodes';
import { readReference } from '../formats/reference';
import { toIdempotencyKey } from '../idempotencyKey';
import { showValue } from '../text/shownValue';
import type { RowProblem } from '../validationError';
import { BODY_PATHS, readColumns } from './jsonColumns';
import type { BodyColumns, ReportAt } from './jsonColumns';
import { asObject, isObject, setPath } from './jsonObject';
import type { JsonObject } from './jsonObject';
import { readTemplate } from './jsonTemplate';
import type { Evaluate } from './jsonTemplate';
import { readJson, showPath } from './readJson';

export interface JsonPayout {
	reference: unknown;
	/** JSON text or an object; undefined when the session already has the data. */
	body: unknown;
	/** Evaluates the expressions of a text that begins with an equals sign. */
	evaluate?: Evaluate;
}

/** What a body is for: only an `order` must hold all; a `start` may leave everything to its session. */
export type JsonPurpose = 'order' | 'session' | 'start';
type Refusal = { problems: RowProblem[] };
const MAX_PROBLEMS = 20;

const RULES = {
	label: "The 'Request Body'",
	notJson:
		"The 'Request Body' is not a JSON object in which expressions stand for values only. Write it as in the API reference, starting with { and ending with }, or as one expression. Put text from a row in with {{ JSON.stringify(…) }}, without quotation marks around it.",
	wholeNumber: BODY_PATHS.amount.split('.'),
};

const TWO_METHODS =
	"The request body has both 'payment_method' and 'payout_details'. Keep one of them: they are the same field in API v1 and v2.";
const OWN_SESSION =
	"The request body has a '{path}', but this operation makes a session of its own. Remove it, or use the operation 'Start in Session'.";
const NO_PARTICIPANTS = "The request body needs an object '{path}' with 'recipient' and 'sender'.";
const NO_ACCOUNT =
	"The request body needs an object '{path}' with a 'type', such as \"bank_account\", and an object of that name.";

/** Reads a body into columns, checks them as in a row, and puts them back. Adds nothing else. */
export function readJsonPayout(given: JsonPayout, purpose: JsonPurpose): Payout | Refusal {
	const problems: RowProblem[] = [];
	let method = 'payment_method';
	const report: ReportAt = (path, message) => {
		if (message === undefined || problems.length >= MAX_PROBLEMS) return;
		const field = showPath(path).replace(/^payment_method/, method);
		problems.push({ field, message: message.replace('{path}', () => field) });
	};
	const { payment_method, payout_details, ...rest } = readBody(given, report);
	if (payment_method !== undefined && payout_details !== undefined) report(['body'], TWO_METHODS);
	if (payout_details !== undefined) method = 'payout_details';
	// One that is null is wrong, and not the same as none.
	const account = payment_method === undefined ? payout_details : payment_method;
	const body: JsonObject = account === undefined ? rest : { payment_method: account, ...rest };
	const money = problems.length > 0 ? NO_MONEY : checkBody(body, purpose, problems, report);
	const reference = readReference(given.reference, (field, message) =>
		problems.push({ field, message }),
	);
	if (problems.length > 0) return { problems };
	return {
		...money,
		reference,
		idempotencyKey: toIdempotencyKey(reference),
		body: given.body === undefined ? {} : { ...body, metadata: body.metadata ?? reference },
	};
}

function readBody({ body, evaluate }: JsonPayout, report: ReportAt): JsonObject {
	if (body === undefined) return {};
	const read =
		evaluate && typeof body === 'string' && body.startsWith('=')
			? readTemplate(body.slice(1), RULES, evaluate, report)
			: readJson(body, RULES);
	if ('value' in read && isObject(read.value)) return read.value;
	const { problem, path } = 'problem' in read ? read : { problem: RULES.notJson, path: [] };
	report(path.length > 0 ? path : ['body'], problem);
	return {};
}

type Money = Pick<Payout, 'amount' | 'currency'>;
const NO_MONEY: Money = { amount: 0, currency: '' };

/** Checks the form of a body, then its values, and puts these in the form that the API expects. */
function checkBody(
	body: JsonObject,
	purpose: JsonPurpose,
	problems: readonly RowProblem[],
	report: ReportAt,
): Money {
	const isOrder = purpose === 'order';
	const { payment_method, participant_details, amount_details, session_id } = body;
	if (purpose !== 'start' && session_id !== undefined) report(['session_id'], OWN_SESSION);
	const hasParticipants = !isOrder || participant_details !== undefined;
	if (!hasParticipants) report(['participant_details'], NO_PARTICIPANTS);
	const { columns, isOtherMethod } = readColumns(body, report);
	const account = asObject(payment_method);
	const hasAccount = isOrder || payment_method !== undefined;
	const isNamed = !hasAccount || Object.values(account).some(isObject);
	if (problems.length === 0 && !isNamed) report(['payment_method'], NO_ACCOUNT);
	if (problems.length > 0) return NO_MONEY;

	const requirements = findBodyRequirements(account.type, columns);
	let money = NO_MONEY;
	if (isOrder || amount_details !== undefined) {
		money = checkMoney(columns, requirements, report);
		setPath(body, BODY_PATHS.amount, money.amount);
		setPath(body, BODY_PATHS.currency, money.currency.toLowerCase());
	}
	const fields = checkFields(columns, requirements, (id, message) =>
		report(BODY_PATHS[id].split('.'), message),
	);
	for (const [id, value] of fields) setPath(body, BODY_PATHS[id], value);
	if (hasAccount && !isOtherMethod) {
		const wrong = checkAccount((id) => columns[id] !== undefined, requirements, 'named');
		report(['payment_method'], wrong?.message);
	}
	return money;
}

function findBodyRequirements(type: unknown, columns: BodyColumns): Requirements {
	const country = codeOf(columns.recipient_country_iso3);
	const corridor = findRequirements(`${country}-${codeOf(columns.recipient_currency)}`);
	const isPaidSo = [undefined, corridor?.method ?? 'bank_account'].includes(type as string);
	return (isPaidSo && corridor) || (type === 'card' ? ANY_CARD : ANY_ACCOUNT);
}

function checkMoney(columns: BodyColumns, requirements: Requirements, report: ReportAt): Money {
	const show = (value: unknown) => showValue(JSON.stringify(value) ?? 'missing');
	const currency = codeOf(columns.currency);
	const wrongCurrency = isCurrency(currency)
		? describeWrongCurrency(currency, requirements)
		: `The field '{path}' must be a three-letter currency code (ISO 4217), such as "usd". It is ${show(columns.currency)}.`;
	report(BODY_PATHS.currency.split('.'), wrongCurrency);
	const amount = checkAmount(columns.amount, 'minor', currency);
	if ('minor' in amount) return { amount: amount.minor, currency };
	const wrongAmount = `The field '{path}' must be a whole number of minor units above zero: 10050 is 100.50. It is ${show(columns.amount)}.`;
	report(BODY_PATHS.amount.split('.'), wrongAmount);
	return { amount: 0, currency };
}
