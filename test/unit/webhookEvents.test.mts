import type { IDataObject } from 'n8n-workflow';
import { readWebhook } from '../../nodes/api/sessions';
import type { Webhook } from '../../nodes/api/sessions';
import { EVENTS, nameEvent, toWebhookItems } from '../../nodes/SmartGlocalTrigger/events';

const PAYOUT_LISTS = ['payments', 'payout_list'] as const;
const INCOMING_LISTS = ['acquiring_payments', 'payment_list'] as const;

function webhook(type: string, session: IDataObject = {}): Webhook {
	return { type, session: { id: 'ps_1', status: 'accepted', ...session } };
}

describe('a body', () => {
	test('of a webhook is read', () => {
		expect(readWebhook({ type: 'a', session: { id: 'b' }, more: 1 })).toEqual({
			type: 'a',
			session: { id: 'b' },
		});
	});

	test('of anything else is none', () => {
		const others = [null, 1, 'text', [], {}, { type: 'a' }, { session: {} }];
		const broken = [[], 'x', null, 5].map((session) => ({ type: 'a', session }));
		const untyped = [[], null, 5, {}].map((type) => ({ type, session: {} }));
		for (const body of [undefined, ...others, ...broken, ...untyped]) {
			expect(readWebhook(body)).toBeUndefined();
		}
	});
});

describe('the name of an event', () => {
	const types = ['ready_to_confirm', 'payment_finished', 'payment_refunded', 'brand_new'];

	test.each(PAYOUT_LISTS.flatMap((list) => types.map((type) => ({ list, type }))))(
		'is $type for a payout in $list',
		({ list, type }) => {
			expect(nameEvent(webhook(type, { [list]: [{ id: 'po_1' }] }))).toBe(type);
			const both = { [list]: [{ id: 'po_1' }], payment_list: [{ id: 'pm_1' }] };
			expect(nameEvent(webhook(type, both))).toBe(type);
		},
	);

	test.each(INCOMING_LISTS)('tells an incoming payment in %s from a payout', (list) => {
		const named = (type: string) => nameEvent(webhook(type, { [list]: [{ id: 'pm_1' }] }));
		expect(named('payment_finished')).toBe('incoming_payment_finished');
		expect(named('payment_refunded')).toBe('incoming_payment_refunded');
		for (const type of ['ready_to_capture', 'action_required', 'brand_new']) {
			expect(named(type)).toBe(type);
		}
	});

	test('is the type where no list says what it is about', () => {
		for (const session of [{}, { payments: [] }, { payments: [], payment_list: [] }]) {
			for (const type of types) expect(nameEvent(webhook(type, session))).toBe(type);
		}
		expect(nameEvent(webhook('payment_finished', { payments: 'x', payment_list: 'y' }))).toBe(
			'payment_finished',
		);
	});

	test('can be chosen in the node for every type of the API reference', () => {
		const chosen = Object.keys(EVENTS);
		for (const type of ['action_required', 'ready_to_capture', ...types.slice(0, 3)]) {
			expect(chosen).toContain(type);
			expect(chosen).toContain(nameEvent(webhook(type, { payment_list: [{}] })));
		}
	});
});

describe('items', () => {
	test('show no card number, however the webhook is written, and every id as it is', () => {
		const id = '4242424242424242';
		const given = webhook('payment_finished', {
			id,
			payments: [
				{
					id,
					status: 'failed',
					error: { code: 'x', description: 'Card 4000 0566 5566 5556 is blocked' },
					payment_method: { type: 'card', card: { bank_card: { number: '4000056655665556' } } },
				},
			],
		});
		for (const simplify of [true, false]) {
			const text = JSON.stringify(toWebhookItems(given, simplify));
			expect(text.replace(/\D/g, '')).not.toContain('400005665566');
			expect(text).toContain(`"${id}"`);
		}
	});

	test('are one for each payout, else for each incoming payment, else one', () => {
		const count = (session: IDataObject) =>
			toWebhookItems(webhook('payment_finished', session), true).length;
		expect(count({ payments: [{ id: '1' }, { id: '2' }], payment_list: [{ id: '3' }] })).toBe(2);
		expect(count({ acquiring_payments: [{ id: '1' }, { id: '2' }, { id: '3' }] })).toBe(3);
		expect(count({})).toBe(1);
		expect(count({ payments: [] })).toBe(1);
	});
});
