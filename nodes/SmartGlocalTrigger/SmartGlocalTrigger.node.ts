import { NodeConnectionTypes } from 'n8n-workflow';
import type { IHookFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { EVENTS } from './events';
import { ensureCanVerify, receiveWebhook } from './receiveWebhook';

export class SmartGlocalTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smart Glocal Trigger',
		name: 'smartGlocalTrigger',
		icon: {
			light: 'file:../../icons/smartGlocal.svg',
			dark: 'file:../../icons/smartGlocal.dark.svg',
		},
		group: ['trigger'],
		// Not 1: for any trigger of version 1, n8n 2.41 evaluates an expression that only its own Webhook
		// node of that version needs, about 17 ms for each webhook.
		version: 1.1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when Smart Glocal reports that a payout waits for you, has ended, or came back',
		eventTriggerDescription: 'Waiting for Smart Glocal to send a webhook to the test URL',
		activationMessage: 'Your workflow now receives Smart Glocal’s webhooks at its production URL.',
		defaults: { name: 'Smart Glocal Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it, n8n answers with the name of its default (n8n 2.41).
				responseData: 'OK',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName:
					'Open “Webhook URLs” above and send the production URL to your account manager at Smart Glocal: there is no other way to register it. One URL serves a whole project, so all its events arrive here, and the credential needs Smart Glocal’s public key. A payout whose “failure” says “not final” must not be paid again before support has told you how it ended.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: Object.entries(EVENTS).map(([value, [name, description]]) => {
					return { name, value, description };
				}),
				default: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
				hint: 'Other events are acknowledged and start nothing',
			},
			{
				displayName: 'Gather Webhooks',
				name: 'gather',
				type: 'boolean',
				default: false,
				description:
					'Whether webhooks that arrive within half a second start one run, with an item for each, instead of a run each',
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	// There is no API to register a webhook with (API reference, section 9).
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await ensureCanVerify(this);
				return true;
			},
			create: async () => true,
			delete: async () => true,
		},
	};

	webhook = receiveWebhook;
}
