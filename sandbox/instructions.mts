/** What a person who starts the sandbox needs to know. */
export interface Introduction {
	url: string;
	project: string;
	/** The PEM to paste; null when the person brought a public key of their own. */
	privateKey: string | null;
	webhookPublicKey: string;
	/** Where webhooks are sent to; null when they are not sent. */
	webhookUrl: string | null;
	autoConfirm: boolean;
}

/** How to call the command line. */
export const usage = `The Smart Glocal sandbox is a local stand-in for the Smart Glocal payout API.

Usage: npm run sandbox -- [options]

  --port PORT         The port on 127.0.0.1 to listen on (default 4010).
  --project ID        The partner project that may send requests (default demo_project).
  --public-key FILE   The project's RSA public key in PEM. Without it, a key pair is made.
  --latency MS        How long every answer is held back, in milliseconds (default 0).
  --webhook-url URL   Where webhooks are sent to, as shown by the trigger in n8n (default: nowhere).
  --auto-confirm      Payouts need no confirmation, as an account manager can arrange.
  --help              Shows this text.
`;

function keyStep(privateKey: string | null): string {
	if (privateKey === null) {
		return '     Private Key      the private key that belongs to the public key you gave';
	}
	return `     Private Key      all lines of this text:\n\n${privateKey}`;
}

function webhookStep(url: string, webhookUrl: string | null): string {
	if (webhookUrl !== null) return `Webhooks are sent to ${webhookUrl}.`;
	return `No webhooks are sent. To have them sent, start the sandbox with --webhook-url and the address
that the Smart Glocal Trigger shows, or tell it the address now:

  curl ${url}/sandbox/settings -H 'content-type: application/json' \\
    -d '{"webhookUrl": "http://127.0.0.1:5678/webhook/..."}'`;
}

/**
 * Explains step by step how to point a credential at the sandbox.
 *
 * @param introduction the addresses and keys of the running sandbox
 * @returns the text for the terminal
 */
export function instructions(introduction: Introduction): string {
	const { url, project, privateKey, webhookPublicKey, autoConfirm } = introduction;
	const webhooks = webhookStep(url, introduction.webhookUrl);
	const confirmation = autoConfirm
		? 'Payouts are confirmed automatically.'
		: 'Payouts wait for a confirmation (Session, Confirm) for 240 minutes.';
	return `The Smart Glocal sandbox listens at ${url}. No real money moves. ${confirmation}

  1. In n8n, create a credential of the type Smart Glocal API and fill in:

     Environment      Custom
     Base URL         ${url}
     Partner Project  ${project}
${keyStep(privateKey)}
     Webhook Public Key, for the trigger:

${webhookPublicKey}
  2. Save the credential. Its test asks the sandbox for the balance and must succeed.
  3. Send a payout. What arrived and what was paid is shown at ${url}/sandbox.

${webhooks}

If n8n runs in a container, 127.0.0.1 is the container itself: start n8n with the host's network.
Press Ctrl-C to stop the sandbox. Everything it booked is forgotten then.

Every request, and every try to deliver a webhook, is shown here in one line:
`;
}
