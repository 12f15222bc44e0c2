import fc from 'fast-check';
import type { IDataObject, OnError } from 'n8n-workflow';
import { FIELD_IDS } from '../../nodes/payout/fields/fields';
import { ROW_COLUMNS } from '../../nodes/payout/headers/matchColumns';
import { automatic, SENDER, turkishRows } from '../support/account.mts';
import {
	cardNumber,
	cardNumbers,
	digitsShown,
	issuedCardNumber,
	writtenWith,
} from '../support/cardNumbers.mts';
import { cardPayout } from '../support/cardPayout.mts';
import type { RunResult } from '../support/engine.mts';
import { ACCOUNT_NUMBERS } from '../support/payoutRows.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

const ON_ERROR: readonly OnError[] = [
	'stopWorkflow',
	'continueErrorOutput',
	'continueRegularOutput',
];
const onError = fc.constantFrom(...ON_ERROR);
const options = fc.record({
	dryRun: fc.boolean(),
	simplify: fc.boolean(),
	sessionFirst: fc.boolean(),
	apiVersion: fc.constantFrom('v1', 'v2'),
});

/** All that n8n shows and stores of the node: its outputs and its error, whole. */
function shownBy({ success, errors, error, run }: RunResult): string {
	const { message, description, context, stack } = error ?? {};
	const told = { message, description, context, stack, ...error };
	const all = JSON.stringify([success, errors, told, run.data.resultData.runData.Pay]);
	// Fingerprints are hashes, in which any digits can be.
	return all.replace(/\b[\da-f]{64}\b/g, 'hash');
}

/** The longest part of the number that is shown at all, or nothing when it is as short as a mask. */
function leakOf(result: RunResult, number: string): string {
	const digits = digitsShown(shownBy(result));
	for (let length = number.length; length > 8; length--) {
		for (let start = 0; start + length <= number.length; start++) {
			const part = number.slice(start, start + length);
			if (digits.includes(part)) return `${part} in ${shownBy(result)}`;
		}
	}
	return '';
}

async function pay(
	items: IDataObject[],
	parameters: IDataObject,
	mode: OnError = 'continueErrorOutput',
) {
	return await account.pay(items, parameters, { onError: mode });
}

const CARD_ROW = { reference: 'card-1', amount: '10', recipient_full_name: 'Alex Sample' };

function mapped(destination: string, value: IDataObject, nodeOptions: IDataObject): IDataObject {
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	return { ...automatic(destination, nodeOptions), payout };
}

function jsonBody(body: string, nodeOptions: IDataObject): IDataObject {
	return { specify: 'json', reference: '={{ $json.reference }}', body, options: nodeOptions };
}

/** Every column but those of the account that the destination pays to. */
const COLUMNS = ['notes', 'pan', 'id', ...ROW_COLUMNS].concat(
	FIELD_IDS.filter((id) => !ACCOUNT_NUMBERS.includes(id)),
);

test('a card number in any column is shown nowhere', async () => {
	const cases = fc.record({
		number: issuedCardNumber,
		write: writtenWith,
		column: fc.constantFrom(...COLUMNS),
		nest: fc.constantFrom<(text: string) => IDataObject[string]>(
			(text) => text,
			(text) => text,
			(text) => [{ deep: [text] }],
			(text) => ({ [text]: true }),
			(text) => JSON.stringify({ deep: [text] }),
			(text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text),
		),
		isRefused: fc.boolean(),
		onError,
		options,
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ number, write, column, nest, isRefused, ...settings }) => {
			account.sandbox.reset();
			const description = `No account for ${write(number)} (${number})`;
			if (isRefused) {
				account.sandbox.setFaults([
					{ fault: { type: 'error', code: 'account_not_found', description } },
				]);
			}
			const items = [{ ...turkishRows('INV-1')[0], [column]: nest(write(number)) } as IDataObject];
			const parameters = automatic('TUR-TRY', settings.options);
			const result = await pay(items, parameters, settings.onError);
			expect(leakOf(result, number)).toBe('');
		}),
		{ numRuns: 150 },
	);
}, 240_000);

