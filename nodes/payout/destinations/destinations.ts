import { describeAccounts } from './accounts';
import { CORRIDOR_IDS, CORRIDORS } from './corridors';
import { CARD_DESTINATION, OTHER_DESTINATION, REQUIREMENTS, ROW_DESTINATION } from './requirements';
import type { Requirements } from './requirements';

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

/** Lists the corridors and general destinations with certain requirements, as the form calls them. */
export function listDestinations(isWanted: (requirements: Requirements) => boolean): string[] {
	return [...REQUIREMENTS].filter(([, each]) => isWanted(each)).map(([destination]) => destination);
}

/** The choice of accounts in words, for each destination that has one. */
export const ACCOUNT_CHOICES: ReadonlyArray<{ destination: string; choice: string }> = [
	...REQUIREMENTS,
].flatMap(([destination, rules]) =>
	rules.alternatives || rules.bankCodes ? [{ destination, choice: describeAccounts(rules) }] : [],
);
