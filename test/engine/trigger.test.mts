import { EventEmitter } from 'node:events';
import { WebhookContext } from 'n8n-core';
import { sleep, Workflow } from 'n8n-workflow';
import type { IDataObject, INode, INodeType, IWebhookFunctions } from 'n8n-workflow';
import { deliver, finishedPayout, finishedPayoutItem } from '../support/webhookDelivery.mts';
import type { Delivery } from '../support/webhookDelivery.mts';
import { FORGERIES, NON_EVENTS } from '../support/webhookForgeries.mts';
import { additionalData, loadPackage } from '../support/engine.mts';
import { rsaKeys } from '../support/rsaKeys.mts';

const keys = rsaKeys();
/** The key that Smart Glocal changes to, one that it does not have, and the payer's own. */
const newKeys = rsaKeys();
const otherKeys = rsaKeys();
const ownKeys = rsaKeys();

/** What the trigger did with a delivery. */
interface Received {
	/** Undefined when the trigger leaves the answer, HTTP 200, to n8n. */
	status?: number;
	text?: string;
	items: IDataObject[];
	/** What n8n does once the trigger has ended: it starts the run, if there is one, and answers. */
	answer: (status: number | 'hung up') => void;
}

/** How often n8n was asked for a credential. */
let readings = 0;
/** What the trigger wrote into n8n's log. */
const warnings: string[] = [];
beforeEach(() => {
	readings = 0;
	warnings.length = 0;
});

const DEFAULT_EVENTS = ['ready_to_confirm', 'payment_finished', 'payment_refunded'];

/** Hands a delivery to the built trigger in n8n-core's own webhook context. */
async function receive(
	{ headers, body }: Delivery,
	parameters: IDataObject = {},
	webhookPublicKey: string = keys.publicKey,
	// The trigger remembers a credential's key for some seconds.
	credentialId = webhookPublicKey,
	mode: 'webhook' | 'manual' = 'webhook',
	/** Whether the sender has hung up before n8n came to it. */
	destroyed = false,
): Promise<Received> {
	const loader = await loadPackage();
	const type = loader.getNode('smartGlocalTrigger').type as INodeType;
	const workflow = new Workflow({
		id: 'trigger-test',
		name: 'Follow up',
		active: false,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
		nodes: [
			{
				id: `T ${credentialId}`,
				name: 'Trigger',
				type: 'trigger',
				typeVersion: 1.1,
				position: [0, 0],
				parameters: { events: DEFAULT_EVENTS, simplify: true, ...parameters } as never,
				credentials: { smartGlocalApi: { id: credentialId, name: 'Smart Glocal' } },
			} as INode,
		],
		connections: {},
	});
	const received: Received = {
		items: [],
		answer: (status) => {
			if (status === 'hung up') return void response.emit('close');
			response.statusCode = status;
			response.emit('finish');
		},
	};
	const response = Object.assign(new EventEmitter(), {
		destroyed,
		statusCode: 200,
		status: (status: number) => {
			received.status = status;
			return response;
		},
		type: () => response,
		send: (text: string) => {
			received.text = text;
			return response;
		},
		end: () => response,
	});
	const data = await additionalData({ webhookPublicKey, privateKey: ownKeys.privateKey });
	const { credentialsHelper } = data;
	const { getDecrypted } = credentialsHelper;
	credentialsHelper.getDecrypted = async (...request) => {
		readings += 1;
		// As when the credential was deleted.
		if (webhookPublicKey === 'gone') throw new Error('Credential does not exist');
		return await getDecrypted.call(credentialsHelper, ...request);
	};
	Object.assign(data, {
		httpRequest: { rawBody: body, headers, body: {}, query: {}, params: {} },
		httpResponse: response,
	});
	const context = new WebhookContext(
		workflow,
		workflow.getNode('Trigger') as INode,
		data,
		mode,
		{ webhookDescription: type.description.webhooks?.[0] } as never,
		[],
		null,
	);
	Object.defineProperty(context, 'logger', {
		value: { warn: (message: string) => warnings.push(message) },
	});
	const result = await type.webhook?.call(context as unknown as IWebhookFunctions);
	received.items = result?.workflowData?.[0]?.map(({ json }) => json) ?? [];
	return received;
}

