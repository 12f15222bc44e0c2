import { FIELD_IDS, isOfAccount, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { simplifyHeader } from '../headers/matchColumns';
import { isEmpty } from '../text/characters';
import { isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import type { JsonPath } from './readJson';

export type ReportAt = (path: JsonPath, message: string | undefined) => void;
type BodyColumn = FieldId | 'amount' | 'currency';
export type BodyColumns = Partial<Record<BodyColumn, unknown>>;

/** Where the values of the columns lie (API reference, section 5). */
export const BODY_PATHS = {
	amount: 'amount_details.amount',
	currency: 'amount_details.currency',
	...Object.fromEntries(FIELD_IDS.map((id) => [id, PAYOUT_FIELDS[id].path])),
} as Readonly<Record<BodyColumn, string>>;

/** What lies at a path of an order: a column's value, an object with more of them, or another value. */
const PLACES = new Map<string, BodyColumn | 'object' | 'value'>(
	'customer metadata session_id payment_method.type payment_method.bank_account.system_type payment_method.card.type'
		.split(' ')
		.map((path) => [path, 'value']),
);
for (const [id, path] of Object.entries(BODY_PATHS) as Array<[BodyColumn, string]>) {
	PLACES.set(path, id);
	for (const { index } of path.matchAll(/\./g)) PLACES.set(path.slice(0, index), 'object');
}

/** Finds the column whose value lies at a path, by the names of either version of the API. */
export function findColumnAt(path: JsonPath): BodyColumn | undefined {
	const place = PLACES.get(path.join('.').replace(/^payout_details/, 'payment_method'));
	return place === 'object' || place === 'value' ? undefined : place;
}

/** Whether a path is in a part in which a number is never right: it would lose the zeros in front. */
export function isTextOnly([part = '']: JsonPath): boolean {
	return ['payment_method', 'payout_details', 'participant_details'].includes(part);
}

const OBJECT_NAMES =
	'payment_method payout_details amount_details participant_details recipient sender'.split(' ');

const NAMES_OF_ACCOUNT = FIELD_IDS.filter((id) => isOfAccount(id) && id !== 'description');
const ACCOUNT_NAMES = ['country_iso3', 'number_hash', ...NAMES_OF_ACCOUNT];

const EMPTY = "The field '{path}' is empty. Fill it in, or remove it.";
const NUMBER =
	"The field '{path}' is a number. Write it in quotation marks: a number loses zeros in front, and a long one its last digits.";
const NO_OBJECT = "The field '{path}' must be an object. Write it in { and }.";
const NOT_NAMED =
	"The request body has '{path}', which the 'type' or 'system_type' beside it does not name. Remove one or correct the other: with two accounts or amounts in one payout, nobody could tell which one is paid.";

/**
 * Reads a request body, with the names of API v1, back into columns. What is left over holds no name
 * of an order in a second place or another spelling. Each object in the payment method is the one
 * that the `type` or `system_type` beside it names; `isOtherMethod` where its fields are not known.
 */
export function readColumns(body: JsonObject, report: ReportAt) {
	const columns: BodyColumns = {};
	let isOtherMethod = false;
	/** `isPart`: whether it is an object of the order, and not one that is left over. */
	const visit = (parent: object, path: JsonPath, isPart: boolean) => {
		for (const [name, value] of Object.entries(parent) as Array<[string, unknown]>) {
			const inner = [...path, name];
			const place = isPart && !name.includes('.') ? PLACES.get(inner.join('.')) : undefined;
			if (place === 'object' && !isObject(value)) {
				report(inner, NO_OBJECT);
			} else if (place !== undefined && place !== 'object' && place !== 'value') {
				columns[place] = value;
				if (isEmpty(value)) report(inner, EMPTY);
			} else {
				if (place === undefined) report(inner, findNameProblem(name, value, path, isPart));
				if (typeof value === 'number' && isTextOnly(inner)) report(inner, NUMBER);
				if (typeof value !== 'object' || value === null) continue;
				const isOfMethod = path[0] === 'payment_method';
				// The fields of an amount, and of a known account or card, are no objects.
				const hasValues = isOfMethod ? isPart && path.length > 2 : path[0] === 'amount_details';
				const type = path.at(-1) === 'bank_account' ? 'system_type' : 'type';
				const isNamed = isObject(value) && (parent as JsonObject)[type] === name;
				if (isOfMethod && !hasValues && place === undefined) isOtherMethod = true;
				if (hasValues || (isOfMethod && !isNamed)) report(inner, NOT_NAMED);
				visit(value, inner, place === 'object');
			}
		}
	};
	visit(body, [], true);
	return { columns, isOtherMethod };
}

/** What is wrong with a name that is none of the order's in this place, if a lenient server could read it. */
function findNameProblem(name: string, value: unknown, path: JsonPath, isPart: boolean) {
	const prefix = path.map((part) => `${part}.`).join('');
	const siblings = [...PLACES.keys()]
		.filter((key) => isPart && key.startsWith(prefix))
		.map((key) => key.slice(prefix.length));
	const meant = [...siblings, ...(isObject(value) ? OBJECT_NAMES : ACCOUNT_NAMES)].find(
		(other) => simplifyHeader(other) === simplifyHeader(name),
	);
	if (meant === undefined) return undefined;
	return `The request body has '{path}', which could be taken for '${meant}' of the payout. Write that as in the API reference and in its own place, or give this another name.`;
}
