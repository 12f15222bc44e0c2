import type { Checked } from '../checked';
import { checkField, kindOfField } from '../fields/checkField';
import type { FieldId } from '../fields/fields';
import { findBodyRequirements, PARTS_OF_TEXT } from './jsonFields';
import { KNOWN_PLACES } from './jsonNames';
import type { Place, ReportAt } from './jsonNames';
import type { JsonObject } from './jsonObject';
import { listTemplateTexts } from './jsonTemplate';
import { showPath } from './readJson';
import type { JsonPath } from './readJson';
import type { Requirements } from '../destinations/requirements';
import { isProse } from '../text/suspectText';
import type { TextKind } from '../text/suspectText';
import { readText } from '../text/readText';

/** Gives what an expression of n8n, such as `{{ $json.iban }}`, comes to for a row. */
export type Evaluate = (expression: string) => unknown;

/**
 * Checks the values that the expressions in a body's texts give, by their types, as the form does. In
 * the text that n8n makes of them, a number has lost the zeros in front, and a list looks like one
 * value.
 *
 * @param body what came out, in which nothing else is wrong
 * @param template the body as the user wrote it
 */
export function checkExpressions(
	body: JsonObject,
	template: unknown,
	evaluate: Evaluate,
	report: ReportAt,
) {
	const requirements = findBodyRequirements(body);
	for (const { path, expressions, isWhole } of listTemplateTexts(template)) {
		const check = isWhole ? findCheck(path, requirements) : findPartCheck(path, requirements);
		if (!check) continue;
		for (const expression of expressions) {
			const value = evaluate(expression);
			// A text is in the body as it is, and was checked there.
			const checked = typeof value === 'string' ? { value } : check(value);
			if ('problem' in checked) report(path, () => checked.problem);
		}
	}
}

type Check = (value: unknown) => Checked;

/** The check for an expression that gives all of a text; undefined where nothing can go wrong. */
function findCheck(path: JsonPath, requirements: Requirements | undefined): Check | undefined {
	const id = findField(path);
	if (id !== undefined) return (value) => checkField(id, value, requirements);
	const kind = kindOfPlace(path);
	return kind && ((value) => readText(value, kind, `The field '${showPath(path)}'`));
}

/** The check for one of several parts: in an account or a code, each digit must be certain. */
function findPartCheck(path: JsonPath, requirements: Requirements | undefined): Check | undefined {
	const id = findField(path);
	const kind = id === undefined ? kindOfPlace(path) : kindOfField(id, requirements);
	if (kind === undefined || kind === 'reference' || isProse(kind)) return undefined;
	return (value) =>
		Number.isSafeInteger(value)
			? { value: '' }
			: readText(value, kind, `The field '${showPath(path)}'`);
}

function findField(path: JsonPath): FieldId | undefined {
	const find = (place: Place | undefined, name: string) =>
		typeof place === 'object' ? place.get(name) : undefined;
	const place = path.reduce<Place | undefined>(find, KNOWN_PLACES);
	return typeof place === 'string' && place !== 'value' ? place : undefined;
}

/** What a text is that is none of the fields. */
function kindOfPlace(path: JsonPath): TextKind | undefined {
	const [part = '', name] = path;
	if (PARTS_OF_TEXT.includes(part)) return 'identifier';
	const isReference = part === 'metadata' && (name === undefined || name === 'reference');
	return part === 'customer' || isReference ? 'reference' : undefined;
}
