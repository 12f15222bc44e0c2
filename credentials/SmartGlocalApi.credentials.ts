import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { SENDER_FORM } from '../nodes/payout/fields/fields';
import { authenticateRequest, CREDENTIAL_TYPE, TEST_HEADER } from './authenticateRequest';
import { GUARD_RAIL_FORM } from './guardRails';

const ENVIRONMENTS = [
	{ name: 'Demo', value: 'demo', description: 'Smart Glocal’s test host: no money moves' },
	{ name: 'Live', value: 'live', description: 'Smart Glocal’s production host: real money moves' },
	{ name: 'Custom', value: 'custom', description: 'Another address, such as the local sandbox' },
];

/** A field of text, but for the secrets that n8n's linter has to see. */
function textField(displayName: string, name: string, more: Partial<INodeProperties>) {
	return { displayName, name, type: 'string' as const, default: '', ...more };
}

const REFUSALS = {
	authentication_error:
		"Smart Glocal refused the signature (authentication_error). Check that Smart Glocal has the public key of this 'Private Key' for this project and environment.",
	identification_error:
		"Smart Glocal does not know this project (identification_error). Check 'Partner Project' and 'Environment': demo and live can have different projects.",
	authorization_error:
		"Smart Glocal does not allow this project to ask for its balance (authorization_error). Check 'Partner Project', or ask your account manager.",
};

const OTHER_ERROR =
	'Smart Glocal answered the test (wallet/balance) with status "error". Check every field; if they are right, ask your account manager whether the project is active.';
const OTHER_HOST =
	"The host answered, but not as Smart Glocal does. Check 'Environment' and 'Base URL', and any proxy in between.";

export class SmartGlocalApi implements ICredentialType {
	name = CREDENTIAL_TYPE;

	displayName = 'Smart Glocal API';

	icon: Icon = {
		light: 'file:../icons/smartGlocal.svg',
		dark: 'file:../icons/smartGlocal.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-smart-glocal/n8n-nodes-smart-glocal?tab=readme-ov-file#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: ENVIRONMENTS,
			default: 'demo',
			description: 'Which host requests go to. A project and its key usually belong to one only.',
		},
		textField('Base URL', 'baseUrl', {
			required: true,
			placeholder: 'e.g. http://127.0.0.1:4010',
			description:
				'The address in front of /api/v1, as the sandbox prints it. Plain http:// is accepted for this computer and private networks only.',
			displayOptions: { show: { environment: ['custom'] } },
		}),
		textField('Partner Project', 'partnerProject', {
			required: true,
			description: 'The project identifier that your account manager at Smart Glocal gave you',
		}),
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. -----BEGIN PRIVATE KEY----- …',
			description:
				'The RSA private key in PEM format, of 2048 bits or more, that signs every request. Smart Glocal must have its public key. The private key never leaves n8n.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only needed when the private key is protected by one',
		},
		textField('Submerchant', 'submerchant', {
			description: 'The payer’s identifier. Leave it empty unless Smart Glocal asks for one.',
		}),
		textField('Webhook Public Key', 'webhookPublicKey', {
			typeOptions: { rows: 4 },
			placeholder: 'e.g. -----BEGIN PUBLIC KEY----- …',
			description:
				'Smart Glocal’s public key for this environment, in PEM format, not your own. Only needed to receive webhooks. While a new key replaces the old one, paste both, one below the other.',
		}),
		{
			displayName: 'Sender',
			name: 'sender',
			type: 'fixedCollection',
			placeholder: 'Add Company',
			default: {},
			description: 'The company that pays, for every node and row that names no other',
			options: [{ displayName: 'Company', name: 'company', values: SENDER_FORM }],
		},
		{
			displayName: 'Guard Rails',
			name: 'guardRails',
			type: 'fixedCollection',
			placeholder: 'Add Limits',
			default: {},
			description:
				'Limits for what is paid with this credential. Nodes and rows cannot widen them. An empty field sets no limit.',
			options: [{ displayName: 'Limits', name: 'limits', values: GUARD_RAIL_FORM }],
		},
		textField('Fingerprint Key', 'fingerprintKey', {
			typeOptions: { password: true },
			description:
				'Only for the option Include Fingerprints: any long, random text, which keeps account numbers from being guessed. Keep it: with another one, earlier payouts are not recognised.',
		}),
	];

	// A class property, because n8n's loader drops prototype methods (n8n 2.41).
	authenticate = authenticateRequest;

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/api/v1/wallet/balance',
			headers: { [TEST_HEADER]: 'true' },
			body: { request_datetime: '={{ $now.toFormat("yyyy-MM-dd\'T\'HH:mm:ssZZ") }}' },
			// Responses with an error status are read by the rules below, too. Without this, n8n shows the
			// bare HTTP status text, and signs and sends once more after a 401 (n8n 2.41).
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: [
			...Object.entries(REFUSALS).map(([code, sentence]) => failWhen('error.code', code, sentence)),
			failWhen('status', 'error', OTHER_ERROR),
			failWhen('status', undefined, OTHER_HOST),
		],
	};
}

function failWhen(key: string, value: string | undefined, message: string) {
	return { type: 'responseSuccessBody' as const, properties: { key, value, message } };
}
