import type { FieldRules } from '../fields/checkField';
import type { FieldId } from '../fields/fields';
import type { AccountRules } from './accounts';

/** What Smart Glocal requires for payouts to one country in one currency. */
export interface Corridor extends FieldRules, AccountRules {
	readonly name: string;
	readonly method?: 'card';
	readonly required: readonly FieldId[];
	/** Needed only when every condition is met. */
	readonly requiredWhen?: ReadonlyArray<
		Readonly<{ senderCountry?: string; amountCurrency?: string; fields: readonly FieldId[] }>
	>;
	readonly optional?: readonly FieldId[];
	readonly fixed?: Readonly<Partial<Record<FieldId, string>>>;
	readonly amountCurrency?: string;
	/** The page has no fields for the recipient's country and currency, so they are not sent. */
	readonly omitsCountry?: true;
	/** The page of the API reference is cut off, so Smart Glocal may ask for more fields. */
	readonly incomplete?: true;
	readonly source: string;
}

/** A text of the names of fields, apart by spaces; the compiler knows no other names. */
type Names<Text extends string> = Text extends `${infer First} ${infer Rest}`
	? First | Names<Rest>
	: Text;
type FieldNames<Text extends string> = Names<Text> extends FieldId ? Text : never;

function fields<Text extends string>(names: FieldNames<Text>): FieldId[] {
	return names.split(' ') as FieldId[];
}

/** Needed on every page about payouts to bank accounts. */
const PURPOSE_AND_RECIPIENT = fields(
	'description recipient_first_name recipient_last_name recipient_bank_name',
);

/** Needed on almost every page about payouts to bank accounts (/docs/payouts, corridor pages). */
export const COMMON_BANK_ACCOUNT_FIELDS = [
	...PURPOSE_AND_RECIPIENT,
	...fields('sender_company_name sender_registration_number sender_country_iso3 sender_code'),
];

function common<Text extends string>(others: FieldNames<Text>): FieldId[] {
	return [...COMMON_BANK_ACCOUNT_FIELDS, ...fields<Text>(others)];
}

/** A card is paid by its number, or by the hash that the tokenization widget makes of it. */
export const CARD_ALTERNATIVES = [['card_number'], ['card_number_hash']] as const;
const MAX_ADDRESS_LINES = { recipient_address_line: 256, sender_address_line: 256 } as const;

/** Makes a row of the table, from the name in the form and the page of the API reference. */
function corridor(name: string, page: string, rules: Omit<Corridor, 'name' | 'source'>): Corridor {
	return { name, source: page, ...rules };
}

