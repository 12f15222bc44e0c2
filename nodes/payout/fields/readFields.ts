import { checkAccount } from '../destinations/accounts';
import { COMMON_BANK_ACCOUNT_FIELDS } from '../destinations/corridors';
import { acceptsField, listRequiredFields } from '../destinations/requirements';
import type { Requirements } from '../destinations/requirements';
import type { Columns } from '../headers/matchColumns';
import { toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import type { ReportProblem } from '../validationError';
import { checkField } from './checkField';
import { FIELD_IDS, PAYOUT_FIELDS, SENDER_FIELD_IDS } from './fields';
import type { FieldId } from './fields';

type Values = Columns['values'];
type ReportField = (id: FieldId, message: string) => void;
/** With where the sender comes from, for a message. */
type RowWithSender = { values: Values; source: string };
/** A sender has these, unless its destination requires fewer and it has no others. */
const WHOLE_SENDER = COMMON_BANK_ACCOUNT_FIELDS.filter((id) => id.startsWith('sender_'));

/** Decides which company pays: the row's, else the node's, else the credential's, never a mixture. */
export function addSender(own: Values, node: Values, credential: Values): RowWithSender {
	const isOfNode = Object.keys(node).length > 0;
	const base = isOfNode ? node : credential;
	const read = (id: FieldId, value: unknown) => {
		const checked = checkField(id, value);
		return 'value' in checked ? toUpperAscii(checked.value) : undefined;
	};
	// What cannot be read is reported as such.
	const given = SENDER_FIELD_IDS.filter((id) => read(id, own[id]) !== undefined);
	const isOther = given.some((id) => !['', read(id, base[id])].includes(read(id, own[id])));
	if (isOther) return { values: own, source: "the row's columns that begin with 'sender_'" };
	const repeated = Object.fromEntries(given.map((id) => [id, base[id]]));
	const source = isOfNode ? "'Sender' in the node" : 'the credential';
	return { values: { ...base, ...own, ...repeated }, source };
}

/** Reads a row's account, recipient and sender, in the API's form, and reports what is missing or wrong. */
export function readFields(
	{ values, source }: RowWithSender,
	requirements: Requirements,
	amountCurrency: string,
	report: ReportProblem,
) {
	const own = { ...requirements.fixed, ...values };
	// A payout to a card has no purpose of remittance, but a sheet that also pays accounts does.
	if (requirements.method === 'card') delete own.description;
	const refused = new Set<FieldId>();
	const fields = checkFields(own, requirements, (id, message) => {
		refused.add(id);
		report(id, message);
	});
	if (requirements.omitsCountry) {
		fields.delete('recipient_country_iso3');
		fields.delete('recipient_currency');
	}

	const has = (id: FieldId) => fields.has(id) || refused.has(id);
	const senderCountry = fields.get('sender_country_iso3');
	const required = listRequiredFields(requirements, senderCountry, amountCurrency);
	const isWhole = SENDER_FIELD_IDS.some((id) => has(id) && !required.includes(id));
	const needed = new Set(isWhole ? [...required, ...WHOLE_SENDER] : required);
	const missing = [...needed].filter((id) => !has(id));
	for (const id of missing.filter((field) => !SENDER_FIELD_IDS.includes(field))) {
		const { label } = PAYOUT_FIELDS[id];
		report(id, `${label} is missing. Fill in the column '${id}'.`, { reason: `missing ${label}` });
	}
	const ofSender = missing.filter((id) => SENDER_FIELD_IDS.includes(id));
	const [first, ...otherFields] = ofSender;
	if (first !== undefined) {
		const labels = ofSender.map((id) => PAYOUT_FIELDS[id].label).join(', ');
		const message = `${labels} ${otherFields.length > 0 ? 'are' : 'is'} missing. The sender is taken as a whole from ${source}: add what is missing there, or name the whole company in another place, which can be the row, 'Sender' or the credential.`;
		report(first, message, { reason: 'missing sender details', otherFields });
	}
	const isOfAccount = (id: FieldId) => has(id) && acceptsField(requirements, id);
	const account = checkAccount(isOfAccount, requirements);
	if (account) report(account.field, account.message, { reason: 'unclear account' });
	return fields;
}

/** Checks the fields that have a value, and gives the right ones in the form the API expects. */
export function checkFields(values: Values, requirements: Requirements, report: ReportField) {
	const fields = new Map<FieldId, string>();
	for (const id of FIELD_IDS) {
		const { label, check } = PAYOUT_FIELDS[id];
		const checked = checkField(id, values[id], requirements);
		if ('value' in checked && checked.value === '') continue;
		const fixed = requirements.fixed[id];
		let problem: string | undefined;
		if (!acceptsField(requirements, id)) {
			problem = `${label} cannot be used for this destination. Remove it from the row, or correct the destination.`;
		} else if ('problem' in checked) {
			problem = checked.problem;
		} else if (fixed !== undefined && checked.value !== fixed) {
			problem = `${label} is '${showValue(checked.value)}', but this destination requires '${fixed}'. Correct the row or its destination.`;
		} else {
			// The API has codes of currencies in lower case (API reference, section 5).
			fields.set(id, check === 'currency' ? checked.value.toLowerCase() : checked.value);
		}
		if (problem !== undefined) report(id, problem);
	}
	return fields;
}
