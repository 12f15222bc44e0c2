import { FIELD_IDS, PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { simplifyHeader } from '../headers/matchColumns';
import { isEmpty } from '../text/characters';
import { describeType } from '../text/readText';
import { isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import type { JsonPath } from './readJson';

/** Records what is wrong with a request body, if anything; `{path}` in the message becomes the path. */
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
const PLACES = new Map<string, BodyColumn | 'object' | 'value'>([
	['customer', 'value'],
	['metadata', 'value'],
	['session_id', 'value'],
	['payment_method.type', 'value'],
	['payment_method.bank_account.system_type', 'value'],
	['payment_method.card.type', 'value'],
]);
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

/** The objects of an order, each of which has one place. */
const OBJECT_NAMES = new Set(
	'payment_method payout_details amount_details participant_details recipient sender'.split(' '),
);

/** Names of values that say which account or country is paid. */
const ACCOUNT_NAMES = new Set<string>([
	'country_iso3',
	'number_hash',
	...FIELD_IDS.filter(
		(id) => id !== 'description' && PAYOUT_FIELDS[id].path.startsWith('payment_method.'),
	),
]);

/**
 * Reads a request body, with the names of API v1, back into columns. What is left over holds no name
 * of an order in a second place or another spelling. Each object in the payment method is the one
 * that the `type` or `system_type` beside it names; `isOtherMethod` where its fields are not known.
 */
export function readColumns(body: JsonObject, report: ReportAt) {
	const columns: BodyColumns = {};
	let isOtherMethod = false;
	/** `prefix` is the path of an object of the order, with a dot; undefined in any other. */
	const visit = (parent: JsonObject | unknown[], prefix: string | undefined, path: JsonPath) => {
		for (const [name, value] of Object.entries(parent) as Array<[string, unknown]>) {
			const inner = [...path, name];
			const key = prefix === undefined || name.includes('.') ? '' : prefix + name;
			const place = PLACES.get(key);
			if (place === undefined) report(inner, findNameProblem(name, value, prefix));
			let problem: string | undefined;
			let content: object | undefined;
			if (place === 'object' && !isObject(value)) {
				problem = `The field '{path}' must be an object, but it is ${describeType(value)}. Write it in { and }.`;
			} else if (place !== undefined && place !== 'object' && place !== 'value') {
				columns[place] = value;
				if (isEmpty(value)) problem = "The field '{path}' is empty. Fill it in, or remove it.";
			} else if (typeof value === 'number' && isTextOnly(inner)) {
				problem =
					"The field '{path}' is a number. Write it in quotation marks: a number loses zeros in front, and a long one its last digits.";
			} else if (typeof value === 'object' && value !== null) {
				content = value;
				if (path[0] === 'amount_details') {
					problem = "The request body has '{path}', but an amount holds no objects. Remove it.";
				} else if (path[0] === 'payment_method') {
					const type = path.at(-1) === 'bank_account' ? 'system_type' : 'type';
					// The fields of a known account or card are no objects.
					const isInAccount = prefix !== undefined && path.length > 2;
					if (place === undefined && !isInAccount) isOtherMethod = true;
					if (isInAccount || !isObject(value) || (parent as JsonObject)[type] !== name) {
						problem = `The request body has '{path}', which the field '${type}' beside it does not name. Remove one or correct the other: with two accounts in one payout, nobody could tell which one is paid.`;
						content = undefined;
					}
				}
			}
			report(inner, problem);
			if (content) visit(content as JsonObject, place === 'object' ? `${key}.` : undefined, inner);
		}
	};
	visit(body, '', []);
	return { columns, isOtherMethod };
}

/** What is wrong with a name that is none of the order's in this place. */
function findNameProblem(name: string, value: unknown, prefix?: string): string | undefined {
	// As a lenient server could read it.
	const isAlike = (other: string) => simplifyHeader(other) === simplifyHeader(name);
	const places = prefix === undefined ? [] : [...PLACES.keys()];
	const near = places.map((key) => (key.startsWith(prefix ?? '') ? key.slice(prefix?.length) : ''));
	const meant = near.find(isAlike);
	if (meant) {
		return `The request body has the name '{path}', which could be taken for '${meant}'. Write '${meant}', or remove it.`;
	}
	const elsewhere = [...(isObject(value) ? OBJECT_NAMES : ACCOUNT_NAMES)].find(isAlike);
	if (elsewhere === undefined) return undefined;
	return `The request body has '{path}', but '${elsewhere}' belongs elsewhere in a payout. Remove it there, or give it another name.`;
}
