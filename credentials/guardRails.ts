import type { INodeProperties } from 'n8n-workflow';
import { isCountry, isCurrency } from '../nodes/payout/formats/isoCodes';
import { simplifyHeader } from '../nodes/payout/headers/matchColumns';
import { asObject, asText, isObject, parseJson } from '../nodes/payout/json/jsonObject';
import type { JsonObject } from '../nodes/payout/json/jsonObject';
import { readJson } from '../nodes/payout/json/readJson';
import { showMoney, toMinorUnits } from '../nodes/payout/money/amount';
import { cleanText, foldIdentifier, toUpperAscii } from '../nodes/payout/text/characters';
import { showValue } from '../nodes/payout/text/shownValue';

/** Stands for a card of a payout that names no country. */
const CARD = 'CARD';
/** Reads an entry in upper case: what may be paid, and up to how much in minor units. */
type ReadEntry = (entry: string) => [name: string, limit: number] | undefined;

const readLimit: ReadEntry = (entry) => {
	const [, code = '', amount = '', unit] = /^(\w{3}) *(\d[\d.]*)( +MINOR)?$/.exec(entry) ?? [];
	const read = toMinorUnits(amount, unit ? 'minor' : 'major', code);
	return isCurrency(code) && 'minor' in read ? [code, read.minor] : undefined;
};
const readCurrency: ReadEntry = (entry) => (isCurrency(entry) ? [entry, Infinity] : undefined);
const readDestination: ReadEntry = (entry) => {
	const isPlace = entry.split('-').every((code, at) => [isCountry, isCurrency][at]?.(code));
	return isPlace || entry === CARD ? [entry, Infinity] : undefined;
};

/** What each field is called, an example of it, what it allows, and how its entries are read. */
const FIELDS = {
	maxAmount: ['Max Amount', 'EUR 5000, GBP 4000', 'at most {} for one payout', readLimit],
	maxTotal: ['Max Total', 'EUR 20000, GBP 16000', 'at most {} in one run', readLimit],
	destinations: ['Destinations', 'GBR-GBP, TUR, CARD', 'payouts to {} only', readDestination],
	currencies: ['Currencies', 'EUR, GBP', 'payouts in {} only', readCurrency],
} as const;

type FieldName = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as FieldName[];

const DESCRIPTIONS = {
	maxAmount:
		'The most that one payout may be, for each currency that may be paid. Currencies without two decimals are in minor units, as in KRW 500000 minor.',
	maxTotal:
		'The most that one run of a node may pay, written in the same way. Each run in a loop counts alone.',
	destinations:
		'Countries that may be paid to, in one currency or in any. CARD allows cards of any country, as for the destinations Bank Card and Russia.',
	currencies: 'The only currencies in which payouts may be',
};

/** Repeats what was typed in the form: n8n evaluates expressions before we see them (n8n 1.88). */
const TYPED = '={{ JSON.stringify($self.guardRails) }}';

export const GUARD_RAIL_FORM: INodeProperties[] = [
	...NAMES.map((name) => {
		const [displayName, example] = FIELDS[name];
		const texts = { displayName, placeholder: `e.g. ${example}`, description: DESCRIPTIONS[name] };
		return { ...texts, name, type: 'string' as const, noDataExpression: true, default: '' };
	}),
	{ displayName: 'Typed', name: 'typed', type: 'hidden', default: TYPED },
];

/** What a credential allows, with limits in minor units; a field that is not there allows everything. */
export type GuardRails = Partial<Record<FieldName, ReadonlyMap<string, number>>>;

/** Reads the guard rails of a credential. Throws a sentence when one is unreadable, or an expression. */
export function readGuardRails({ guardRails }: Readonly<JsonObject>): GuardRails {
	const evaluated = asObject(asObject(guardRails).limits);
	const typed = asObject(asObject(parseJson(asText(evaluated.typed))).limits);
	const rails: GuardRails = {};
	for (const name of NAMES) {
		const [label, example, , read] = FIELDS[name];
		const text = String(evaluated[name] ?? '').trim();
		const isTyped = text === String(typed[name] ?? '').trim();
		if (text === '' && isTyped) continue;
		const entries = text
			.split(/[,;\n]/)
			.map((entry) => read(toUpperAscii(foldIdentifier(cleanText(entry)))));
		const allowed = new Map(entries.flatMap((entry) => (entry ? [entry] : [])));
		const problem = `${isTyped ? 'cannot be read' : 'is an expression'}: '${showValue(text)}'`;
		const sentence = `The guard rail '${label}' of the credential ${problem}. Write it as plain text, as in ${example}: codes of three letters, and amounts without thousands separators.`;
		if (!isTyped || allowed.size < entries.length) throw new Error(sentence);
		rails[name] = allowed;
	}
	return rails;
}

/** Says that something is beyond a guard rail, as in "this payout is EUR 10.00". */
export function describeBeyond(name: FieldName, rails: GuardRails, found: string, also = '') {
	const [label, , allows] = FIELDS[name];
	const show = ([key, limit]: [string, number]) =>
		limit === Infinity ? key : showMoney(limit, key);
	const allowed = allows.replace('{}', [...(rails[name] ?? [])].map(show).join(' or '));
	const advice = name === 'maxTotal' ? 'Pay fewer rows in one run' : 'Correct the payout';
	return `The credential allows ${allowed} ('${label}'${also}), but ${found}. ${advice}, or ask whoever keeps the credential.`;
}

