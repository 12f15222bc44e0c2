import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { OPENAPI } from './document.mts';

const MAX_SENTENCES = 5;

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
addFormats.default(ajv);
ajv.addVocabulary(Object.keys(OPENAPI));
ajv.addSchema(OPENAPI, 'openapi');

const compiledSchemas = new Map<string, ValidateFunction>();

function validator(schema: string): ValidateFunction {
	let validate = compiledSchemas.get(schema);
	if (validate === undefined) {
		validate = ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
		compiledSchemas.set(schema, validate);
	}
	return validate;
}

function jsonPath(instancePath: string, property?: string): string {
	const segments = instancePath.split('/').slice(1);
	if (property !== undefined) segments.push(property);
	return segments.join('.') || 'The body';
}

function sentence(error: ErrorObject): string {
	if (error.keyword === 'required') {
		return `${jsonPath(error.instancePath, String(error.params.missingProperty))} is required.`;
	}
	if (error.keyword === 'false schema') {
		return `${jsonPath(error.instancePath)} is not a name of this version of the API.`;
	}
	if (error.keyword === 'enum') {
		const allowed = (error.params.allowedValues as unknown[]).join(', ');
		return `${jsonPath(error.instancePath)} must be one of ${allowed}.`;
	}
	if (error.keyword === 'const') {
		return `${jsonPath(error.instancePath)} must be ${String(error.params.allowedValue)}.`;
	}
	return `${jsonPath(error.instancePath)} ${error.message}.`;
}

/**
 * Validates parsed JSON against a schema of the OpenAPI document.
 *
 * @param schema its name under `components.schemas`
 * @returns one sentence for each validation error, naming the JSON path; at most five
 */
export function validationErrors(schema: string, value: unknown): string[] {
	const validate = validator(schema);
	if (validate(value)) return [];
	const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
	return [...new Set(errors.map(sentence))].slice(0, MAX_SENTENCES);
}
