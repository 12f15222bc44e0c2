import { bankCorridors } from '../../sandbox/api/corridors.mts';
import { belgianOrder, cardOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';

interface Order {
	payment_method: { bank_account: { global: Record<string, unknown> } };
	participant_details: {
		recipient: Record<string, unknown>;
		sender: Record<string, unknown>;
	};
}

let sandbox: Sandbox;
let shop: Merchant;

beforeAll(async () => {
	sandbox = await startSandbox();
	shop = await joinAsMerchant(sandbox);
});

afterAll(() => sandbox.stop());

const formatted: Readonly<Record<string, Record<string, unknown>>> = {
	AUS: { bsb_number: '062-000' },
	CAN: { routing_code: '000312345' },
	GBR: { sort_code: '12-34-56' },
	USA: { routing_code: '021000021' },
};

function orderTo(country: string, accountList = 0): Order {
	const order = structuredClone(belgianOrder()) as unknown as Order;
	const corridor = bankCorridors[country];
	const { recipient, sender } = order.participant_details;
	const account: Record<string, unknown> = { description: 'salary' };
	for (const name of corridor?.account[accountList] ?? []) {
		account[name] = name === 'account_type' ? 'CHECKING' : '12345678';
	}
	for (const [name, value] of Object.entries(formatted[country] ?? {})) {
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
	const reply = await shop.post('v1/session/init/payout', order);
	if (reply.status === 200) return 'accepted';
	const { code, description } = reply.json?.error as { code: string; description: string };
	expect(code).toBe('invalid_request');
	return description;
}

const everyList = Object.entries(bankCorridors).flatMap(([country, { account }]) =>
	account.map((_, list) => [country, list] as const),
);

test.each(everyList)('accepts a complete order to %s, account list %i', async (country, list) => {
	expect(await descriptionFor(orderTo(country, list))).toBe('accepted');
});

const account = 'payment_method.bank_account.global';
const recipient = 'participant_details.recipient';
const sender = 'participant_details.sender';

test.each([
	['AUS', 'bsb_number', `${account}.bsb_number is required.`],
	['BRA', 'branch_number', `${account}.branch_number is required.`],
	['BRA', 'identity_document', `${recipient}.identity_document.id_number is required.`],
	['CAN', 'routing_code', `${account}.routing_code is required.`],
	['CZE', 'iban', `${account} is incomplete: iban, or bank_account_number + branch_number`],
	['GBR', 'sort_code', `${account} is incomplete: account_type + sort_code + account_number, or`],
	['GBR', 'postal_code', `${recipient}.postal_code is required.`],
	['HKG', 'address_line', `${recipient}.address_line is required.`],
	['TUR', 'iban', `${account}.iban is required.`],
	['USA', 'state', `${recipient}.state is required.`],
	['FRA', 'description', `${account}.description is required.`],
	['FRA', 'bank_name', `${recipient}.bank_name is required.`],
	['FRA', 'last_name', `${recipient}.last_name is required.`],
])('refuses an order to %s without %s', async (country, field, description) => {
	const order = orderTo(country);
	delete order.payment_method.bank_account.global[field];
	delete order.participant_details.recipient[field];
	expect(await descriptionFor(order)).toContain(description);
});

test.each([
	['IDN', 'address_line'],
	['HUN', 'city'],
	['PHL', 'code'],
	['FRA', 'registration_number'],
])('refuses an order to %s whose sender has no %s', async (country, field) => {
	const order = orderTo(country);
	delete order.participant_details.sender[field];
	expect(await descriptionFor(order)).toBe(`${sender}.${field} is required.`);
});

test('asks senders to the Philippines for their code only', async () => {
	const order = orderTo('PHL');
	order.participant_details.sender = { code: '123' };
	expect(await descriptionFor(order)).toBe('accepted');
});

test('asks countries without a page for the common fields only', async () => {
	expect(await descriptionFor(orderTo('FRA'))).toBe('accepted');
});

test.each([
	['BRA', 'account_type', 'CHEQUE', `${account}.account_type must be one of CHECKING, SAVINGS`],
	['CAN', 'routing_code', '12345', `${account}.routing_code must be 0, institution and transit`],
	['GBR', 'sort_code', '123456', `${account}.sort_code must be like 12-34-56.`],
	['USA', 'routing_code', '12345', `${account}.routing_code must be an ABA number of nine digits.`],
	['TUR', 'iban', 'TR33 0006', `${account}.iban must match pattern`],
	['KEN', 'bank_account_number', ' ', `${account}.bank_account_number is required.`],
])('refuses to %s a %s like "%s"', async (country, field, value, description) => {
	const order = orderTo(country);
	order.payment_method.bank_account.global[field] = value;
	expect(await descriptionFor(order)).toContain(description);
});

test('names the fields as v2 does in v2', async () => {
	const { payment_method, ...rest } = orderTo('TUR');
	delete payment_method.bank_account.global.iban;
	const reply = await shop.post('v2/session/init/payout', {
		...rest,
		payout_details: payment_method,
	});
	expect(reply.text).toContain('payout_details.bank_account.global.iban is required.');
});

test('shows a card as brand and last four digits only, and asks for the full name', async () => {
	sandbox.reset();
	const order = cardOrder('4242424242424242');
	const reply = await shop.post('v1/session/init/payout', order);
	expect(reply.text).not.toContain('424242');
	expect(reply.json).toMatchObject({
		session: {
			payments: [{ payment_method: { type: 'card', card: { last4: '4242', brand: 'visa' } } }],
		},
	});
	expect(sandbox.books.payouts()[0]?.destination).toBe('visa card ending in 4242');
	const nameless = { ...order, participant_details: { recipient: {} } };
	expect(await descriptionFor(nameless)).toBe(`${recipient}.full_name is required.`);
});

test('asks cards in China for more, and for even more in dollars', async () => {
	const china = {
		...{ city: 'a', postal_code: 'b', state: 'c', bank_name: 'd', currency: 'CNY', email: 'e' },
		...{ msisdn: 'f', full_name: 'g', country_iso3: 'CHN' },
	};
	const withRecipient = (person: object, currency: string) => ({
		...cardOrder('6222020000000000'),
		amount_details: { amount: 100, currency },
		participant_details: { recipient: person },
	});
	expect(await descriptionFor(withRecipient(china, 'cny'))).toBe('accepted');
	expect(await descriptionFor(withRecipient(china, 'usd'))).toContain('swift_bic_code is required');
	expect(await descriptionFor(withRecipient({ ...china, msisdn: '' }, 'cny'))).toContain('msisdn');
	expect(await descriptionFor(withRecipient({ ...china, currency: 'USD' }, 'cny'))).toBe(
		`${recipient}.currency must be cny.`,
	);
});

test('pays cards in Russia in roubles only', async () => {
	const order = cardOrder('2200000000000000');
	const participants = { recipient: { full_name: 'Ivan Ivanov', country_iso3: 'RUS' } };
	expect(await descriptionFor({ ...order, participant_details: participants })).toBe(
		'amount_details.currency must be rub for cards in Russia.',
	);
});

test('accepts an encrypted card, but neither a wallet nor a bare account', async () => {
	const order = cardOrder('4242424242424242');
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
