import { BANK_CORRIDORS } from '../../sandbox/api/corridors.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

interface Order {
	payment_method: { bank_account: { global: Record<string, unknown> } };
	participant_details: {
		recipient: Record<string, unknown>;
		sender: Record<string, unknown>;
	};
}

const context = usePartnerSandbox();

const FORMATTED: Readonly<Record<string, Record<string, unknown>>> = {
	AUS: { bsb_number: '062-000' },
	CAN: { routing_code: '000312345' },
	GBR: { sort_code: '12-34-56' },
	USA: { routing_code: '021000021' },
};

function orderTo(country: string, accountList = 0): Order {
	const order = structuredClone(belgianPayout()) as unknown as Order;
	const corridor = BANK_CORRIDORS[country];
	const { recipient, sender } = order.participant_details;
	const account: Record<string, unknown> = { description: 'salary' };
	for (const name of corridor?.account[accountList] ?? []) {
		account[name] = name === 'account_type' ? 'CHECKING' : '12345678';
	}
	for (const [name, value] of Object.entries(FORMATTED[country] ?? {})) {
		if (name in account) account[name] = value;
	}
	recipient.country_iso3 = country;
	for (const name of corridor?.recipient ?? []) {
		if (name === 'identity_document.id_number') {
			recipient.identity_document = { id_number: '12345678901' };
		} else recipient[name] = 'Somewhere';
	}
	for (const name of corridor?.sender ?? []) sender[name] = 'Somewhere';
	order.payment_method.bank_account.global = account;
	return order;
}

async function descriptionFor(order: object): Promise<string> {
	const response = await context.partner.post('v1/session/init/payout', order);
	if (response.status === 200) return 'accepted';
	const { code, description } = response.json?.error as { code: string; description: string };
	expect(code).toBe('invalid_request');
	return description;
}

const accountLists = Object.entries(BANK_CORRIDORS).flatMap(([country, { account }]) =>
	account.map((_, list) => [country, list] as const),
);

test.each(accountLists)(
	'accepts a complete order to %s with list %i of account fields',
	async (country, list) => {
		expect(await descriptionFor(orderTo(country, list))).toBe('accepted');
	},
);

const ACCOUNT = 'payment_method.bank_account.global';
const RECIPIENT = 'participant_details.recipient';
const SENDER = 'participant_details.sender';

test.each([
	['AUS', 'bsb_number', `${ACCOUNT}.bsb_number is required.`],
	['BRA', 'branch_number', `${ACCOUNT}.branch_number is required.`],
	['CZE', 'iban', `${ACCOUNT} is incomplete: iban, or bank_account_number + branch_number`],
	['GBR', 'sort_code', `${ACCOUNT} is incomplete: account_type + sort_code + account_number, or`],
	['TUR', 'iban', `${ACCOUNT}.iban is required.`],
	['FRA', 'description', `${ACCOUNT}.description is required.`],
	['FRA', 'last_name', `${RECIPIENT}.last_name is required.`],
	['FRA', 'registration_number', `${SENDER}.registration_number is required.`],
	['PHL', 'code', `${SENDER}.code is required.`],
])('rejects an order to %s without %s', async (country, field, description) => {
	const order = orderTo(country);
	delete order.payment_method.bank_account.global[field];
	delete order.participant_details.recipient[field];
	delete order.participant_details.sender[field];
	expect(await descriptionFor(order)).toContain(description);
});

test('requires only the code of a sender to the Philippines', async () => {
	const order = orderTo('PHL');
	order.participant_details.sender = { code: '123' };
	expect(await descriptionFor(order)).toBe('accepted');
});

test('requires only the common fields for a country without a page', async () => {
	expect(await descriptionFor(orderTo('FRA'))).toBe('accepted');
});

test.each([
	['BRA', 'account_type', 'CHEQUE', `${ACCOUNT}.account_type must be one of CHECKING, SAVINGS`],
	['CAN', 'routing_code', '12345', `${ACCOUNT}.routing_code must be 0, institution and transit`],
	['GBR', 'sort_code', '123456', `${ACCOUNT}.sort_code must be like 12-34-56.`],
	['USA', 'routing_code', '12345', `${ACCOUNT}.routing_code must be an ABA number of nine digits.`],
	['TUR', 'iban', 'TR33 0006', `${ACCOUNT}.iban must match pattern`],
	['KEN', 'bank_account_number', ' ', `${ACCOUNT}.bank_account_number is required.`],
])('rejects an order to %s whose %s is "%s"', async (country, field, value, description) => {
	const order = orderTo(country);
	order.payment_method.bank_account.global[field] = value;
	expect(await descriptionFor(order)).toContain(description);
});

test('shows only the brand and the last four digits of a card', async () => {
	context.sandbox.reset();
	const order = cardPayout('4242424242424242');
	const response = await context.partner.post('v1/session/init/payout', order);
	expect(response.text).not.toContain('424242');
	expect(response.json).toMatchObject({
		session: {
			payments: [{ payment_method: { type: 'card', card: { last4: '4242', brand: 'visa' } } }],
		},
	});
	expect(context.sandbox.books.payouts()[0]?.destination).toBe('visa card ending in 4242');
});

const CHINESE = {
	city: 'Beijing',
	postal_code: '100000',
	state: 'Beijing',
	bank_name: 'Bank',
	currency: 'CNY',
	email: 'li@example.com',
	msisdn: '+86100000000',
	full_name: 'Li Wei',
	country_iso3: 'CHN',
};

test.each<[title: string, recipient: object, currency: string, expected: string]>([
	['in China', CHINESE, 'cny', 'accepted'],
	['in China in dollars', CHINESE, 'usd', 'swift_bic_code is required'],
	['in China without a phone', { ...CHINESE, msisdn: '' }, 'cny', 'msisdn must'],
	['in China in dollars alone', { ...CHINESE, currency: 'USD' }, 'cny', 'currency must be cny.'],
	['in Russia in euros', { full_name: 'A B', country_iso3: 'RUS' }, 'eur', 'currency must be rub'],
	['anywhere without a name', {}, 'eur', `${RECIPIENT}.full_name is required.`],
])('judges an order to a card %s', async (_title, recipient, currency, expected) => {
	const description = await descriptionFor({
		...cardPayout('6222020000000000'),
		amount_details: { amount: 100, currency },
		participant_details: { recipient },
	});
	expect(description).toContain(expected);
});

test('accepts an encrypted card, but neither a wallet nor an empty account', async () => {
	const order = cardPayout('4242424242424242');
	const hash = { type: 'encrypted_card', encrypted_card: { number_hash: 'abc' } };
	const methods: [object, string][] = [
		[{ type: 'card', card: hash }, 'accepted'],
		[{ type: 'wallet', wallet: {} }, 'payment_method.type must be one of bank_account, card.'],
		[{ type: 'bank_account' }, 'payment_method.bank_account is required.'],
		[{ type: 'card', card: { type: 'bank_card' } }, 'payment_method.card.bank_card is required.'],
	];
	for (const [payment_method, expected] of methods) {
		expect(await descriptionFor({ ...order, payment_method })).toBe(expected);
	}
});
