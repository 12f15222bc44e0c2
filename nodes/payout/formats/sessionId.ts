import { readText } from '../text/readText';
import type { Checked } from '../validationError';

/** Reads the id of a session. Ids are opaque, old ones are digits only (API reference, section 1). */
export function readSessionId(value: unknown): Checked {
	const read = readText(value, 'reference', "The 'Session ID'");
	// Far more than `ps_3230` has.
	if ('problem' in read || /^[\x21-\x7e]{1,128}$/.test(read.value)) return read;
	const is = read.value ? 'is not an ID of up to 128 plain characters without spaces' : 'is empty';
	const map = 'Map the column that holds it, as in {{ $json.session_id }}.';
	return { problem: `The 'Session ID' ${is}. ${map}` };
}
