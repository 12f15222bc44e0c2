import type { Forged, Forger, Genuine } from './forgery.mts';

const mebibyte = 1024 * 1024;

function signed(write: (text: string) => string | Buffer, headers?: Forged['headers']): Forger {
	return async ({ body, signer }: Genuine) => {
		const bytes = Buffer.from(write(body.toString('utf8')));
		return { bytes, signature: (await signer.sign(bytes)).toString('base64'), headers };
	};
}

function signedType(contentType: string | null): Forger {
	return signed((text) => text, { 'Content-Type': contentType });
}

const padding = (length: number) => 'x'.repeat(length);

/** Properly signed, but not a webhook that anybody could read, or not sent as one. */
export const brokenBodies = {
	empty_body: signed(() => ''),
	malformed_json: signed((text) => text.slice(0, -2)),
	not_json: signed(() => 'This is not JSON.'),
	html_page: signed(() => '<html><body>502 Bad Gateway</body></html>', {
		'Content-Type': 'text/html',
	}),
	invalid_utf8: signed((text) =>
		Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe])]),
	),
	form_body: signed((text) => `payload=${encodeURIComponent(text)}`, {
		'Content-Type': 'application/x-www-form-urlencoded',
	}),
	text_content_type: signedType('text/plain'),
	xml_content_type: signedType('application/xml'),
	no_content_type: signedType(null),
	unknown_content_encoding: signed((text) => text, { 'Content-Encoding': 'unknown' }),
	gzip_in_name_only: signed((text) => text, { 'Content-Encoding': 'gzip' }),
	huge_body: signed((text) => text.replace(/\}$/, `,"padding":"${padding(4 * mebibyte)}"}`)),
	over_the_limit: signed((text) => text.replace(/\}$/, `,"padding":"${padding(17 * mebibyte)}"}`)),
	deep_json: signed(() => '['.repeat(100_000) + ']'.repeat(100_000)),
	json_list: signed((text) => `[${text}]`),
	json_null: signed(() => 'null'),
	json_text: signed(() => '"payment_finished"'),
	json_number: signed(() => '42'),
	no_type: signed((text) => text.replace(/"type":"\w*",/, '')),
	type_not_text: signed((text) => text.replace(/"type":"\w*"/, '"type":["payment_finished"]')),
	no_session: signed(() => '{"type":"payment_finished"}'),
	session_not_object: signed(() => '{"type":"payment_finished","session":"ps_1"}'),
} as const satisfies Record<string, Forger>;
