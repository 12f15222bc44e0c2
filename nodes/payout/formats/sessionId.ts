import type { Checked } from '../checked';
import { readText } from '../text/readText';

/** The longest session ID that is sent, in characters; `ps_3230` has seven. */
const MAX_CHARACTERS = 128;

/**
 * Reads the id of a session. Ids are opaque, old ones are digits only (API reference, section 1).
 *
 * @param value as an expression gives it
 */
export function readSessionId(value: unknown): Checked {
	const read = readText(value, 'reference', "The 'Session ID'");
	if ('problem' in read) return read;
	const id = read.value;
	const advice = 'Map the column that holds it, as in {{ $json.session_id }}.';
	if (id === '') return { problem: `The 'Session ID' is empty. ${advice}` };
	if (id.length > MAX_CHARACTERS) {
		return {
			problem: `The 'Session ID' has ${id.length} characters, but an ID has at most ${MAX_CHARACTERS}. ${advice}`,
		};
	}
	if (/[\p{Cc}\s]/u.test(String(value).trim())) {
		return {
			problem: `The 'Session ID' has a space, a line break or a control character in it. ${advice}`,
		};
	}
	return read;
}
