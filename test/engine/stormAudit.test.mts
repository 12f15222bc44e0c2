import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import type { ReceivedRequest } from '../../sandbox/server.mts';
import { auditRun } from '../storm/audit.mts';
import type { AuditedRun } from '../storm/audit.mts';
import { MAX_FREEZE_MS, watchFreezes } from '../storm/freezes.mts';
import { CARD_NUMBERS, CARD_SPELLINGS } from '../storm/hostileRows.mts';
import { findLeaks, keyLines } from '../storm/leaks.mts';
import { makeStormRows } from '../storm/rows.mts';
import { doctoredBooks } from '../support/doctoredStorm.mts';

const [row] = makeStormRows(1, () => 0.5);
if (!row) throw new Error('There is no row.');
const BAD = { ...row, promised: 'refused' } as const;
const HOSTILE = { ...row, promised: 'either' } as const;

const request: ReceivedRequest = {
	number: 1,
	at: '',
	method: 'POST',
	path: '/api/v1/session/init/payout',
	headers: { 'x-partner-idempotency-key': row.key, 'x-partner-sign': 'c2lnbmF0dXJl'.repeat(10) },
	rawBytes: Buffer.alloc(0),
	signatureValid: true,
	status: 200,
	outcome: 'ok',
	rawBody: JSON.stringify({ metadata: row.reference }),
	fault: null,
};
const withKey = (key: string, more: Partial<ReceivedRequest> = {}) => ({
	...request,
	...more,
	headers: { 'x-partner-idempotency-key': key },
});
const contradicted = { ...request, fault: 'contradict' };

const sent: AuditedRun['reported'][number] = {
	item: 0,
	outcome: 'submitted',
	reference: row.reference,
	sessionId: 'ps_1',
	amount: row.amount,
	json: {},
	success: true,
	output: 'success',
};
const ERROR = { message: 'm', outcome: 'unknown', code: 'c', advice: 'a' };
const failed: AuditedRun['reported'][number] = {
	item: 0,
	outcome: 'unknown',
	reference: row.reference,
	json: { ...row.json, error: ERROR },
	success: false,
	output: 'error',
};
const withError = (error: unknown, more: IDataObject = {}) => ({
	reported: [{ ...failed, json: { ...row.json, ...more, error } as IDataObject }],
});

const PLAN: AuditedRun['plan'] = {
	way: 'columns',
	onError: 'continueErrorOutput',
	retryOnFail: false,
	withBadRows: true,
	options: {},
};
const STOPPING = { ...PLAN, onError: 'stopWorkflow' } as const;
const WITH_SETTING = { ...PLAN, setting: { name: 'dryRun "true"' } };
const good: AuditedRun = {
	plan: PLAN,
	rows: [row],
	reported: [sent],
	stopped: false,
	acceptedBefore: new Map(),
	requests: [request],
	shown: { node: [{ json: { reference: row.reference } }] },
	secrets: { cardNumbers: CARD_NUMBERS, texts: ['passphrase of storm 1'] },
	longestFreezeMs: MAX_FREEZE_MS,
};
const books = doctoredBooks([row]);
const audit = (change: Partial<AuditedRun>) => auditRun({ ...good, ...change }, books).join('\n');

test.each<[string, Partial<AuditedRun>]>([
	['a good row that was sent', {}],
	['a row of which nothing is known', { reported: [failed] }],
	['a contradiction that is reported as unknown', { reported: [failed], requests: [contradicted] }],
	[
		'a contradiction that the status of the session has cleared up',
		{ plan: { ...PLAN, options: { sessionFirst: true } }, requests: [contradicted] },
	],
	[
		'a run that cannot be used and stops',
		{
			plan: { ...WITH_SETTING, onError: 'stopWorkflow' },
			rows: [BAD],
			reported: [],
			stopped: true,
			requests: [],
		},
	],
	['a header that comes out masked', withError(ERROR, { 'card ****4242': 'x' })],
	['a row that is repeated in its error', withError({ ...ERROR, row: row.json })],
])('the audit of a run accepts %s', (_name, change) => {
	expect(audit(change)).toBe('');
});

