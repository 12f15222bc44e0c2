import { describeAccounts } from './accounts';
import { CORRIDOR_IDS, CORRIDORS } from './corridors';
import {
	CARD_DESTINATION,
	findRequirements,
	OTHER_DESTINATION,
	REQUIREMENTS,
	ROW_DESTINATION,
} from './requirements';

/** The destinations of the form: the countries in alphabetical order, then the general ones. */
export const DESTINATIONS = [
	...CORRIDOR_IDS.map((value): { name: string; value: string; description?: string } => ({
		name: CORRIDORS[value].name,
		value,
	})).sort((a, b) => a.name.localeCompare(b.name)),
	{
		name: 'Any Other Bank Account',
		value: OTHER_DESTINATION,
		description:
			'For every country that is not listed: offers all fields, requires those that every country needs',
	},
	{
		name: 'Bank Card',
		value: CARD_DESTINATION,
		description: 'Any card, by its number or by the hash that the tokenization widget returns',
	},
	{
		name: 'Taken From Each Row',
		value: ROW_DESTINATION,
		description: 'The column "destination" of each row says where it is paid to, as in GBR-GBP',
	},
];

/** What a row's own column `destination` can hold. */
export const ROW_DESTINATIONS = DESTINATIONS.filter(({ value }) => value !== ROW_DESTINATION);

/** The destinations whose payouts name the recipient's bank; rows that choose theirs may, too. */
export const BANK_NAME_DESTINATIONS: string[] = [
	...[...REQUIREMENTS]
		.filter(([, { required }]) => required.includes('recipient_bank_name'))
		.map(([destination]) => destination),
	ROW_DESTINATION,
];

/** The corridors whose page is incomplete: Smart Glocal may ask for more than the form requires. */
export const INCOMPLETE_DESTINATIONS: string[] = CORRIDOR_IDS.filter(
	(id) => findRequirements(id)?.incomplete,
);

/** The destinations that are paid to a card. */
export const CARD_DESTINATIONS: string[] = [...REQUIREMENTS]
	.filter(([, { method }]) => method === 'card')
	.map(([destination]) => destination);

/** The choice of accounts in words, for each destination that has one. */
export const ACCOUNT_CHOICES: ReadonlyArray<{ destination: string; choice: string }> = [
	...REQUIREMENTS,
].flatMap(([destination, rules]) =>
	rules.alternatives || rules.bankCodes ? [{ destination, choice: describeAccounts(rules) }] : [],
);
