import { gzipSync } from 'node:zlib';
import type { Forger } from './forgery.mts';

function changed(change: (text: string) => string): Forger {
	return ({ body }) => {
		const text = body.toString('utf8');
		const after = change(text);
		// A body that has no such place is changed all the same: nothing here must be genuine.
		return { bytes: Buffer.from(after === text ? `${text} ` : after) };
	};
}

function parsed(change: (json: unknown) => unknown, space?: number): Forger {
	return changed((text) => {
		try {
			return JSON.stringify(change(JSON.parse(text)), null, space);
		} catch {
			return `${text} `;
		}
	});
}

function backward(json: unknown): unknown {
	if (Array.isArray(json)) return json.map(backward);
	if (typeof json !== 'object' || json === null) return json;
	return Object.fromEntries(
		Object.entries(json)
			.reverse()
			.map(([name, value]) => [name, backward(value)]),
	);
}

function without(json: object, property: string): unknown {
	return Object.fromEntries(Object.entries(json).filter(([name]) => name !== property));
}

const paid = '"status":"succeeded"';

/** Bodies that were changed after they had been signed. All but the last five are still JSON. */
export const forgedBodies = {
	altered_byte: changed((text) =>
		text.replace(/"id":"(.*?)(.)"/, (_all, start: string, last: string) => {
			return `"id":"${start}${last === '7' ? '8' : '7'}"`;
		}),
	),
	raised_amount: changed((text) => text.replace(/"amount":(\d+)/, '"amount":$10')),
	changed_status: changed((text) =>
		text.includes(paid)
			? text.replace(paid, '"status":"failed"')
			: text.replace(/"status":"\w+"/g, paid),
	),
	changed_type: changed((text) => text.replace(/"type":"\w+"/, '"type":"ready_to_cancel"')),
	added_field: parsed((json) => ({ ...(json as object), forged: true })),
	removed_field: parsed((json) => without(json as object, 'type')),
	repeated_field: changed((text) => text.replace(/\}$/, ',"type":"payment_finished"}')),
	reordered_json: parsed(backward),
	indented_json: parsed((json) => json, 2),
	escaped_json: changed((text) => text.replaceAll('_', String.raw`\u005f`)),
	space_before_body: changed((text) => ` ${text}`),
	line_after_body: changed((text) => `${text}\n`),
	body_in_a_list: changed((text) => `[${text}]`),
	compressed_before_signing: async ({ body, signer }) => {
		const bytes = gzipSync(body);
		return {
			bytes,
			signature: (await signer.sign(bytes)).toString('base64'),
			headers: { 'Content-Encoding': 'gzip' },
		};
	},
	byte_order_mark: ({ body }) => ({
		bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
	}),
	utf16_body: ({ body }) => ({
		bytes: Buffer.from(body.toString('utf8'), 'utf16le'),
		headers: { 'Content-Type': 'application/json; charset=utf-16le' },
	}),
	truncated_body: ({ body }) => ({ bytes: body.subarray(0, body.length / 2) }),
	emptied_body: () => ({ bytes: Buffer.alloc(0) }),
	doubled_body: ({ body }) => ({ bytes: Buffer.concat([body, body]) }),
} as const satisfies Record<string, Forger>;
