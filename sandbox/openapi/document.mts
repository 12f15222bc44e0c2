import { versions } from '../versions.mts';
import { answerSchemas, sessionSchemas } from './answers.mts';
import { type Method, methods, schemaNames } from './methods.mts';
import { orderSchemas, requestSchemas } from './requests.mts';

function header(name: string, required: boolean, description: string) {
	return { name, in: 'header', required, description, schema: { type: 'string' } };
}

const headers = [
	header('X-PARTNER-PROJECT', true, 'The project that sends the request.'),
	header('X-PARTNER-SIGN', true, 'RSA-SHA256 (PKCS#1 v1.5) of the body as sent, in base64.'),
	header('X-PARTNER-SUBMERCHANT', false, 'The payer, for legal entities.'),
];
const keyHeader = header(
	'X-PARTNER-IDEMPOTENCY-KEY',
	false,
	'A key that is accepted once: a repeat is refused and pays nothing.',
);

function reference(name: string) {
	return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

function pathItem(method: Method, version: (typeof versions)[number]) {
	const names = schemaNames(method, version);
	return {
		post: {
			operationId: `${method.replaceAll('/', '_')}_${version}`,
			summary: methods[method].summary,
			parameters: methods[method].keyed ? [...headers, keyHeader] : headers,
			requestBody: { required: true, content: reference(names.request) },
			responses: {
				200: { description: 'The request was accepted.', content: reference(names.answer) },
				default: {
					description: 'The request was refused.',
					content: reference('ErrorAnswer'),
				},
			},
		},
	};
}

function allPaths() {
	const paths: Record<string, ReturnType<typeof pathItem>> = {};
	for (const method of Object.keys(methods) as Method[]) {
		for (const version of methods[method].versions) {
			paths[`/api/${version}/${method}`] = pathItem(method, version);
		}
	}
	return paths;
}

function versionSchemas() {
	const schemas: Record<string, object> = {};
	for (const version of versions) {
		const own = { ...orderSchemas(version), ...sessionSchemas(version) };
		for (const [name, schema] of Object.entries(own)) schemas[`${name}_${version}`] = schema;
	}
	return schemas;
}

/** The Smart Glocal payout API, as OpenAPI 3.1. Requests and answers are validated against it. */
export const openapi = {
	openapi: '3.1.0',
	info: {
		title: 'Smart Glocal payouts, as the sandbox stands in for them',
		version: '1',
		description: 'Written from the public documentation, for payouts only.',
	},
	paths: allPaths(),
	components: { schemas: { ...requestSchemas, ...answerSchemas, ...versionSchemas() } },
};
