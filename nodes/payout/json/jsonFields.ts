import {
	checkAccount,
	describeAccounts,
	namesAnAccount,
	namesTwoAccounts,
} from '../destinations/accounts';
import { toUpperAscii } from '../text/characters';
import { checkField } from '../fields/checkField';
import { PAYOUT_FIELDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { KNOWN_PLACES } from './jsonNames';
import type { Place, ReportAt } from './jsonNames';
import { asObject, isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import type { JsonPath } from './readJson';
import {
	acceptsField,
	CARD_DESTINATION,
	findRequirements,
	OTHER_DESTINATION,
} from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import { showValue } from '../text/shownValue';
import { describeType } from '../text/readText';

/** What is checked, and where what is found goes. */
interface Check {
	/** Undefined where nothing is known about the way of paying. */
	requirements: Requirements | undefined;
	/** The fields that the body has. */
	found: Set<FieldId>;
	report: ReportAt;
}

/** The parts in which a number is never right: it would lose the zeros in front. */
export const PARTS_OF_TEXT = ['payment_method', 'payout_details', 'participant_details'];

/**
 * Checks the account and the participants of a body like the fields of the form, by the rules of its
 * corridor. Nothing is required but an account in an object for one, and nothing is changed: a value
 * must be there in the form that the API expects.
 *
 * @param currency of the amount, in upper case; empty when it is not known
 */
export function checkJsonFields(body: JsonObject, currency: string, report: ReportAt) {
	const requirements = findBodyRequirements(body);
	const check: Check = { requirements, found: new Set(), report };
	for (const part of PARTS_OF_TEXT) {
		visitValue(body[part], KNOWN_PLACES.get(part), [part], check);
	}
	const { amountCurrency } = requirements ?? {};
	const isNamed = (id: FieldId) => check.found.has(id);
	const accountProblem = findAccountProblem(isNamed, body, requirements);
	if (accountProblem !== undefined) report(['payment_method'], () => accountProblem);
	if (amountCurrency !== undefined && currency !== '' && currency !== amountCurrency) {
		report(
			['amount_details', 'currency'],
			(name) =>
				`The currency is ${currency}, but payouts to this destination must be in ${amountCurrency}. Correct '${name}'.`,
		);
	}
}

function findAccountProblem(
	has: (id: FieldId) => boolean,
	body: JsonObject,
	requirements: Requirements | undefined,
): string | undefined {
	const choice = describeAccounts(requirements ?? {});
	if (namesTwoAccounts(has, requirements?.alternatives)) {
		return `The request body names the recipient's account twice. Keep exactly one of: ${choice}.`;
	}
	const { bank_account } = asObject(body.payment_method ?? body.payout_details);
	// Of another system's accounts, nothing is known.
	if (!isObject(asObject(bank_account).global)) return undefined;
	if (!namesAnAccount(has)) {
		return `The request body does not say which account is paid. Fill in ${choice}.`;
	}
	return requirements?.bankCodes && checkAccount(has, requirements)?.message;
}

/** By the recipient's country and currency, where that corridor is paid in the body's way. */
export function findBodyRequirements(body: JsonObject): Requirements | undefined {
	const { type } = asObject(body.payment_method ?? body.payout_details);
	const { country_iso3, currency } = asObject(asObject(body.participant_details).recipient);
	const corridor = findRequirements(`${toCode(country_iso3)}-${toCode(currency)}`);
	if (corridor && (type === undefined || type === (corridor.method ?? 'bank_account'))) {
		return corridor;
	}
	if (type === 'card') return findRequirements(CARD_DESTINATION);
	return type === 'bank_account' ? findRequirements(OTHER_DESTINATION) : undefined;
}

function toCode(value: unknown): string {
	return typeof value === 'string' ? toUpperAscii(value) : '';
}

function visitValue(value: unknown, place: Place | undefined, path: JsonPath, check: Check) {
	if (value === undefined) return;
	// A wrong value is there, too.
	if (typeof place === 'string' && place !== 'value') check.found.add(place);
	if (typeof value === 'number') {
		check.report(
			path,
			(name) =>
				`The field '${name}' is a number. Write it in quotation marks: a number loses zeros in front, and a long one its last digits.`,
		);
	} else if (typeof place === 'string') {
		const problem = checkValue(value, place, path.join('.'), check);
		if (problem !== undefined) check.report(path, () => problem);
	} else if (place && !isObject(value)) {
		check.report(
			path,
			(name) =>
				`The field '${name}' must be an object, but it is ${describeType(value)}. Write it in { and }.`,
		);
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, part] of Object.entries(value)) {
			visitValue(part, place?.get(name), [...path, name], check);
		}
	}
}

/** Checks the value in the place of a field, or of another text; undefined when it is right. */
function checkValue(
	value: unknown,
	place: FieldId | 'value',
	name: string,
	{ requirements }: Check,
): string | undefined {
	if (typeof value !== 'string') {
		return `The field '${name}' must be text in quotation marks, but it is ${describeType(value)}.`;
	}
	if (value === '') return `The field '${name}' is empty. Fill it in, or remove it.`;
	if (place === 'value') return undefined;
	if (requirements && !acceptsField(requirements, place)) {
		return `The field '${name}' cannot be used for this destination. Remove it, or correct the recipient's country and currency.`;
	}
	const checked = checkField(place, value, requirements);
	if ('problem' in checked) return checked.problem;
	const fixed = requirements?.fixed[place] ?? checked.value;
	if (checked.value !== fixed) {
		return `The field '${name}' is '${checked.value}', but this destination requires '${fixed}'. Correct it, or the recipient's country and currency.`;
	}
	// The API reads currencies in any case (API reference, section 5).
	const { check } = PAYOUT_FIELDS[place];
	const written = check === 'currency' ? toUpperAscii(value) : value;
	if (checked.value === written) return undefined;
	const form = check === 'cardNumber' ? 'with digits only' : `as '${showValue(checked.value)}'`;
	return `The field '${name}' must be written ${form}. It is sent as it is, so spaces, dashes, case and characters that cannot be seen count.`;
}