test.each<[string, Partial<AuditedRun>, RegExp]>([
	['a row without an outcome', { reported: [] }, /1 rows should have one outcome each, 0 came/],
	['another outcome', { reported: [{ ...sent, outcome: 'paid' }] }, /no such outcome/],
	['an outcome of another row', { reported: [{ ...sent, reference: 'A' }] }, /outcome names 'A'/],
	['another session', { reported: [{ ...sent, sessionId: 'ps_2' }] }, /ps_2 is not its session/],
	['another amount', { reported: [{ ...sent, amount: 1 }] }, /the amount is wrong/],
	['an error in a success', { reported: [{ ...sent, json: { error: 'x' } }] }, /has a key error/],
	[
		'a refusal of a row that was paid',
		{ reported: [{ ...failed, outcome: 'rejected' }] },
		/\(rejected\): it was sent/,
	],
	[
		'a row that was paid and is said to have stayed here',
		{ reported: [{ ...failed, outcome: 'not_sent' }], rows: [HOSTILE] },
		/\(not_sent\): it was sent/,
	],
	[
		'a row that the first try has paid and the second one says was refused',
		{ plan: { ...PLAN, retryOnFail: true }, reported: [{ ...failed, outcome: 'rejected' }] },
		/\(rejected\): it was sent/,
	],
	['a bad row with another outcome', { rows: [BAD] }, /a bad row can only be not_sent/],
	['a bad row that was sent', { rows: [BAD], reported: [failed] }, /No good row has the key/],
	['a key that is not the row’s', { requests: [withKey('A')] }, /No good row has the key 'A'/],
	['a key where none belongs', { requests: [withKey('A', { path: '/x' })] }, /sent to \/x/],
	[
		'a reference with the key of another row',
		{ requests: [{ ...request, rawBody: '{"metadata":"A"}' }] },
		/'A' was sent with the key/,
	],
	['a wrong signature', { requests: [{ ...request, signatureValid: false }] }, /wrong signature/],
	['success after a contradiction', { requests: [contradicted] }, /contradicted its order/],
	['a request in a refused setting', { plan: WITH_SETTING, rows: [BAD] }, /cannot be used sent 1/],
	[
		'a run of bad rows that does not stop',
		{ plan: STOPPING, rows: [BAD], requests: [] },
		/did not stop/,
	],
	[
		'a run that stops at a bad row and sends',
		{ plan: STOPPING, rows: [BAD], stopped: true },
		/stops at bad rows sent 1/,
	],
	['an error that is a text', withError('x'), /its error is not an object/],
	['an error without advice', withError({ ...ERROR, advice: undefined }), /has no advice/],
	['a key beside the error', withError(ERROR, { details: 'x' }), /has details beside the error/],
	['a row that is lost', withError(ERROR, { note: 'x' }), /columns of the row are lost/],
	[
		'a failed row on the success output',
		{ reported: [{ ...failed, output: 'success' }] },
		/came out of the success output/,
	],
	['a card number', { shown: [{ json: { x: CARD_NUMBERS[0] } }] }, /card number that ends in 4242/],
	['a passphrase', { shown: 'the passphrase of storm 1 is wrong' }, /The secret 'passph…'/],
	['a signature', { shown: `sign ${'c2lnbmF0dXJl'.repeat(10)}` }, /The secret 'c2lnbm…'/],
	['a freeze', { longestFreezeMs: MAX_FREEZE_MS + 1 }, /Nothing else could run for 2001 ms/],
])('the audit of a run sees %s', (_name, change, sentence) => {
	expect(audit(change)).toMatch(sentence);
});

describe('leaks', () => {
	const [number] = CARD_NUMBERS;
	const secrets = { cardNumbers: CARD_NUMBERS, texts: [] };
	const error = Object.assign(new Error('m'), { description: '', context: {} });

	test.each(CARD_SPELLINGS.map((spell) => [spell(number)]))('sees a card number as %s', (spelt) => {
		const shown: unknown[] = [
			{ json: { name: `Ana ${spelt}` } },
			{ json: { body: JSON.stringify({ a: [spelt] }) } },
			{ json: { [spelt]: 'x' } },
			{ error: { ...error, cause: new Error(spelt) } },
			{ hints: [{ message: spelt }] },
		];
		for (const value of shown) {
			expect(findLeaks(value, secrets)).toEqual([
				expect.stringMatching(/^The card number that ends in 4242 is shown in [^.]/),
			]);
		}
	});

	test('sees a card number that is a number, and names the place', () => {
		const reference = Number(number);
		expect(findLeaks({ error: { context: { rows: [{ reference }] } } }, secrets)).toEqual([
			'The card number that ends in 4242 is shown in error.context.rows.0.reference.',
		]);
	});

	test('sees no card number in its last digits, in other numbers, or across texts', () => {
		const shown = { a: '****4242', b: number.slice(0, 8), c: number.slice(8), d: 4242, e: [error] };
		expect(findLeaks(shown, secrets)).toEqual([]);
	});

	test('knows a key by each of its lines', () => {
		const pem = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n${'B'.repeat(64)}\n-----END PRIVATE KEY-----\n`;
		expect(keyLines(pem)).toEqual(['A'.repeat(64), 'B'.repeat(64)]);
	});
});

describe('freezes', () => {
	test('are measured to the end of the run', () => {
		const stop = watchFreezes();
		const before = process.cpuUsage();
		while (process.cpuUsage(before).user < 300_000);
		expect(stop()).toBeGreaterThan(100);
	});

	test('are neither waiting nor the work of other processes', async () => {
		const stop = watchFreezes();
		await sleep(50);
		// Like a process that gets no processor: time passes, but nothing is computed.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
		expect(stop()).toBeLessThan(250);
	});
});