/** The methods that are signed (API reference, section 4): those without a payout, and the others. */
const WITHOUT_PAYOUT =
	/^\/api\/v[12]\/(?:wallet\/balance|token(?:\/info)?|session\/(?:status|confirm|cancel|capture))$/;
const WITH_PAYOUT = /^\/api\/v[12]\/session\/(?:init\/payout|create|start\/payout)$/;
const RULES = { label: 'The body', notJson: 'No JSON.', wholeNumber: ['amount_details', 'amount'] };
const PARTS = ['payment_method', 'payout_details', 'amount_details', 'participant_details'];
const NESTED = new RegExp(`"(?:${PARTS.join('|')})":`);
const ALIKE = /^(?:amount|currency|participant|payment|payout|recipient)/;

/**
 * Checks a request by its path behind the base URL, and by its text; a sentence when it must not be sent.
 * An order must hold what the guard rails are about; any other request may leave it to its session.
 */
export function findBeyond(rails: GuardRails, path: string, body: string): string | undefined {
	if (Object.keys(rails).length === 0 || WITHOUT_PAYOUT.test(path)) return undefined;
	if (!WITH_PAYOUT.test(path)) {
		return `The credential has guard rails, so it signs known methods for payouts only, and '${showValue(path)}' is none. Correct the URL, or use another credential.`;
	}
	const read = readJson(body, RULES);
	if ('problem' in read) return read.problem;
	const request = asObject(read.value);
	// A lenient server could take one for the other.
	const isAlike = ([name, value]: [string, unknown]) =>
		NESTED.test(JSON.stringify(value)) ||
		(!PARTS.includes(name) && ALIKE.test(simplifyHeader(name)));
	const [alike] = Object.entries(request).find(isAlike) ?? [];
	if (alike !== undefined) {
		return `The request body has in '${showValue(alike)}' what could be taken for another part of it. Write the names as in the API reference (${PARTS.join(', ')}), each once, or remove it.`;
	}
	const isOrder = path.endsWith('/init/payout');
	for (const [name, allowed] of Object.entries(rails) as Array<[FieldName, Map<string, number>]>) {
		const find = name === 'destinations' ? findDestination : findAmount;
		const found = find(request, isOrder);
		if (typeof found === 'string') return found;
		if (found?.keys.every((key) => found.amount > (allowed.get(key) ?? -1))) {
			const isListed = found.keys.some((key) => allowed.has(key)) || found.amount === 0;
			const also = isListed ? '' : `, and lists no ${found.keys.join(' or ')}`;
			return describeBeyond(name, rails, `this payout is ${found.shown}`, also);
		}
	}
	return undefined;
}

/** What a request holds, one of whose keys must be allowed; a sentence when that is not clear. */
type Found = { keys: string[]; amount: number; shown: string } | string | undefined;

function findAmount({ amount_details: details }: JsonObject, isNeeded: boolean): Found {
	if (details === undefined && !isNeeded) return undefined;
	const { amount, currency: code, ...others } = asObject(details);
	const currency = toUpperAscii(asText(code));
	const isClear = isCurrency(currency) && Object.keys(others).length === 0;
	if (isClear && typeof amount === 'number' && amount > 0) {
		return { keys: [currency], amount, shown: showMoney(amount, currency) };
	}
	return 'The credential limits amounts, so \'amount_details\' must hold a whole number of minor units above zero and a currency, and nothing else. Write it as in {"amount":10050,"currency":"eur"}.';
}

function findDestination(request: JsonObject, isNeeded: boolean): Found {
	const { payment_method, payout_details, participant_details = {} } = request;
	const { recipient = {}, ...strangers } = asObject(participant_details);
	const { country_iso3, currency, ...more } = asObject(recipient);
	const accounts = [payment_method, payout_details].filter((account) => account !== undefined);
	const isNamed = country_iso3 !== undefined || currency !== undefined;
	const isAlike = (name: string) => /^(?:recipient|country|currency)/.test(simplifyHeader(name));
	const isOnly = ![...Object.keys(strangers), ...Object.keys(more)].some(isAlike);
	const isReadable = isObject(participant_details) && isObject(recipient) && isOnly;
	if (isReadable && !isNamed && accounts.length === 0 && !isNeeded) return undefined;
	const { type, card, ...others } = asObject(accounts[0]);
	const isCard = type === 'card' && isObject(card) && Object.keys(others).length === 0;
	const country = toUpperAscii(asText(country_iso3));
	const suffix = currency === undefined ? '' : `-${toUpperAscii(asText(currency))}`;
	const destination = isNamed ? country + suffix : CARD;
	const isPlace = isCountry(country) && readDestination(destination) !== undefined;
	if (isReadable && accounts.length < 2 && (isNamed ? isPlace : isCard)) {
		return { keys: [destination, country], amount: 0, shown: `to ${destination}` };
	}
	return "The credential limits where payouts may go, so a body must name one account and say in which country: with the recipient's 'country_iso3' (three letters), once, and its 'currency'. Only a payout to a card may leave them out. Correct the body.";
}