test('what is mapped as a card is shown nowhere, whatever its column is called', async () => {
	const cases = fc.record({
		number: cardNumber,
		write: writtenWith,
		asNumber: fc.boolean(),
		breaks: fc.constantFrom('', '', 'amount', 'recipient_full_name'),
		answer: fc.constantFrom('ok', 'echo', 'refusal'),
		onError,
		options,
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ number, write, asNumber, breaks, answer, ...settings }) => {
			account.sandbox.reset();
			const typed = write(number);
			const isExact = Number.isSafeInteger(Number(number));
			const fields = { note: `Card ${typed}`, card: { number }, raw: isExact && Number(number) };
			const code = 'card_number_does_not_exist';
			if (answer === 'echo')
				account.sandbox.setFaults([{ fault: { type: 'extra_fields', fields } }]);
			if (answer === 'refusal') {
				account.sandbox.setFaults([{ fault: { type: 'error', code, description: typed } }]);
			}
			const konto = asNumber && isExact ? Number(number) : typed;
			const value = {
				reference: '={{ $json.reference }}',
				amount: '={{ $json.amount }}',
				recipient_full_name: 'Alex Sample',
				card_number: '={{ $json.konto }}',
				...(breaks !== '' && { [breaks]: '={{ $("Nobody").item.json.x }}' }),
			};
			const parameters = mapped('CARD', value, { ...settings.options, includeInputFields: true });
			const rows = [{ ...CARD_ROW, konto, 'the same': typed }];
			const result = await pay(rows, parameters, settings.onError);
			expect(leakOf(result, number)).toBe('');
		}),
		{ numRuns: 150 },
	);
}, 240_000);

test('what a row names as card data is shown nowhere, right or wrong', async () => {
	const row = { ...CARD_ROW, 'Card Number': '6304.0000.0001', 'CVV / CVC': '739', exp_month: 11 };
	for (const mode of ON_ERROR) {
		for (const change of [{}, { amount: 'x' }, { 'Card Number': '630400000000' }]) {
			const parameters = automatic('CARD', { includeInputFields: true });
			const result = await pay([{ ...row, ...change }], parameters, mode);
			for (const digits of ['630400000001', '630400000000']) {
				expect(leakOf(result, digits)).toBe('');
			}
			expect(shownBy(result)).not.toMatch(/(?<!\d)739(?!\d)|exp_month\W+11/);
		}
	}
});

test('card data in a request body that the row holds is shown nowhere', async () => {
	const cases = fc.record({
		number: cardNumber,
		isMistyped: fc.boolean(),
		isText: fc.boolean(),
		isMissing: fc.boolean(),
		onError,
		options,
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ number, isMistyped, isText, isMissing, ...settings }) => {
			account.sandbox.reset();
			const body = cardPayout(isMistyped ? `${number}x` : number) as IDataObject;
			const method = body.payment_method as { card: { bank_card: IDataObject } };
			Object.assign(method.card.bank_card, { security_code: '739', expiration_month: '11' });
			if (isMissing) delete body.participant_details;
			body.metadata = { reference: 'CARD-1', note: `paid by ${number}` };
			const items = [{ reference: 'json-1', payload: isText ? JSON.stringify(body) : body }];
			const parameters = jsonBody('={{ $json.payload }}', settings.options);
			const result = await pay(items as IDataObject[], parameters, settings.onError);
			expect(leakOf(result, number)).toBe('');
			expect(shownBy(result)).not.toMatch(/(?<!\d)739(?!\d)|expiration_month\W+11/);
		}),
		{ numRuns: 150 },
	);
}, 240_000);

test('neither a broken body, nor one in the node’s own parameters, nor a setting shows a card number', async () => {
	const number = '4539578763621486';
	const complete = JSON.stringify({ ...cardPayout(number), amount_details: {} });
	const template = '={"bank_card":{"number":"{{ $json.konto }}"}';
	const mapping = { card_number: '={{ $json.konto }}', reference: 'x' };
	const sender = '={{ $json.konto + ": 4539578763621486" }}';
	const inFlight = { parallelRequests: '={{ 4539578763621486 }}' };
	const row = { ...CARD_ROW, konto: '4539 5787 6362 1486' };
	for (const mode of ON_ERROR) {
		const results = [
			await pay([row], jsonBody(complete, {}), mode),
			await pay([row], jsonBody(`{"bank_card":{"number":"${number}"`, {}), mode),
			await pay([row], jsonBody(template, {}), mode),
			await pay([{ ...row, card_number: number }], automatic('CARD', inFlight), mode),
			await pay([row], { ...mapped('CARD', mapping, {}), sender }, mode),
		];
		for (const result of results) expect(leakOf(result, number)).toBe('');
	}
});

