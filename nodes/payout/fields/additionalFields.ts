import type { ReportProblem } from '../validationError';
import type { JsonObject } from '../json/jsonObject';
import { readJson } from '../json/readJson';
import { MAX_CHARACTERS, readText } from '../text/readText';

/** The customer in the user's own system, not checked yet. */
export interface PayoutCustomer {
	reference?: unknown;
	email?: unknown;
	phone?: unknown;
}

/** Checks the customer and builds the part of the request body; undefined when there is none. */
export function buildCustomer(
	{ reference, email, phone }: PayoutCustomer,
	report: ReportProblem,
): JsonObject | undefined {
	const read = (value: unknown, name: string) => {
		const text = readText(value, 'reference', `The 'Customer ${name}'`);
		if ('value' in text) return text.value;
		report(`customer_${name.toLowerCase()}`, text.problem);
		return undefined;
	};
	const ownReference = read(reference, 'Reference');
	const contacts = [{ email: read(email, 'Email') }, { phone: read(phone, 'Phone') }].filter(
		(contact) => Object.values(contact).some(Boolean),
	);
	if (ownReference === '' && contacts.length > 0) {
		report(
			'customer_reference',
			"A customer's email or phone can only be sent with a 'Customer Reference'. Add it under 'Additional Fields'.",
		);
	}
	if (!ownReference) return undefined;
	return { reference: ownReference, ...(contacts.length > 0 && { contacts }) };
}

/**
 * Reads metadata, which may be any JSON value (/docs/reference/objects): text that is JSON is sent as
 * JSON.
 *
 * @returns undefined when there is none
 */
export function readMetadata(metadata: unknown, report: ReportProblem): unknown {
	const text = typeof metadata === 'string' ? metadata.trim() : undefined;
	if (text === '' || metadata === undefined || metadata === null) return undefined;
	if (text !== undefined && !/^[[{]/.test(text)) {
		if (text.length <= MAX_CHARACTERS.text) return text;
		report(
			'metadata',
			`The 'Metadata' has ${text.length} characters, but at most ${MAX_CHARACTERS.text} can be sent. Shorten it.`,
		);
		return undefined;
	}
	const read = readJson(text ?? metadata, { label: "The 'Metadata'" });
	if ('problem' in read) {
		report('metadata', read.problem);
	} else if (read.value === undefined) {
		report(
			'metadata',
			"The 'Metadata' begins like JSON but is not. Correct it, or begin it with another character to send it as text.",
		);
	} else {
		return read.value;
	}
	return undefined;
}
