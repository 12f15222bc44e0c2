export { CREDENTIAL_TYPE } from '../credentials/authenticateRequest.ts';

/** The package, as npm and n8n know it. */
export const PACKAGE_NAME = 'n8n-nodes-smart-glocal';

/** What the package adds to n8n, by the names that workflows store. */
export const NODE_TYPE = `${PACKAGE_NAME}.smartGlocal`;
export const TRIGGER_TYPE = `${PACKAGE_NAME}.smartGlocalTrigger`;
