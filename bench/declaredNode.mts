/**
 * A node for the benchmark only: our node, as installed in the same n8n, without `customOperations`, so
 * that n8n's declarative engine runs the routing that it declares.
 */
export const DECLARED_NODE_FILE = `
const { join } = require('node:path');
const installed = join(process.env.N8N_USER_FOLDER, '.n8n/nodes/node_modules/n8n-nodes-smart-glocal');
const { SmartGlocal } = require(join(installed, 'dist/nodes/SmartGlocal/SmartGlocal.node.js'));

class SmartGlocalDeclared extends SmartGlocal {
	constructor() {
		super();
		delete this.customOperations;
		const { icon, ...description } = this.description;
		this.description = { ...description, name: 'smartGlocalDeclared', displayName: 'Declared' };
	}
}

module.exports = { SmartGlocalDeclared };
`;
