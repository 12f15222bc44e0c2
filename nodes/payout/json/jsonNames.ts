import { cleanText, normalize } from '../text/characters';
import { FIELD_IDS, PAYOUT_FIELDS, ROW_FIELD_IDS } from '../fields/fields';
import type { FieldId } from '../fields/fields';
import { isObject } from './jsonObject';
import type { JsonObject } from './jsonObject';
import type { JsonPath } from './readJson';

/**
 * Records one thing that is wrong with a request body.
 *
 * @param describe makes complete sentences; its argument is the path as a message shows it
 */
export type ReportAt = (path: JsonPath, describe: (shown: string) => string) => void;

/** A place in a request body: an object, by its names; a field of the table; or another value. */
export type Place = ReadonlyMap<string, Place> | FieldId | 'value';

/** The places that this package knows, in the names of both versions (API reference, section 5). */
export const KNOWN_PLACES = buildPlaces();

function buildPlaces(): ReadonlyMap<string, Place> {
	type Places = Map<string, Place>;
	const root: Places = new Map();
	const add = (path: string, place: Place) => {
		const names = path.split('.');
		const last = names.pop() ?? '';
		let places = root;
		for (const name of names) {
			const next = places.get(name) ?? new Map<string, Place>();
			places.set(name, next);
			places = next as Places;
		}
		places.set(last, place);
	};
	for (const path of [
		'payment_method.type',
		'payment_method.bank_account.system_type',
		'payment_method.card.type',
		'amount_details.amount',
		'amount_details.currency',
		'session_id',
		'customer',
		'metadata',
	]) {
		add(path, 'value');
	}
	for (const id of FIELD_IDS) add(PAYOUT_FIELDS[id].path, id);
	return root.set('payout_details', root.get('payment_method') ?? 'value');
}

/** The objects of an order, each of which has one place. */
const OBJECT_NAMES = new Set([
	'payment_method',
	'payout_details',
	'amount_details',
	'participant_details',
	'recipient',
	'sender',
]);

/** Names of text that says which account or country is paid. */
const ACCOUNT_NAMES = new Set<string>([
	'country_iso3',
	'number_hash',
	...ROW_FIELD_IDS.filter(
		(id) => id !== 'description' && PAYOUT_FIELDS[id].path.endsWith(`.global.${id}`),
	),
]);

/**
 * Reports names that hide what is paid: a name of an order in a second place, such as another account
 * among the metadata, or one that is spelled otherwise, which a server could read as the same.
 */
export function reportNames(body: JsonObject, report: ReportAt) {
	visitNames(body, KNOWN_PLACES, [], report);
}

function visitNames(value: unknown, place: Place | undefined, path: JsonPath, report: ReportAt) {
	if (typeof value !== 'object' || value === null) return;
	const known = typeof place === 'object' ? place : new Map<string, Place>();
	for (const [name, part] of Object.entries(value)) {
		const inner = [...path, name];
		const at = known.get(name);
		const meant = at ? name : foldName(name);
		if (meant !== name && known.has(meant)) {
			report(
				inner,
				(shown) =>
					`The request body has the name '${shown}', which could be taken for '${meant}'. Write '${meant}', or remove it.`,
			);
		} else if (!at && isMisplaced(name, part)) {
			report(
				inner,
				(shown) =>
					`The request body has '${shown}', but '${name}' belongs elsewhere in a payout. Remove it there, or give it another name.`,
			);
		}
		visitNames(part, at, inner, report);
	}
}

function isMisplaced(name: string, value: unknown): boolean {
	return (isObject(value) ? OBJECT_NAMES : ACCOUNT_NAMES).has(name);
}

/** One form for names that a lenient server could read as the same; known names are in this form. */
function foldName(name: string): string {
	return normalize(cleanText(name), 'NFKC').toLowerCase();
}
