import { fileURLToPath } from 'node:url';

const ROWS_FILE = fileURLToPath(new URL('rows.mts', import.meta.url));

/**
 * Nodes for the benchmark only, as n8n loads them from a folder for custom nodes. Both are our node, as
 * installed in the same n8n, apart from how its rows are sent:
 *
 * - `SmartGlocalDeclared` has no `customOperations`, so that n8n's declarative engine runs the routing
 *   that it declares.
 * - `SmartGlocalBare` sends its rows without any check and looks at no response: the least that a node
 *   can do with n8n's request helper.
 */
export const BENCH_NODE_FILES: Readonly<Record<string, string>> = {
	'SmartGlocalDeclared.node.js': `
const { extendNode } = require('./extendNode.js');

exports.SmartGlocalDeclared = extendNode('smartGlocalDeclared', undefined);
`,
	'SmartGlocalBare.node.js': `
const { extendNode } = require('./extendNode.js');
const { expectedBody } = require(${JSON.stringify(ROWS_FILE)});

exports.SmartGlocalBare = extendNode('smartGlocalBare', { payout: { init } });

async function init() {
	const data = await this.getCredentials('smartGlocalApi');
	const decrypted = { credentialsDecrypted: { id: '', name: '', type: 'smartGlocalApi', data } };
	const items = this.getInputData();
	let next = 0;
	const work = async () => {
		while (next < items.length) {
			const row = items[next++].json;
			await this.helpers.httpRequestWithAuthentication('smartGlocalApi', {
				method: 'POST',
				url: '/api/v1/session/init/payout',
				headers: {
					'Content-Type': 'application/json',
					'X-PARTNER-IDEMPOTENCY-KEY': row.reference,
				},
				body: expectedBody(row),
				disableFollowRedirect: true,
			}, decrypted);
		}
	};
	const inFlight = Number(this.getNodeParameter('options.parallelRequests', 0));
	await Promise.all(Array.from({ length: inFlight }, work));
	return [items];
}
`,
	'extendNode.js': `
const { join } = require('node:path');
const installed = join(process.env.N8N_USER_FOLDER, '.n8n/nodes/node_modules/n8n-nodes-smart-glocal');
const { SmartGlocal } = require(join(installed, 'dist/nodes/SmartGlocal/SmartGlocal.node.js'));

exports.extendNode = (name, customOperations) =>
	class extends SmartGlocal {
		constructor() {
			super();
			this.customOperations = customOperations;
			const { icon, ...description } = this.description;
			this.description = { ...description, name, displayName: name };
		}
	};
`,
};
