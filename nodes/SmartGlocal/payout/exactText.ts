import type { Checked } from './checked';
import { readText } from './text';

/** What an expression gives where it found nothing, written as text. */
const LOST_VALUES = /^(?:undefined|null|NaN|-?Infinity|\[object \w+\])$/;

/** The longest session ID that is sent, in characters; `ps_3230` has seven. */
export const MAX_SESSION_ID_CHARACTERS = 128;

/**
 * Reads text that must arrive as it was written, such as a customer's reference. A number is taken
 * when it is whole and no digit of it can have been lost.
 *
 * @param label what messages call the field
 * @returns clean text, empty when there is no value; or what to correct
 */
export function readExactText(value: unknown, label: string): Checked {
	if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) {
		return {
			problem: `${label} arrived as the number ${value} and may have lost digits. Give it as text.`,
		};
	}
	return readText(value, 'reference', label);
}

/**
 * Reads the id of a session. Ids are opaque, old ones are digits only (API reference, section 1).
 *
 * @param value as an expression gives it
 */
export function readSessionId(value: unknown): Checked {
	const read = readExactText(value, "The 'Session ID'");
	if ('problem' in read) return read;
	const id = read.value;
	const advice = 'Map the column that holds it, as in {{ $json.session_id }}.';
	if (id === '') return { problem: `The 'Session ID' is empty. ${advice}` };
	if (LOST_VALUES.test(id)) {
		return { problem: `The 'Session ID' is '${id}': the expression found no session. ${advice}` };
	}
	if (id.length > MAX_SESSION_ID_CHARACTERS) {
		return {
			problem: `The 'Session ID' has ${id.length} characters, but an ID has at most ${MAX_SESSION_ID_CHARACTERS}. ${advice}`,
		};
	}
	if (/[\p{Cc}\s]/u.test(String(value).trim())) {
		return {
			problem: `The 'Session ID' has a space, a line break or a control character in it. ${advice}`,
		};
	}
	return read;
}