/** Add a row to add a country. Its key, as in `GBR-GBP`, is what users write into `destination`. */
export const CORRIDORS = {
	'AUS-AUD': corridor('Australia (AUD)', '/docs/payouts/payout-australia', {
		required: common(
			'bank_account_number bsb_number recipient_address_line recipient_city recipient_postal_code recipient_state sender_address_line',
		),
		maxLength: {
			...MAX_ADDRESS_LINES,
			recipient_first_name: 64,
			recipient_last_name: 80,
			recipient_city: 64,
			recipient_postal_code: 64,
			recipient_state: 64,
		},
		incomplete: true,
	}),
	'BEL-EUR': corridor(
		'Belgium (EUR)',
		'/docs/reference/methods/session-init-payout (request example)',
		{ required: common('iban'), incomplete: true },
	),
	'BRA-BRL': corridor('Brazil (BRL)', '/docs/payouts/payout-brazil', {
		required: common('bank_account_number branch_number account_type recipient_id_number'),
		choices: { account_type: ['CHECKING', 'SAVINGS', 'DEPOSIT', 'OTHERS'] },
		checks: { recipient_id_number: 'cpf' },
	}),
	'CAN-CAD': corridor('Canada (CAD)', '/docs/payouts/payout-canada', {
		required: common('routing_code account_number'),
		checks: { routing_code: 'canadianRoutingNumber' },
	}),
	'CHN-CNY': corridor('China, card (CNY)', '/docs/payouts/payout-china', {
		method: 'card',
		required: fields(
			'recipient_full_name recipient_bank_name recipient_city recipient_postal_code recipient_state recipient_email recipient_msisdn',
		),
		requiredWhen: [
			{
				amountCurrency: 'USD',
				fields: fields(
					'recipient_first_name recipient_last_name recipient_address_line recipient_swift_bic_code',
				),
			},
		],
		alternatives: CARD_ALTERNATIVES,
		maxLength: { recipient_address_line: 256 },
		incomplete: true,
	}),
	'CZE-CZK': corridor('Czechia (CZK)', '/docs/payouts/payout-czechia', {
		required: COMMON_BANK_ACCOUNT_FIELDS,
		alternatives: [['iban'], ['iban', 'swift_bic_code'], ['bank_account_number', 'branch_number']],
	}),
	'GBR-GBP': corridor('United Kingdom (GBP)', '/docs/payouts/payout-united-kingdom', {
		required: common('recipient_address_line recipient_city recipient_postal_code'),
		alternatives: [
			['sort_code', 'account_number'],
			['iban', 'swift_bic_code'],
		],
		optional: ['recipient_state'],
		fixed: { account_type: 'CHECKING' },
		incomplete: true,
	}),
	'HKG-HKD': corridor('Hong Kong (HKD)', '/docs/payouts/payout-hong-kong', {
		required: common('bank_account_number recipient_address_line'),
		optional: ['recipient_msisdn', 'recipient_email'],
	}),
	'HUN-EUR': corridor('Hungary (EUR)', '/docs/payouts/payout-hungary', {
		required: common('iban recipient_address_line recipient_city sender_address_line sender_city'),
	}),
	'IDN-IDR': corridor('Indonesia (IDR)', '/docs/payouts/payout-indonesia', {
		required: common('bank_account_number sender_address_line'),
		maxLength: { sender_address_line: 256 },
	}),
	'ISR-ILS': corridor('Israel (ILS)', '/docs/payouts/payout-israel', {
		required: COMMON_BANK_ACCOUNT_FIELDS,
		alternatives: [['iban'], ['bank_account_number', 'branch_number']],
	}),
	'KEN-KES': corridor('Kenya (KES)', '/docs/payouts/payout-kenya', {
		required: common('bank_account_number'),
	}),
	'KOR-KRW': corridor('South Korea (KRW)', '/docs/payouts/payout-korea', {
		required: common('bank_account_number'),
	}),
	'PHL-PHP': corridor('Philippines (PHP)', '/docs/payouts/payout-philippines', {
		required: [...PURPOSE_AND_RECIPIENT, 'bank_account_number', 'sender_code'],
	}),
	'RUS-RUB': corridor('Russia, card (RUB)', '/docs/payouts/bank-card-russia', {
		method: 'card',
		required: ['recipient_full_name'],
		alternatives: CARD_ALTERNATIVES,
		amountCurrency: 'RUB',
		omitsCountry: true,
	}),
	'THA-THB': corridor('Thailand (THB)', '/docs/payouts/payout-thailand', {
		required: common('bank_account_number sender_address_line'),
		maxLength: { sender_address_line: 256 },
	}),
	'TUR-TRY': corridor('Turkey (TRY)', '/docs/payouts/payout-turkey', {
		required: common('iban'),
	}),
	'USA-USD': corridor('United States (USD)', '/docs/payouts/payout-USA', {
		required: common(
			'bank_account_number account_type routing_code recipient_address_line recipient_city recipient_postal_code recipient_state sender_address_line sender_city',
		),
		requiredWhen: [{ senderCountry: 'CAN', fields: ['sender_postal_code', 'sender_state'] }],
		choices: { account_type: ['CHECKING', 'SAVINGS'] },
		checks: { routing_code: 'abaRoutingNumber' },
		maxLength: { ...MAX_ADDRESS_LINES, sender_registration_number: 64 },
	}),
	'VNM-VND': corridor('Vietnam (VND)', '/docs/payouts/payout-vietnam', {
		required: common('bank_account_number'),
	}),
};

/** A corridor's value in the form and in the column `destination`, as in `GBR-GBP`. */
export type CorridorId = keyof typeof CORRIDORS;
export const CORRIDOR_IDS = Object.keys(CORRIDORS) as CorridorId[];
