import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { storeCredential } from '../../n8n/credential.mts';
import { CREDENTIAL_TYPE } from '../../n8n/packageNames.mts';
import { chainNodes, smartGlocalNode, workflowNode } from '../../n8n/workflow.mts';
import { makeKeyPair } from '../../sandbox/server.mts';
import { SENDER, turkishRows } from '../support/account.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { useRealN8n } from '../support/realN8n.mts';
import { sheetNodes } from '../support/sheetNodes.mts';

const real = useRealN8n();

describe('testing the credential in n8n', () => {
	afterEach(() => real.sandbox.setFaults([]));

	const test = async (changed: Record<string, string> = {}) =>
		await real.client.testCredential(CREDENTIAL_TYPE, { ...real.fields, ...changed });

	it('treats `status: error` under HTTP 200 as a failure', async () => {
		real.sandbox.setFaults([{ fault: 'ok_with_error_status' }]);
		expect(await test()).toEqual({
			status: 'Error',
			message: expect.stringContaining('status "error"'),
		});
	});

	it('says that the host is not Smart Glocal', async () => {
		const website = createServer((_, response) => response.end('<html>Welcome</html>'));
		await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = website.address() as AddressInfo;
			expect(await test({ baseUrl: `http://127.0.0.1:${port}` })).toEqual({
				status: 'Error',
				message: expect.stringContaining('not as Smart Glocal does'),
			});
		} finally {
			website.close();
		}
	});

	it('tells what is wrong with the fields apart, each in a sentence without the key', async () => {
		const { privateKey } = await makeKeyPair();
		const cases: Array<[changed: Record<string, string>, sentence: RegExp]> = [
			[{ privateKey }, /^Smart Glocal refused the signature.*\.$/s],
			[{ privateKey: real.keys.publicKey }, /^A public key was pasted.*\.$/s],
			[{ privateKey: 'my key' }, /^[A-Z].*\.$/s],
			[{ webhookPublicKey: real.keys.publicKey }, /^Your own public key was pasted.*\.$/s],
			[{ partnerProject: 'somebody-else' }, /^[A-Z].*does not know this project.*\.$/s],
		];
		const messages: string[] = [];
		for (const [changed, sentence] of cases) {
			const { status, message } = await test(changed);
			expect([status, message]).toEqual(['Error', expect.stringMatching(sentence)]);
			expect(message).not.toContain(privateKey.split('\n')[1]);
			messages.push(message);
		}
		expect(new Set(messages).size).toBe(cases.length);
	});
});

describe('guard rails', () => {
	const limited = (limits: object) =>
		({ ...real.fields, guardRails: { limits } }) as unknown as typeof real.fields;

	it.each([
		['plain text', 'EUR 5000', 'OK', /./],
		['a typing error', 'EUR 5,000', 'Error', /^The guard rail 'Max Amount' .* cannot be read/],
		['an expression', '={{ "EUR " + 5 }}', 'Error', /^The guard rail 'Max Amount' /],
		['an expression behind two signs', '=={{ "EUR " + 5 }}', 'Error', /is an expression/],
	])('are tested with the credential: %s', async (_name, maxAmount, status, message) => {
		const result = await real.client.testCredential(CREDENTIAL_TYPE, limited({ maxAmount }));
		expect(result).toEqual({ status, message: expect.stringMatching(message) });
	});

	it('keep the HTTP Request node from ordering more, and it says why', async () => {
		const credential = await storeCredential(
			real.client,
			limited({ maxAmount: 'USD 9.99' }),
			'Few',
		);
		const parameters = {
			method: 'POST',
			url: `${real.sandbox.url}/api/v1/session/init/payout`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(belgianPayout()),
			options: {},
		};
		const more = { credentials: { [CREDENTIAL_TYPE]: credential } };
		const workflow = await real.client.createWorkflow(
			chainNodes('Too much by HTTP Request', [
				workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
				workflowNode('Order', 'n8n-nodes-base.httpRequest', 4.2, parameters, more),
			]),
		);
		const { error } = await real.client.run(workflow.id);
		expect(error?.message).toContain('allows at most USD 9.99 for one payout');
		const orders = real.sandbox.requests().filter(({ path }) => path.endsWith('init/payout'));
		expect(orders).toEqual([]);
	});
});

describe('a credential whose submerchant is an expression', () => {
	/** Pays one row for each of these columns `submerchant`. */
	async function pay(reference: string, expression: string, submerchants: string[]) {
		const { client, fields } = real;
		const credential = await storeCredential(client, { ...fields, submerchant: expression });
		const rows = turkishRows(...submerchants.map((_, index) => `${reference}-${index}`));
		const items = rows.map((row, index) => ({ ...row, submerchant: submerchants[index] }));
		const payout = { mappingMode: 'autoMapInputData', value: null };
		const parameters = { destination: 'TUR-TRY', payout, sender: SENDER };
		const workflow = await client.createWorkflow(
			chainNodes(reference, [...sheetNodes(items), smartGlocalNode('Pay', parameters, credential)]),
		);
		const { error } = await client.run(workflow.id);
		const requests = real.sandbox.requests().filter(({ rawBody }) => rawBody.includes(reference));
		return { error, sent: requests.map(({ headers }) => headers['x-partner-submerchant']) };
	}

	it('pays for the submerchant that is the same in every row', async () => {
		const { error, sent } = await pay('same', '={{ $json.submerchant }}', ['A', 'A', 'A']);
		expect(error).toBeUndefined();
		expect(sent).toEqual(['A', 'A', 'A']);
	});

	it('pays when the expression does not look at the row', async () => {
		const { sent } = await pay('fixed', '={{ "B" + 1 }}', ['A', 'C']);
		expect(sent).toEqual(['B1', 'B1']);
	});

	it.each([
		['at-the-end', '={{ $json.submerchant }}', ['A', 'A', 'B']],
		['in-the-middle', '={{ $json.submerchant }}', ['', 'B', '']],
		['by-item', '={{ $input.item.json.submerchant }}', ['A', 'B', 'A']],
		['by-node', '={{ $("Rows").item.json.submerchant }}', ['A', 'B', 'A']],
	])('sends nothing when rows differ: %s', async (reference, expression, submerchants) => {
		const { error, sent } = await pay(reference, expression, submerchants);
		expect(error?.message).toContain("The credential's fields differ from row to row");
		expect(sent).toEqual([]);
	});
});
