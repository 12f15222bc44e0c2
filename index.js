const { SmartGlocalApi } = require('./dist/credentials/SmartGlocalApi.credentials.js');
const { SmartGlocal } = require('./dist/nodes/SmartGlocal/SmartGlocal.node.js');
const {
	SmartGlocalTrigger,
} = require('./dist/nodes/SmartGlocalTrigger/SmartGlocalTrigger.node.js');

module.exports = { SmartGlocal, SmartGlocalApi, SmartGlocalTrigger };