// In whole milliseconds: with fractions, 5,000 more may be rounded to a little less.
let nowMs = Math.floor(performance.now());
/** Lets time pass on the clock that nobody can set, which stands still otherwise. */
function pass(ms: number): void {
	nowMs += ms;
}
beforeEach(() => {
	jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

let madeUp = 0;
/** A delivery that anybody can make up: its signature is base64, and nothing more. */
function makeUp(): Delivery {
	const { body, headers } = deliver(finishedPayout('A'), keys.privateKey);
	const signature = Buffer.alloc(256, ++madeUp).toString('base64');
	return { body, headers: { ...headers, 'x-partner-sign': signature } };
}

test('starts the workflow with one flat item for a finished payout', async () => {
	const { status, items } = await receive(deliver(finishedPayout('INV-1'), keys.privateKey));
	expect(status).toBeUndefined();
	expect(items).toEqual([finishedPayoutItem('INV-1')]);
});

test('gives the same ten fields for every event, in API v1 and v2', async () => {
	const fields = [
		'event',
		'event_key',
		'reference',
		'session_id',
		'payout_id',
		'payout_status',
		'amount',
		'currency',
		'failure',
		'refund',
	];
	const { payments, ...session } = finishedPayout('INV-1').session;
	const refunds = [{ status: 'accepted', amount_details: { amount: 500, currency: 'usd' } }];
	for (const list of ['payments', 'payout_list', 'acquiring_payments', 'payment_list']) {
		const isIncoming = list.startsWith('a') || list === 'payment_list';
		for (const type of ['ready_to_confirm', 'payment_finished', 'payment_refunded']) {
			for (const parts of [payments, [{ ...payments[0], refunds }], [{}]]) {
				const event = isIncoming && type !== 'ready_to_confirm' ? `incoming_${type}` : type;
				const body = { type, session: { ...session, [list]: parts } };
				const { items } = await receive(deliver(body, keys.privateKey), { events: [event] });
				expect(items.map((item) => Object.keys(item))).toEqual([fields]);
				expect(items[0]).toMatchObject({ event, session_id: 'ps_3230' });
			}
		}
	}
});

test('says of a refund how much it was, and of an error that it is not final', async () => {
	const event = finishedPayout('INV-1');
	event.session.status = 'error';
	Object.assign(event.session.payments[0] ?? {}, {
		refunds: [{ status: 'accepted', amount_details: { amount: 500, currency: 'krw' } }],
	});
	const { items } = await receive(deliver(event, keys.privateKey));
	expect(items[0]).toMatchObject({
		refund: 'refunded: KRW 500 (minor units)',
		failure:
			"no reason given (not final: do not pay again before Smart Glocal's support has told you)",
	});
});

test('every forgery differs from the delivery that it was made of', () => {
	const good = deliver(finishedPayout('INV-1'), keys.privateKey);
	const unchanged = FORGERIES.filter(([, forge]) => {
		const { body, headers } = forge(good, keys.privateKey);
		return body.equals(good.body) && JSON.stringify(headers) === JSON.stringify(good.headers);
	});
	expect(unchanged).toEqual([]);
});

test.each(FORGERIES)('refuses and starts nothing: %s', async (_name, forge) => {
	const good = deliver(finishedPayout('INV-1'), keys.privateKey);
	const { status, text, items } = await receive(forge(good, keys.privateKey));
	expect(status).toBeGreaterThanOrEqual(400);
	expect(status).toBeLessThan(500);
	expect(text?.length).toBeLessThan(60);
	expect(items).toEqual([]);
});

test('gives one item for each payout of a session, with keys of their own', async () => {
	const event = finishedPayout('INV-1');
	const [payout] = event.session.payments;
	event.session.payments.push({
		...(payout as never as object),
		id: 'po_2',
		metadata: 'INV-2',
	} as never);
	const { items } = await receive(deliver(event, keys.privateKey));
	expect(items.map(({ reference }) => reference)).toEqual(['INV-1', 'INV-2']);
	expect(new Set(items.map(({ event_key }) => event_key)).size).toBe(2);
});

test('keeps every digit of an id that is a large number', async () => {
	const receiveId = async (id: string) => {
		const body = JSON.stringify(finishedPayout('INV-1')).replace('"po_1313"', id);
		return (await receive(deliver(body, keys.privateKey))).items[0];
	};
	const one = await receiveId('9007199254740993');
	const other = await receiveId('9007199254740992');
	expect([one?.payout_id, other?.payout_id]).toEqual(['9007199254740993', '9007199254740992']);
	expect(one?.event_key).not.toBe(other?.event_key);
});

test.each(NON_EVENTS)('acknowledges and starts nothing: %s', async (_name, body) => {
	expect(await receive(deliver(body, keys.privateKey))).toEqual({
		items: [],
		answer: expect.any(Function),
	});
});

test('acknowledges and ignores events that were not chosen', async () => {
	const event = finishedPayout('INV-1');
	for (const type of ['brand_new', 'ready_to_capture']) {
		expect(await receive(deliver({ ...event, type }, keys.privateKey))).toEqual({
			items: [],
			answer: expect.any(Function),
		});
	}
	const chosen = { events: ['payment_refunded'] };
	expect((await receive(deliver(event, keys.privateKey), chosen)).items).toEqual([]);
	// Incoming payments arrive at the same address.
	const { payments, ...session } = event.session;
	const incoming = { ...event, session: { ...session, acquiring_payments: payments } };
	expect((await receive(deliver(incoming, keys.privateKey))).items).toEqual([]);
});

test('hands over the whole body without Simplify, and tolerates fields it does not know', async () => {
	const event = { ...finishedPayout('INV-1'), brand_new: { kept: true } };
	const { items } = await receive(deliver(event, keys.privateKey), { simplify: false });
	const known = finishedPayout('INV-1');
	expect(items).toEqual([
		{
			event: 'payment_finished',
			event_key: expect.stringMatching(/^payment_finished:ps_3230:[0-9a-f]{32}$/) as unknown,
			body: expect.objectContaining(known) as unknown,
		},
	]);
});

describe('the key of the credential', () => {
	test('is read once for all webhooks that arrive within five seconds', async () => {
		const delivery = deliver(finishedPayout('A'), keys.privateKey);
		const arrive = async () => await receive(delivery, {}, keys.publicKey, 'burst');
		const received = await Promise.all(Array.from({ length: 20 }, arrive));
		expect(received.every(({ items }) => items.length === 1)).toBe(true);
		expect(readings).toBe(1);

		pass(5_001);
		await arrive();
		expect(readings).toBe(2);
	});

	describe.each([
		['has no key', ''],
		['is gone', 'gone'],
		['has a private key', keys.privateKey],
		['has a key that was not copied whole', keys.publicKey.slice(0, 200)],
	])('when the credential %s', (name, unusable) => {
		test('is read once for twenty forged deliveries, one by one or all at once', async () => {
			const arrive = async () => await receive(makeUp(), {}, unusable, `${name}: forged`);
			for (let count = 0; count < 10; count++) expect((await arrive()).status).toBe(503);
			const received = await Promise.all(Array.from({ length: 10 }, arrive));
			expect(received.map(({ status }) => status)).toEqual(Array(10).fill(503));
			expect(readings).toBe(1);

			pass(5_001);
			const later = await Promise.all(Array.from({ length: 10 }, arrive));
			expect(later.map(({ status }) => status)).toEqual(Array(10).fill(503));
			expect(readings).toBe(2);
		});

		test('verifies webhooks within five seconds after it was put right', async () => {
			const delivery = deliver(finishedPayout('A'), keys.privateKey);
			const id = `${name}: put right`;
			const { status, text, items } = await receive(delivery, {}, unusable, id);
			expect([status, items]).toEqual([503, []]);
			expect(text).not.toContain('PRIVATE');

			pass(5_000);
			expect((await receive(delivery, {}, keys.publicKey, id)).items).toHaveLength(1);
			pass(5_000);
			expect((await receive(delivery, {}, unusable, id)).status).toBe(503);
		});
	});

	test('is forgotten after five seconds even when the computer’s clock is set back', async () => {
		const delivery = deliver(finishedPayout('A'), keys.privateKey);
		expect((await receive(delivery, {}, keys.publicKey, 'clock')).items).toHaveLength(1);
		jest.useFakeTimers({
			now: Date.now() - 3_600_000,
			doNotFake: ['nextTick', 'setImmediate', 'performance'],
		});
		pass(5_001);
		expect((await receive(delivery, {}, 'gone', 'clock')).status).toBe(503);
	});

	test('is not shared with another credential', async () => {
		const other = rsaKeys();
		const delivery = deliver(finishedPayout('A'), keys.privateKey);
		expect((await receive(delivery, {}, keys.publicKey, 'mine')).items).toHaveLength(1);
		expect((await receive(delivery, {}, other.publicKey, 'theirs')).status).toBe(401);
	});

	test('is not even read for what carries no signature at all', async () => {
		const { body, headers } = deliver(finishedPayout('A'), keys.privateKey);
		for (const signature of [undefined, '', 'no!', 'AAAA=', 'A'.repeat(4_000)]) {
			const delivery = { body, headers: { ...headers, 'x-partner-sign': signature as string } };
			expect((await receive(delivery, {}, keys.publicKey, 'unsigned')).status).toBe(401);
		}
		expect(readings).toBe(0);
	});
});

describe('while Smart Glocal changes its key', () => {
	const both = `Old\n${keys.publicKey}\nNew\n${newKeys.publicKey}`;

	test('takes what either of both keys has signed, and nothing else', async () => {
		for (const { privateKey } of [keys, newKeys, keys]) {
			const { items } = await receive(deliver(finishedPayout('A'), privateKey), {}, both);
			expect(items).toEqual([finishedPayoutItem('A')]);
		}
		for (const { privateKey } of [otherKeys, ownKeys]) {
			const delivery = deliver(finishedPayout('A'), privateKey);
			expect(await receive(delivery, {}, both)).toMatchObject({ status: 401, items: [] });
		}
		expect(readings).toBe(1);
	});

	test.each(FORGERIES)('refuses and starts nothing: %s', async (_name, forge) => {
		const good = deliver(finishedPayout('A'), newKeys.privateKey);
		const { status, items } = await receive(forge(good, newKeys.privateKey), {}, both);
		expect(status).toBeGreaterThanOrEqual(400);
		expect(items).toEqual([]);
	});

	test('takes webhooks with keys of different lengths', async () => {
		const long = rsaKeys(undefined, 3072);
		for (const { privateKey } of [long, keys]) {
			const delivery = deliver(finishedPayout('A'), privateKey);
			const { items } = await receive(delivery, {}, long.publicKey + keys.publicKey);
			expect(items).toHaveLength(1);
		}
	});
});

describe('n8n’s log', () => {
	const MINUTE_MS = 60_000;
	let trigger = 0;
	beforeEach(() => {
		trigger += 1;
	});
	const arrive = async (delivery: Delivery, key = keys.publicKey, id = `log ${trigger}`) =>
		await receive(delivery, {}, key, id);
	const unsigned = (): Delivery => {
		const { body, headers } = makeUp();
		return { body, headers: { 'content-type': headers['content-type'] ?? '' } };
	};

	test('is told of a webhook that does not verify, in words of a person', async () => {
		const delivery = makeUp();
		expect((await arrive(delivery)).status).toBe(401);
		expect(warnings).toEqual([
			"Workflow 'Follow up', node 'Trigger': The signature of a webhook is missing or wrong, so it was refused. Anybody can send such webhooks to this address. But if those of Smart Glocal do not arrive, it may have changed its key, the credential may hold the key of another environment, or a proxy changes the body: compare 'Webhook Public Key' with the key that your account manager gives you.",
		]);
		const secrets = [delivery.headers['x-partner-sign'], 'ps_3230', keys.publicKey.slice(40, 80)];
		for (const secret of secrets) expect(warnings.join()).not.toContain(secret);
	});

	test('is told once a minute, however many arrive', async () => {
		for (let count = 0; count < 40; count++) await arrive(count % 2 ? makeUp() : unsigned());
		pass(MINUTE_MS - 5_000);
		await Promise.all(Array.from({ length: 160 }, () => arrive(makeUp())));
		expect(warnings).toHaveLength(1);

		pass(5_000);
		for (let count = 0; count < 3; count++) expect((await arrive(unsigned())).status).toBe(401);
		expect(warnings).toHaveLength(2);

		pass(10 * MINUTE_MS);
		await arrive(makeUp());
		expect(warnings).toHaveLength(3);
	});

	test('is told of what has no signature, for which no credential is read', async () => {
		for (const signature of [undefined, '', 'no!', 'A'.repeat(4_000)]) {
			const { body, headers } = makeUp();
			await arrive({ body, headers: { ...headers, 'x-partner-sign': signature as string } });
		}
		expect([warnings.length, readings]).toEqual([1, 0]);
	});

	test('is told for each trigger', async () => {
		for (const id of ['one', 'other', 'one', 'other']) await arrive(makeUp(), undefined, id);
		expect(warnings).toHaveLength(2);
	});

	test('is told once a minute when the computer’s clock is set back, too', async () => {
		await arrive(makeUp());
		jest.useFakeTimers({
			now: Date.now() - 3_600_000,
			doNotFake: ['nextTick', 'setImmediate', 'performance'],
		});
		pass(MINUTE_MS);
		await arrive(makeUp());
		expect(warnings).toHaveLength(2);
	});

	test('is told nothing of good webhooks', async () => {
		await arrive(deliver(finishedPayout('A'), keys.privateKey));
		expect(warnings).toEqual([]);
	});

	test('names a credential that cannot verify, once a minute, beside forged webhooks', async () => {
		await arrive(unsigned(), ownKeys.publicKey);
		for (let count = 0; count < 20; count++) {
			const genuine = deliver(finishedPayout('A'), keys.privateKey);
			expect((await arrive(genuine, ownKeys.publicKey)).status).toBe(503);
		}
		expect(warnings).toEqual([
			expect.stringContaining('is missing or wrong'),
			expect.stringMatching(/A webhook of Smart Glocal was not verified\. Your own public key/),
		]);
	});
});

/** Publishes a workflow with the trigger, as far as the trigger has a say. */
async function publish(credentials: IDataObject): Promise<boolean | undefined> {
	const loader = await loadPackage();
	const type = loader.getNode('smartGlocalTrigger').type as INodeType;
	const context = {
		getCredentials: async () => credentials,
		getNode: () => ({ name: 'Trigger', type: 'trigger', parameters: {} }),
	};
	return await type.webhookMethods?.default?.checkExists.call(context as never);
}

test.each([
	['', 'has no public key to verify webhooks with'],
	['nonsense', 'is not a public key in PEM format'],
	[keys.privateKey, "A private key was pasted into 'Webhook Public Key'"],
	[ownKeys.publicKey, "Your own public key was pasted into 'Webhook Public Key'"],
	[keys.publicKey + ownKeys.publicKey, 'Your own public key was pasted'],
	[keys.publicKey + newKeys.publicKey.slice(0, 300), 'was not copied whole'],
	[rsaKeys(undefined, 512).publicKey, 'is an RSA key of 512 bits'],
])('cannot be published with an unusable key', async (webhookPublicKey, message) => {
	const publishing = publish({ webhookPublicKey, privateKey: ownKeys.privateKey });
	await expect(publishing).rejects.toThrow(message);
	await expect(publishing).rejects.not.toThrow(keys.privateKey.slice(40, 100));
});

test.each([
	['one key', { webhookPublicKey: keys.publicKey, privateKey: ownKeys.privateKey }],
	['two keys', { webhookPublicKey: keys.publicKey + newKeys.publicKey }],
	['a private key that is locked', { privateKey: rsaKeys('secret').privateKey }],
	['a private key that is none', { privateKey: 'nonsense' }],
	['no private key', { privateKey: '' }],
])('can be published with %s', async (_name, credentials) => {
	expect(await publish({ webhookPublicKey: keys.publicKey, ...credentials })).toBe(true);
});

describe('webhooks that are gathered', () => {
	/** Three at once: the first starts the run, and the others wait for n8n's answer to it. */
	function receiveThree(node: string, parameters: IDataObject = {}) {
		return ['A', 'B', 'C'].map(async (reference, index) => {
			// Signatures that are verified at once can be so in any order.
			if (index > 0) await sleep(100);
			const delivery = deliver(finishedPayout(reference), keys.privateKey);
			return await receive(delivery, { gather: true, ...parameters }, keys.publicKey, node);
		});
	}

	test('start one run, and are answered once n8n has started it', async () => {
		const [first, ...others] = receiveThree('gathered');
		const { items, answer } = await first!;
		expect(items).toEqual(['A', 'B', 'C'].map((reference) => finishedPayoutItem(reference)));
		const isAnswered = jest.fn();
		const answers = Promise.all(others).then((received) => {
			isAnswered();
			return received;
		});
		await sleep(50);
		expect(isAnswered).not.toHaveBeenCalled();
		answer(200);
		for (const { status, items: rest } of await answers) {
			expect(status).toBeUndefined();
			expect(rest).toEqual([]);
		}
	});

	test.each([500, 503, 'hung up'] as const)(
		'are refused, to come again, when the first was answered with %p',
		async (status) => {
			const [first, ...others] = receiveThree(`gathered ${status}`);
			(await first!).answer(status);
			for (const received of await Promise.all(others)) expect(received.status).toBe(503);
		},
	);

	test('wait for no answer to one whose sender had hung up before', async () => {
		const one = (reference: string, destroyed: boolean) => {
			const delivery = deliver(finishedPayout(reference), keys.privateKey);
			const parameters = { gather: true };
			return receive(delivery, parameters, keys.publicKey, 'hung up', 'webhook', destroyed);
		};
		const first = one('A', true);
		await sleep(100);
		const received = await Promise.all([first, one('B', false)]);
		expect(received.map(({ items }) => items)).toEqual(
			['A', 'B'].map((reference) => [finishedPayoutItem(reference)]),
		);
	});

	test('start another run where one has many items, and for what comes later', async () => {
		const sizes: number[] = [];
		const receiveAll = async (...counts: number[]) => {
			const all = counts.map(async (count, place) => {
				await sleep(50 * place);
				const event = finishedPayout('A');
				const [payment = {}] = event.session.payments;
				const payments = Array.from({ length: count }, (_, index) => ({
					...payment,
					id: `po_${index}`,
				}));
				const body = { ...event, session: { ...event.session, payments } };
				const delivery = deliver(body, keys.privateKey);
				const { items, answer } = await receive(delivery, { gather: true }, keys.publicKey, 'many');
				if (items.length > 0) sizes.push(items.length);
				if (items.length > 0) answer(200);
			});
			await Promise.all(all);
		};
		await receiveAll(300, 300, 1);
		await receiveAll(1, 1);
		expect(sizes).toEqual([600, 1, 2]);
	});

	test('wait for no others in the editor, at another trigger, or without the setting', async () => {
		const one = (reference: string, gather: boolean, node: string, mode?: 'manual') => {
			const delivery = deliver(finishedPayout(reference), keys.privateKey);
			return receive(delivery, { gather }, keys.publicKey, node, mode);
		};
		const received = await Promise.all([
			one('A', true, 'editor', 'manual'),
			one('B', true, 'editor', 'manual'),
			one('C', false, 'alone'),
			one('D', false, 'alone'),
			one('E', true, 'one'),
			one('F', true, 'another'),
		]);
		expect(received.map(({ items }) => items)).toEqual(
			['A', 'B', 'C', 'D', 'E', 'F'].map((reference) => [finishedPayoutItem(reference)]),
		);
	});
});