test('a batch that cannot be opened shows no card number of its rows', async () => {
	for (const mode of ON_ERROR) {
		const items = [{ ...CARD_ROW, konto: '4539 5787 6362 1486', card_number: '4539578763621481' }];
		const parameters = mapped('CARD', { card_number: '={{ $json.konto }}' }, {});
		const credentials = { ...account.credentials, privateKey: 'no key' };
		const result = await account.pay(items, parameters, { credentials, onError: mode });
		expect(leakOf(result, '4539578763621486')).toBe('');
		expect(leakOf(result, '4539578763621481')).toBe('');
		expect(shownBy(result)).toContain('Correct');
	}
});

test('a card number as the id of a session is shown nowhere', async () => {
	for (const operation of ['get', 'confirm', 'cancel']) {
		for (const mode of ON_ERROR) {
			const parameters = { resource: 'session', operation, sessionId: '={{ $json.pan }}' };
			for (const pan of ['4539 5787 6362 1486', '4539578763621486']) {
				const result = await pay([{ pan }], parameters, mode);
				expect(leakOf(result, '4539578763621486')).toBe('');
			}
		}
	}
});

describe('a reference', () => {
	test('that is a card number is refused, and nothing is sent', async () => {
		await fc.assert(
			fc.asyncProperty(issuedCardNumber, writtenWith, async (number, write) => {
				const parameters = automatic('TUR-TRY');
				const { success, errors } = await pay(turkishRows(write(number)), parameters);
				expect(success).toEqual([]);
				expect(errors[0]?.json.error).toMatchObject({
					code: 'invalid_row',
					fields: expect.arrayContaining(['reference']),
				});
			}),
			{ numRuns: 60 },
		);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each([
		['Card 630400000000', '6304 0000 0000'],
		['4111.1111.1111.1111', '4111111111111111'],
		['INV-5018123456789', '5018123456789'],
	])('that repeats the row’s card is refused: %s', async (reference, card_number) => {
		const row = { ...CARD_ROW, reference, card_number };
		const { errors } = await pay([row], automatic('CARD'));
		expect(errors[0]?.json.error).toHaveProperty(
			'message',
			expect.stringMatching(/^The reference looks like a card number/),
		);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('that is a long number of another kind is sent and shown as it is', async () => {
		const other = fc.oneof(
			cardNumbers([13], '17'),
			cardNumbers([14], '20'),
			cardNumbers([16], '0'),
			cardNumbers([16], '7'),
		);
		await fc.assert(
			fc.asyncProperty(other, fc.boolean(), async (reference, simplify) => {
				account.sandbox.reset();
				const parameters = automatic('TUR-TRY', { simplify });
				const { success } = await pay(turkishRows(reference), parameters);
				expect(success[0]?.json).toMatchObject({ outcome: 'submitted', reference });
				const [request] = account.sandbox.requests();
				expect(request?.headers['x-partner-idempotency-key']).toBe(reference);
				const bad = await pay([{ ...turkishRows(reference)[0], amount: '0' }], parameters);
				expect(bad.errors[0]?.json.error).toMatchObject({ reference });
				expect(bad.errors[0]?.json.reference).toBe(reference);
			}),
			{ numRuns: 30 },
		);
	});
});

describe('what is no card number', () => {
	const accountRow = (number: string, reference: string) => ({
		reference,
		amount: '10',
		konto: number,
		bank_account_number: number,
		swift_bic_code: 'BARCKENX',
		description: 'Salary',
		recipient_first_name: 'Alex',
		recipient_last_name: 'Sample',
		recipient_bank_name: 'Sample Bank',
		recipient_country_iso3: 'KEN',
		recipient_currency: 'kes',
	});

	test('an account number of the destination is sent, and shown, as it is', async () => {
		const cases = fc.record({
			number: fc.oneof(cardNumber, issuedCardNumber),
			isMapped: fc.boolean(),
			simplify: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(cases, async ({ number, isMapped, simplify }) => {
				account.sandbox.reset();
				account.sandbox.setFaults([
					{ when: { key: 'bad' }, fault: { type: 'error', code: 'account_not_found' } },
				]);
				const rows = ['good', 'bad'].map((reference) => accountRow(number, reference));
				const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'konto');
				const value = Object.fromEntries(columns.map((name) => [name, `={{ $json.${name} }}`]));
				const parameters = (more: IDataObject) =>
					isMapped
						? mapped('OTHER', { ...value, bank_account_number: '={{ $json.konto }}' }, more)
						: automatic('OTHER', more);
				const dry = await pay(rows, parameters({ dryRun: true, simplify: false }));
				const { success, errors } = await pay(rows, parameters({ simplify }));
				const sent = account.sandbox
					.requests()
					.map(({ rawBody }) => JSON.parse(rawBody) as Record<string, never>);
				expect(sent).toHaveLength(2);
				for (const { payment_method } of sent) {
					expect(payment_method).toHaveProperty('bank_account.global.bank_account_number', number);
				}
				for (const { json } of dry.success) expect(sent).toContainEqual(json.body);
				expect(errors[0]?.json).toMatchObject({ bank_account_number: number, konto: number });
				if (!simplify) {
					expect(success[0]?.json).toHaveProperty(
						'session.payments.0.payment_method.bank_account.global.bank_account_number',
						number,
					);
				}
			}),
			{ numRuns: 40 },
		);
	}, 120_000);

	test('what is sent is the same with a card as without a mask', async () => {
		await fc.assert(
			fc.asyncProperty(cardNumbers([16]), async (number) => {
				account.sandbox.reset();
				const row = { ...CARD_ROW, card_number: number, recipient_full_name: `Alex ${number}` };
				await pay([row], { ...automatic('CARD'), additionalFields: { metadata: `m ${number}` } });
				const [request] = account.sandbox.requests();
				expect(JSON.parse(request?.rawBody ?? '')).toEqual({
					payment_method: { type: 'card', card: { type: 'bank_card', bank_card: { number } } },
					amount_details: { amount: 1000, currency: 'usd' },
					participant_details: {
						recipient: { full_name: `Alex ${number}` },
						sender: SENDER,
					},
					metadata: `m ${number}`,
				});
			}),
			{ numRuns: 20 },
		);
	});
});

test('shows of a refused row with a card what the row had besides it', async () => {
	account.sandbox.setFaults([{ fault: { type: 'error', code: 'bank_card_expired' } }]);
	const row = {
		...CARD_ROW,
		konto: '4539 5787 6362 1486',
		branch: 'Brno',
		sent: '2026-01-31 20:03:00',
	};
	const value = {
		reference: '={{ $json.reference }}',
		amount: '={{ $json.amount }}',
		recipient_full_name: '={{ $json.recipient_full_name }}',
		card_number: '={{ $json.konto }}',
	};
	const { errors } = await pay([row], mapped('CARD', value, {}));
	expect(errors[0]?.json).toEqual({
		error: expect.objectContaining({ reference: 'card-1', row: { ...row, konto: '****1486' } }),
	});
	const regular = await pay([row], mapped('CARD', value, {}), 'continueRegularOutput');
	expect(regular.success[0]?.json).toMatchObject({ ...row, konto: '****1486' });
});

test('an amount that is a card number is refused and not shown; the next number is an amount', async () => {
	const amountOf = (amount: number | string) => ({ ...turkishRows('INV-1')[0], amount });
	const dryRun = automatic('TUR-TRY', { dryRun: true, simplify: false });
	for (const [card, parameters] of [
		[36000000000453, automatic('TUR-TRY')],
		['36000000000453.00', automatic('TUR-TRY')],
		[4000000000006, automatic('TUR-TRY')],
		['378282246310005', { ...dryRun, amountUnit: 'minor' }],
	] as const) {
		const result = await pay([amountOf(card)], parameters);
		expect(result.errors[0]?.json.error).toMatchObject({ outcome: 'not_sent' });
		expect(shownBy(result)).toMatch(/The amount has the digits of a card number/);
		expect(leakOf(result, String(card).replace('.00', ''))).toBe('');
	}
	const { success } = await pay([amountOf(40_000)], automatic('TUR-TRY'));
	expect(success[0]?.json).toMatchObject({ outcome: 'submitted', amount: 40_000 });
});
