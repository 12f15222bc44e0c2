/** What the instructions depend on. */
export interface InstructionValues {
	url: string;
	project: string;
	/** The PEM to paste; null when the person brought a public key of their own. */
	privateKey: string | null;
	webhookPublicKey: string;
	/** Where the keys stay between starts. */
	keysFolder: string;
	/** Where webhooks are sent; null when they are not. */
	webhookUrl: string | null;
	autoConfirm: boolean;
}

/** The command line in brief. */
export const USAGE = `The Smart Glocal sandbox is a payout API like Smart Glocal's that runs on this computer.

Usage: npm run sandbox -- [options]

  --port PORT         The port on 127.0.0.1 to listen on (default 4010).
  --project ID        The partner project that may send requests (default demo_project).
  --public-key FILE   The project's RSA public key in PEM, if you have a key pair.
  --latency MS        How long each response is delayed, in milliseconds (default 0).
  --rate-limit N      How many requests are allowed in any second (default: any number).
  --webhook-url URL   Where to send webhooks, as the trigger in n8n shows it (default: nowhere).
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
	return `No webhooks are sent. To receive them, start the sandbox with --webhook-url and the address
that the Smart Glocal Trigger shows, or set the address now:

  curl ${url}/sandbox/settings -H 'content-type: application/json' \\
    -d '{"webhookUrl": "http://127.0.0.1:5678/webhook/..."}'`;
}

/** Explains step by step how to use the running sandbox from n8n. */
export function instructions(values: InstructionValues): string {
	const { url, project, privateKey, webhookPublicKey, webhookUrl, autoConfirm } = values;
	const confirmation = autoConfirm
		? 'Payouts are confirmed automatically.'
		: 'Payouts wait 240 minutes for a confirmation (Session, Confirm).';
	return `The Smart Glocal sandbox listens at ${url}. No real money moves. ${confirmation}

  1. In n8n, create a credential of the type Smart Glocal API and fill in:

     Environment      Custom
     Base URL         ${url}
     Partner Project  ${project}
${keyStep(privateKey)}
     Webhook Public Key, for the trigger:

${webhookPublicKey}
  2. Save the credential. Its test asks the sandbox for the balance and must succeed.
  3. Send a payout. See what arrived and what was paid at ${url}/sandbox.

${webhookStep(url, webhookUrl)}

If n8n runs in a container, 127.0.0.1 is the container itself: start n8n with the host's network.
Press Ctrl-C to stop the sandbox. It forgets all payouts then, but keeps its keys for the next start
(in ${values.keysFolder}), so that the credential stays right.

Every request and every attempt to deliver a webhook appears here in one line:
`;
}
