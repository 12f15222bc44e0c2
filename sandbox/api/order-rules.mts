import type { PayoutOrder } from '../ledger/session.mts';
import { type Version, versionNames } from '../versions.mts';
import { bankCorridors, cardCorridors, commonBankFields } from './corridors.mts';

type Fields = Readonly<Record<string, unknown>>;

const recipientPath = 'participant_details.recipient';
const senderPath = 'participant_details.sender';

function valueAt(fields: Fields, path: string): unknown {
	let value: unknown = fields;
	for (const segment of path.split('.')) {
		value = (value as Fields | null | undefined)?.[segment];
	}
	return value;
}

function isGiven(fields: Fields, path: string): boolean {
	const value = valueAt(fields, path);
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}

function missing(parent: string, fields: Fields, names: readonly string[]): string[] {
	return names
		.filter((name) => !isGiven(fields, name))
		.map((name) => `${parent}.${name} is required.`);
}

function accountMistakes(parent: string, account: Fields, lists: readonly (readonly string[])[]) {
	const [first = []] = lists;
	if (lists.length <= 1) return missing(parent, account, first);
	if (lists.some((list) => list.every((name) => isGiven(account, name)))) return [];
	const choices = lists.map((list) => list.join(' + ')).join(', or ');
	return [`${parent} is incomplete: ${choices} is required.`];
}

function bankMistakes(order: PayoutOrder, version: Version): string[] {
	const parent = `${versionNames[version].destination}.bank_account.global`;
	const account: Fields = order.destination.bank_account?.global ?? {};
	const recipient: Fields = order.participant_details?.recipient ?? {};
	const sender: Fields = order.participant_details?.sender ?? {};
	const corridor = bankCorridors[String(recipient.country_iso3)];
	const omitted = corridor?.senderMayOmit ?? [];
	const commonSender = commonBankFields.sender.filter((name) => !omitted.includes(name));
	const mistakes = [
		...missing(parent, account, commonBankFields.account),
		...accountMistakes(parent, account, corridor?.account ?? []),
		...missing(recipientPath, recipient, commonBankFields.recipient),
		...missing(recipientPath, recipient, corridor?.recipient ?? []),
		...missing(senderPath, sender, [...commonSender, ...(corridor?.sender ?? [])]),
	];
	for (const [name, format] of Object.entries(corridor?.formats ?? {})) {
		const inAccount = name in account;
		const value = valueAt(inAccount ? account : recipient, name);
		if (typeof value !== 'string' || format.pattern.test(value)) continue;
		mistakes.push(`${inAccount ? parent : recipientPath}.${name} must be ${format.says}.`);
	}
	return mistakes;
}

function cardMistakes(order: PayoutOrder): string[] {
	const recipient: Fields = order.participant_details?.recipient ?? {};
	const { currency } = order.amount_details;
	if (recipient.country_iso3 !== 'CHN') {
		const mistakes = missing(recipientPath, recipient, ['full_name']);
		const { orderCurrency } = cardCorridors.RUS;
		if (recipient.country_iso3 === 'RUS' && currency !== orderCurrency) {
			mistakes.push(`amount_details.currency must be ${orderCurrency} for cards in Russia.`);
		}
		return mistakes;
	}
	const china = cardCorridors.CHN;
	const forUsd = currency === 'usd' ? china.recipientForUsd : [];
	const mistakes = missing(recipientPath, recipient, [...china.recipient, ...forUsd]);
	const given = recipient.currency;
	if (typeof given === 'string' && given.toLowerCase() !== china.recipientCurrency) {
		mistakes.push(`${recipientPath}.currency must be ${china.recipientCurrency}.`);
	}
	return mistakes;
}

/**
 * Checks a complete payout order against the rules of its corridor (the pages under /docs/payouts).
 * The OpenAPI document has checked the types before.
 *
 * @param order the order
 * @param version the version of the request, for the names in the sentences
 * @returns one sentence per mistake, each naming the JSON path; empty when the order is fine
 */
export function orderMistakes(order: PayoutOrder, version: Version): string[] {
	return order.destination.type === 'card' ? cardMistakes(order) : bankMistakes(order, version);
}
