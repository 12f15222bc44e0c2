import type { JsonObject } from '../json/jsonObject';
import { readJson } from '../json/readJson';
import { isEmpty } from '../text/characters';
import { MAX_CHARACTERS, readText } from '../text/readText';
import type { ReportProblem } from '../validationError';

const LABELS = {
	customerReference: 'Customer Reference',
	customerEmail: 'Customer Email',
	customerPhone: 'Customer Phone',
	metadata: 'Metadata',
} as const;
type Name = keyof typeof LABELS;

const WITHOUT_REFERENCE =
	"A customer's email or phone can only be sent with a 'Customer Reference'. Add it under 'Additional Fields'.";
const METADATA_RULES = {
	label: "The 'Metadata'",
	notJson:
		"The 'Metadata' begins like JSON but is not. Correct it, or begin it with another character to send it as text.",
};

/** The customer in the user's own system, and the metadata: text or JSON. Not checked yet. */
export type AdditionalFields = Readonly<Partial<Record<Name, unknown>>>;

/** Builds the additional fields' parts. An empty one is refused: its expression may have failed. */
export function readAdditionalFields(fields: AdditionalFields, report: ReportProblem) {
	const names = Object.keys(LABELS) as Name[];
	const empty = names.filter((name) => name in fields && isEmpty(fields[name]));
	const advice = "Remove it under 'Additional Fields', or correct its expression.";
	for (const name of empty) report(name, `'${LABELS[name]}' is empty. ${advice}`);
	if (empty.length > 0) return {};
	return {
		customer: buildCustomer(fields, report),
		metadata: 'metadata' in fields ? readMetadata(fields.metadata, report) : undefined,
	};
}

function buildCustomer(fields: AdditionalFields, report: ReportProblem): JsonObject | undefined {
	const read = (name: Name) => {
		const text = readText(fields[name], 'reference', `The '${LABELS[name]}'`);
		if ('value' in text) return text.value;
		report(LABELS[name].toLowerCase().replace(' ', '_'), text.problem);
		return '';
	};
	const reference = read('customerReference');
	const email = read('customerEmail');
	const phone = read('customerPhone');
	const contacts = [...(email ? [{ email }] : []), ...(phone ? [{ phone }] : [])];
	const isNamed = 'customerReference' in fields || contacts.length === 0;
	if (!isNamed) report('customer_reference', WITHOUT_REFERENCE);
	if (reference === '') return undefined;
	return { reference, ...(contacts.length > 0 && { contacts }) };
}

/** Reads metadata: any JSON value, also as text (/docs/reference/objects). Undefined after a report. */
function readMetadata(metadata: unknown, report: ReportProblem): unknown {
	const text = typeof metadata === 'string' ? metadata.trim() : undefined;
	let problem: string;
	if (text !== undefined && !/^[[{]/.test(text)) {
		if (text.length <= MAX_CHARACTERS.text) return text;
		problem = `The 'Metadata' has ${text.length} characters, but at most ${MAX_CHARACTERS.text} can be sent. Shorten it.`;
	} else {
		const read = readJson(text ?? metadata, METADATA_RULES);
		if ('value' in read) return read.value;
		problem = read.problem;
	}
	report('metadata', problem);
	return undefined;
}
