import type { PayoutOrder } from '../ledger/session.mts';
import { VERSION_NAMES } from '../versions.mts';
import type { Version } from '../versions.mts';
import { BANK_CORRIDORS, CARD_CORRIDORS, COMMON_BANK_FIELDS } from './corridors.mts';

type Fields = Readonly<Record<string, unknown>>;

const RECIPIENT_PATH = 'participant_details.recipient';
const SENDER_PATH = 'participant_details.sender';

function valueAt(fields: Fields, path: string): unknown {
	let value: unknown = fields;
	for (const segment of path.split('.')) {
		value = (value as Fields | null | undefined)?.[segment];
	}
	return value;
}

function isFilled(fields: Fields, path: string): boolean {
	const value = valueAt(fields, path);
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}

function missing(parent: string, fields: Fields, names: readonly string[]): string[] {
	return names
		.filter((name) => !isFilled(fields, name))
		.map((name) => `${parent}.${name} is required.`);
}

function accountErrors(parent: string, account: Fields, lists: readonly (readonly string[])[]) {
	const [first = []] = lists;
	if (lists.length <= 1) return missing(parent, account, first);
	if (lists.some((list) => list.every((name) => isFilled(account, name)))) return [];
	const choices = lists.map((list) => list.join(' + ')).join(', or ');
	return [`${parent} is incomplete: ${choices} is required.`];
}

function bankErrors(order: PayoutOrder, version: Version): string[] {
	const parent = `${VERSION_NAMES[version].destination}.bank_account.global`;
	const account: Fields = order.destination.bank_account?.global ?? {};
	const recipient: Fields = order.participant_details?.recipient ?? {};
	const sender: Fields = order.participant_details?.sender ?? {};
	const corridor = BANK_CORRIDORS[String(recipient.country_iso3)];
	const omitted = corridor?.senderMayOmit ?? [];
	const commonSender = COMMON_BANK_FIELDS.sender.filter((name) => !omitted.includes(name));
	const errors = [
		...missing(parent, account, COMMON_BANK_FIELDS.account),
		...accountErrors(parent, account, corridor?.account ?? []),
		...missing(RECIPIENT_PATH, recipient, COMMON_BANK_FIELDS.recipient),
		...missing(RECIPIENT_PATH, recipient, corridor?.recipient ?? []),
		...missing(SENDER_PATH, sender, [...commonSender, ...(corridor?.sender ?? [])]),
	];
	for (const [name, format] of Object.entries(corridor?.formats ?? {})) {
		const inAccount = name in account;
		const value = valueAt(inAccount ? account : recipient, name);
		if (typeof value !== 'string' || format.pattern.test(value)) continue;
		errors.push(`${inAccount ? parent : RECIPIENT_PATH}.${name} must be ${format.description}.`);
	}
	return errors;
}

function cardErrors(order: PayoutOrder): string[] {
	const recipient: Fields = order.participant_details?.recipient ?? {};
	const { currency } = order.amount_details;
	if (recipient.country_iso3 !== 'CHN') {
		const errors = missing(RECIPIENT_PATH, recipient, ['full_name']);
		const { orderCurrency } = CARD_CORRIDORS.RUS;
		if (recipient.country_iso3 === 'RUS' && currency !== orderCurrency) {
			errors.push(`amount_details.currency must be ${orderCurrency} for cards in Russia.`);
		}
		return errors;
	}
	const china = CARD_CORRIDORS.CHN;
	const forUsd = currency === 'usd' ? china.recipientForUsd : [];
	const errors = missing(RECIPIENT_PATH, recipient, [...china.recipient, ...forUsd]);
	const given = recipient.currency;
	if (typeof given === 'string' && given.toLowerCase() !== china.recipientCurrency) {
		errors.push(`${RECIPIENT_PATH}.currency must be ${china.recipientCurrency}.`);
	}
	return errors;
}

/**
 * Checks a complete order against the rules of its corridor (the pages under /docs/payouts). The
 * OpenAPI document has already checked the types.
 *
 * @param version whose names the sentences use
 * @returns one sentence for each validation error, naming the JSON path
 */
export function corridorErrors(order: PayoutOrder, version: Version): string[] {
	return order.destination.type === 'card' ? cardErrors(order) : bankErrors(order, version);
}
