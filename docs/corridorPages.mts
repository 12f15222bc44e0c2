import { describeAccounts } from '../nodes/payout/destinations/accounts';
import { ROW_COLUMNS } from '../nodes/payout/headers/matchColumns';
import type { Corridor } from '../nodes/payout/destinations/corridors';
import { CORRIDORS } from '../nodes/payout/destinations/corridors';
import { FIELD_IDS, PAYOUT_FIELDS } from '../nodes/payout/fields/fields';
import type { CheckName } from '../nodes/payout/fields/checkField';
import type { FieldId, PayoutField } from '../nodes/payout/fields/fields';
import { findRequirements, OTHER_DESTINATION } from '../nodes/payout/destinations/requirements';

/** The corridors in alphabetical order of their names. */
const corridors = Object.entries<Corridor>(CORRIDORS).sort(([, a], [, b]) =>
	a.name.localeCompare(b.name),
);

const code = (id: string) => `\`${id}\``;

/** The columns of a corridor besides those of every payout, in the order of the table of fields. */
function ownColumns(id: string): FieldId[] {
	const { required = [], optional = [] } = findRequirements(id) ?? {};
	return FIELD_IDS.filter((field) => required.includes(field) || optional.includes(field));
}

/** A CSV template for each corridor, by file name: the header line and nothing else. */
export function templates(): Map<string, string> {
	return new Map(
		corridors.map(([id]) => {
			const columns = [...ROW_COLUMNS, ...ownColumns(id)];
			return [`${id}.csv`, `${columns.join(',')}\n`];
		}),
	);
}

const CHECK_TEXTS: Partial<Record<CheckName, string>> = {
	abaRoutingNumber: 'nine digits with a check digit',
	bic: '8 or 11 characters',
	bsb: 'six digits, as in 06-2-000; sent as you write it',
	canadianRoutingNumber: 'nine digits: 0, institution (3), transit number (5)',
	cardNumber: '12 to 19 digits with a check digit',
	country: 'three letters, as in USA',
	cpf: 'eleven digits',
	iban: 'checked for length and check digits',
	name: 'not digits only',
	sortCode: 'six digits, as in 12-34-56',
};

function describeCheck(id: FieldId, corridor: Corridor): string {
	const choices = corridor.choices?.[id];
	const field: PayoutField = PAYOUT_FIELDS[id];
	const maxLength = corridor.maxLength?.[id] ?? field.maxLength;
	return [
		choices?.join(' or '),
		CHECK_TEXTS[corridor.checks?.[id] ?? field.check],
		maxLength ? `at most ${maxLength} characters` : undefined,
	]
		.filter(Boolean)
		.join('; ');
}

function describeNeed(id: FieldId, corridor: Corridor): string {
	if (corridor.required.includes(id)) return 'yes';
	if (corridor.alternatives?.flat().includes(id)) return 'see below';
	const condition = corridor.requiredWhen?.find(({ fields }) => fields.includes(id));
	if (condition?.senderCountry) return `for senders from ${condition.senderCountry}`;
	if (condition?.amountCurrency) return `for amounts in ${condition.amountCurrency}`;
	return 'no';
}

function describeCorridor(id: string, corridor: Corridor): string[] {
	const rows = ownColumns(id).map((field) => {
		const row = [
			code(field),
			PAYOUT_FIELDS[field].label,
			describeNeed(field, corridor),
			describeCheck(field, corridor),
		];
		return `| ${row.join(' | ')} |`;
	});
	const { alternatives } = corridor;
	return [
		`## ${corridor.name}`,
		'',
		`Destination ${code(id)}. Template: [${id}.csv](../examples/templates/${id}.csv). Source: ${corridor.source}.`,
		'',
		...(corridor.incomplete
			? [
					'Smart Glocal’s public page is not complete: it may ask for more. All other fields can be added.',
					'',
				]
			: []),
		...(corridor.amountCurrency ? [`The amount must be in ${corridor.amountCurrency}.`, ''] : []),
		'| Column | In the form | Needed | Check |',
		'| --- | --- | --- | --- |',
		...rows,
		'',
		...(alternatives
			? [`Of the account, fill exactly one: ${describeAccounts({ alternatives }, code)}.`, '']
			: []),
	];
}

/** The page `docs/corridors.md`. */
export function corridorsPage(): string {
	const { required: neededEverywhere = [], ...other } = findRequirements(OTHER_DESTINATION) ?? {};
	return [
		'# Which columns a sheet needs',
		'',
		'This page is made from the table that the node itself uses (`npm run docs`).',
		'',
		'Every payout needs `reference` (your own, never used twice) and `amount`. Two more columns are',
		'optional: `currency` (of the amount; else the node’s setting counts) and `destination` (when the',
		'node’s **Destination** is **Taken From Each Row**). Instead of the sender’s columns, the company can be',
		'named once in the credential. Format account numbers and codes as text in the spreadsheet.',
		'',
		'| Country | Destination | Page |',
		'| --- | --- | --- |',
		...corridors.map(
			([id, { name, incomplete }]) =>
				`| [${name}](#${name.toLowerCase().replace(/[(),]/g, '').replace(/ /g, '-')}) | ${code(id)} | ${incomplete ? 'cut' : 'complete'} |`,
		),
		'| Any other bank account | `OTHER` | |',
		'| Any bank card | `CARD` | complete |',
		'',
		...corridors.flatMap(([id, corridor]) => describeCorridor(id, corridor)),
		'## Any other bank account',
		'',
		`Destination \`OTHER\`. Needed: ${neededEverywhere.map(code).join(', ')}, and of the account: ${describeAccounts(other, code)}. All other columns can be added; Smart Glocal decides what else it needs.`,
		'',
		'## Any bank card',
		'',
		'Destination `CARD`. Needed: `recipient_full_name`, and exactly one of `card_number` and `card_number_hash`.',
		'A plain card number is card data: whoever handles it must follow PCI DSS.',
		'',
	].join('\n');
}
