import { VERSIONS } from '../versions.mts';
import type { Version } from '../versions.mts';
import { METHODS, schemaNames } from './methods.mts';
import type { Method } from './methods.mts';
import { orderSchemas, REQUEST_SCHEMAS } from './requests.mts';
import { RESPONSE_SCHEMAS, sessionSchemas } from './responses.mts';

function header(name: string, required: boolean, description: string) {
	return { name, in: 'header', required, description, schema: { type: 'string' } };
}

const HEADERS = [
	header('X-PARTNER-PROJECT', true, 'The project that sends the request.'),
	header('X-PARTNER-SIGN', true, 'RSA-SHA256 (PKCS#1 v1.5) of the body as sent, in base64.'),
	header('X-PARTNER-SUBMERCHANT', false, 'The payer, for legal entities.'),
];
const KEY_HEADER = header(
	'X-PARTNER-IDEMPOTENCY-KEY',
	false,
	'A key that is accepted once; a request with a used key is rejected and pays nothing.',
);

function schemaContent(name: string) {
	return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

function pathItem(method: Method, version: Version) {
	const names = schemaNames(method, version);
	return {
		post: {
			operationId: `${method.replaceAll('/', '_')}_${version}`,
			summary: METHODS[method].summary,
			parameters: METHODS[method].keyed ? [...HEADERS, KEY_HEADER] : HEADERS,
			requestBody: { required: true, content: schemaContent(names.request) },
			responses: {
				200: { description: 'The request was accepted.', content: schemaContent(names.response) },
				default: {
					description: 'The request was rejected.',
					content: schemaContent('ErrorResponse'),
				},
			},
		},
	};
}

function allPaths() {
	const paths: Record<string, ReturnType<typeof pathItem>> = {};
	for (const method of Object.keys(METHODS) as Method[]) {
		for (const version of METHODS[method].versions) {
			paths[`/api/${version}/${method}`] = pathItem(method, version);
		}
	}
	return paths;
}

function versionSchemas() {
	const schemas: Record<string, object> = {};
	for (const version of VERSIONS) {
		const named = { ...orderSchemas(version), ...sessionSchemas(version) };
		for (const [name, schema] of Object.entries(named)) schemas[`${name}_${version}`] = schema;
	}
	return schemas;
}

/** The Smart Glocal payout API, as OpenAPI 3.1. Requests and responses are validated against it. */
export const OPENAPI = {
	openapi: '3.1.0',
	info: {
		title: 'Smart Glocal payouts, as the sandbox simulates them',
		version: '1',
		description: 'Written from the public documentation; covers payouts only.',
	},
	paths: allPaths(),
	components: { schemas: { ...REQUEST_SCHEMAS, ...RESPONSE_SCHEMAS, ...versionSchemas() } },
};
