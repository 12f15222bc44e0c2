const { SmartGlocalApi } = require('./dist/credentials/SmartGlocalApi.credentials.js');
const { SmartGlocal } = require('./dist/nodes/SmartGlocal/SmartGlocal.node.js');

module.exports = { SmartGlocal, SmartGlocalApi };
