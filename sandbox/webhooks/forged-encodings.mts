import type { Forger, Genuine } from './forgery.mts';
import { genuineHeaders } from './signing.mts';

const longButAllowed = 8000;

const base64 = ({ signature }: Genuine) => signature.toString('base64');

function text(write: (signature: string, genuine: Genuine) => string | string[] | null): Forger {
	return (genuine) => ({ signature: write(base64(genuine), genuine) });
}

function bytes(change: (signature: Buffer) => Buffer): Forger {
	return ({ signature }) => ({ signature: change(Buffer.from(signature)).toString('base64') });
}

/** The right signature written or sent in another way than standard base64 in one header. */
export const forgedEncodings = {
	missing_signature: text(() => null),
	empty_signature: text(() => ''),
	null_signature: text(() => 'null'),
	hex_signature: text((_right, { signature }) => signature.toString('hex')),
	base64url_signature: text((_right, { signature }) => signature.toString('base64url')),
	unpadded_signature: text((right) => right.replace(/=+$/, '')),
	spaced_signature: text((right) => right.replace(/.{64}/g, '$& ')),
	doubly_encoded_signature: text((right) => Buffer.from(right).toString('base64')),
	quoted_signature: text((right) => `"${right}"`),
	labelled_signature: text((right) => `sha256=${right}`),
	lower_case_signature: text((right) => right.toLowerCase()),
	cut_signature: text((right) => right.slice(0, right.length / 2)),
	signature_with_rubbish_after_it: text((right) => `${right}!rubbish`),
	signature_with_rubbish_in_it: text((right) => `${right.slice(0, 99)}!${right.slice(99)}`),
	signature_in_latin_letters: text((right) => `é${right.slice(1)}`),
	signature_twice_in_a_row: text((right) => right + right),
	signature_twice: text((right) => [right, right]),
	right_then_wrong_signature: text((right) => [right, Buffer.alloc(256).toString('base64')]),
	wrong_then_right_signature: text((right) => [Buffer.alloc(256).toString('base64'), right]),
	huge_signature: text((right) => right.padStart(longButAllowed, 'A')),
	signature_under_another_name: (genuine) => ({
		signature: null,
		headers: { 'X-PARTNER-SIGNATURE': base64(genuine) },
	}),
	signature_as_content_type: (genuine) => ({
		signature: null,
		headers: { [genuineHeaders.contentType]: `application/json; sign="${base64(genuine)}"` },
	}),
	truncated_signature: bytes((right) => right.subarray(0, -1)),
	overlong_signature: bytes((right) => Buffer.concat([right, Buffer.alloc(1)])),
	signature_after_a_zero: bytes((right) => Buffer.concat([Buffer.alloc(1), right])),
	backward_signature: bytes((right) => right.reverse()),
	changed_signature: bytes((right) => {
		right[right.length - 1] = (right.at(-1) ?? 0) ^ 1;
		return right;
	}),
	zero_signature: bytes((right) => right.fill(0)),
	one_as_signature: bytes((right) => {
		right.fill(0)[right.length - 1] = 1;
		return right;
	}),
} as const satisfies Record<string, Forger>;
