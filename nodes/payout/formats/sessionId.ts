import type { Checked } from '../validationError';
import { readText } from '../text/readText';

/** Far more than `ps_3230` has. */
const SESSION_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Reads the id of a session. Ids are opaque, old ones are digits only (API reference, section 1).
 *
 * @param value as an expression gives it
 */
export function readSessionId(value: unknown): Checked {
	const read = readText(value, 'reference', "The 'Session ID'");
	if ('problem' in read || SESSION_ID.test(read.value)) return read;
	const what =
		read.value === '' ? 'empty' : 'not an ID of up to 128 plain characters without spaces';
	return {
		problem: `The 'Session ID' is ${what}. Map the column that holds it, as in {{ $json.session_id }}.`,
	};
}
