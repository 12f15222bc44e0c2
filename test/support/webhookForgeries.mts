import { gzipSync } from 'node:zlib';
import { FORGED_SIGNATURES } from './forgedSignatures.mts';
import type { Forge, NamedForge } from './forgedSignatures.mts';
import { deliver } from './webhookDelivery.mts';

const MEGABYTE = 1_000_000;

/** Changes the body and keeps the signature of the good one. */
const bytes =
	(change: (body: Buffer) => Buffer | string, headers: Record<string, string> = {}): Forge =>
	(good) => ({
		headers: { ...good.headers, ...headers },
		body: Buffer.from(change(good.body)),
	});
const text = (change: (json: string) => string) => bytes((body) => change(body.toString()));
const json = (change: (event: Record<string, unknown>) => unknown, indent?: number) =>
	text((body) => JSON.stringify(change(JSON.parse(body)), null, indent));

/** Changes the body and signs it properly. A content type that is null is left out. */
const signed =
	(
		change: (body: Buffer) => Buffer | string,
		contentType: string | null = 'application/json',
		headers: Record<string, string> = {},
	): Forge =>
	(good, privateKey) => {
		const delivery = deliver(Buffer.from(change(good.body)), privateKey);
		Object.assign(delivery.headers, { 'content-type': contentType }, headers);
		if (contentType === null) delete delivery.headers['content-type'];
		return delivery;
	};

const same = (body: Buffer) => body;
const padded = (length: number) => (body: Buffer) =>
	body.toString().replace('{', `{"x":"${'x'.repeat(length)}",`);

function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).reverse();
	return Object.fromEntries(entries.map(([name, part]) => [name, reversed(part)]));
}

function flipBit(body: Buffer, index: number): Buffer {
	const flipped = Buffer.from(body);
	flipped[index] = (flipped[index] ?? 0) ^ 1;
	return flipped;
}

/** Bodies that were changed after they had been signed. */
const CHANGED_BODIES: readonly NamedForge[] = [
	['one digit of the amount changed', text((body) => body.replace('10050', '90050'))],
	['a zero added to the amount', text((body) => body.replace('10050', '100500'))],
	['failed changed to succeeded', text((body) => body.replace('"failed"', '"succeeded"'))],
	['another session', text((body) => body.replace('ps_', 'ps_9'))],
	['another payout', text((body) => body.replace('po_1', 'po_2'))],
	['another type', text((body) => body.replace('payment_finished', 'ready_to_confirm'))],
	['one bit of the body changed', bytes((body) => flipBit(body, 10))],
	['a space before the body', text((body) => ` ${body}`)],
	['a space at the end of the body', text((body) => `${body} `)],
	['a line break at the end of the body', text((body) => `${body}\n`)],
	['a byte order mark before the body', text((body) => `\ufeff${body}`)],
	['the JSON laid out again', json((event) => event, 2)],
	[
		'the keys of the JSON in another order',
		json((event) => Object.fromEntries(Object.entries(event).reverse())),
	],
	['the keys of all objects in another order', json(reversed)],
	[
		'slashes and a letter escaped in the JSON',
		text((body) => body.replace(/\//g, '\\/').replace('"type"', '"typ\\u0065"')),
	],
	['underscores escaped in the JSON', text((body) => body.replaceAll('_', '\\u005f'))],
	['a key added', text((body) => body.replace('{', '{"x":1,'))],
	['the type removed', json(({ session }) => ({ session }))],
	['a second type at the start', text((body) => body.replace('{', '{"type":"payment_finished",'))],
	['a second type at the end', text((body) => body.replace(/\}$/, ',"type":"payment_finished"}'))],
	['the body in a list', text((body) => `[${body}]`)],
	['the body twice', text((body) => body + body)],
	['a body without its last byte', bytes((body) => body.subarray(0, -1))],
	['half of the body', bytes((body) => body.subarray(0, body.length / 2))],
	['an empty body', bytes(() => '')],
	[
		'the body in UTF-16',
		bytes((body) => Buffer.from(body.toString(), 'utf16le'), {
			'content-type': 'application/json; charset=utf-16le',
		}),
	],
	['several megabytes', bytes(padded(3 * MEGABYTE))],
];

/** Properly signed, but nothing that can be read as a webhook. */
const UNREADABLE_BODIES: readonly NamedForge[] = [
	['an empty body, signed', signed(() => '')],
	['JSON that is cut off, signed', signed((body) => body.subarray(0, -1))],
	['text that is not JSON, signed', signed(() => 'payment_finished')],
	[
		'bytes that are not UTF-8, signed',
		signed((body) => Buffer.concat([body, Buffer.of(0xff, 0xfe)])),
	],
	[
		'a form instead of JSON, signed',
		signed(() => 'type=payment_finished', 'application/x-www-form-urlencoded'),
	],
	['an HTML page, signed', signed(() => '<html><body>502 Bad Gateway</body></html>', 'text/html')],
	['JSON called text, signed', signed(same, 'text/plain')],
	['JSON called XML, signed', signed(same, 'application/xml')],
	['JSON without a content type, signed', signed(same, null)],
	['several megabytes, signed', signed(padded(3 * MEGABYTE))],
	[
		'compressed before it was signed',
		signed((body) => gzipSync(body), 'application/json', { 'content-encoding': 'gzip' }),
	],
];

/** Deliveries that are not what Smart Glocal sent: each must be refused and start nothing. */
export const FORGERIES: readonly NamedForge[] = [
	...FORGED_SIGNATURES,
	...CHANGED_BODIES,
	...UNREADABLE_BODIES,
];

/** Properly signed, but n8n itself fails to read them (HTTP 500, n8n 2.41) before the trigger does. */
export const UNREADABLE_FOR_N8N: readonly NamedForge[] = [
	['more megabytes than n8n reads', signed(padded(17 * MEGABYTE))],
	['gzip in name only', signed((body) => body, 'application/json', { 'content-encoding': 'gzip' })],
];

/** JSON that is no event of a payout. Signed properly, it is acknowledged and starts nothing. */
export const NON_EVENTS: ReadonlyArray<readonly [name: string, body: string]> = [
	['null', 'null'],
	['a number', '42'],
	['a text', '"payment_finished"'],
	['an empty list', '[]'],
	['an event in a list', '[{"type":"payment_finished","session":{"id":"ps_1"}}]'],
	['a very deep list', '['.repeat(100_000) + ']'.repeat(100_000)],
	['no type', '{"session":{"id":"ps_1"}}'],
	['a type that is a list', '{"type":["payment_finished"],"session":{"id":"ps_1"}}'],
	['no session', '{"type":"payment_finished"}'],
	['a session that is a text', '{"type":"payment_finished","session":"ps_1"}'],
	['an unknown type', '{"type":"brand_new","session":{"id":"ps_1"}}'],
];
