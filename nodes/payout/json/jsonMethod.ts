import type { ReportAt } from './jsonNames';
import { isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import type { JsonPath } from './readJson';

/**
 * Checks that a request body names one account or card, by `payment_method` or `payout_details`.
 *
 * @param isRequired whether the body must have it
 * @returns false when what is wrong with it has been reported
 */
export function checkPaymentMethod(
	body: JsonObject,
	isRequired: boolean,
	report: ReportAt,
): boolean {
	const name = body.payment_method === undefined ? 'payout_details' : 'payment_method';
	const method = body[name];
	if (method === undefined && !isRequired) return true;
	const type = isObject(method) ? method.type : undefined;
	if (
		isObject(method) &&
		typeof type === 'string' &&
		Object.hasOwn(method, type) &&
		isObject(method[type])
	) {
		return checkChoice(method, [name], report);
	}
	report(
		['payment_method'],
		(shown) =>
			`The request body needs an object '${shown}' with a 'type', such as "bank_account", and an object of that name.`,
	);
	return false;
}

/** Each object in a payment method is the one that the text `type` or `system_type` beside it names. */
function checkChoice(container: JsonObject, path: JsonPath, report: ReportAt): boolean {
	const key = path.at(-1) === 'bank_account' ? 'system_type' : 'type';
	return Object.entries(container).every(([name, value]) => {
		if (typeof value !== 'object' || value === null) return true;
		const inner = [...path, name];
		if (name === container[key] && isObject(value)) return checkChoice(value, inner, report);
		report(
			inner,
			(shown) =>
				`The request body has '${shown}', which the field '${key}' beside it does not name. Remove one or correct the other: with two accounts in one payout, nobody could tell which one is paid.`,
		);
		return false;
	});
}
