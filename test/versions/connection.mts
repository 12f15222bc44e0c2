import type { IDataObject, ResourceMapperFields } from 'n8n-workflow';

import { freePort } from '../../n8n/freePort.mts';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { makeKeyPair } from '../../sandbox/server.mts';
import type { N8nFeatures } from '../support/n8nFeatures.mts';

/** The package in n8n's lists, the test of its credential, and the fields of its form. */
export function testConnection(real: N8nWithSandbox, features: N8nFeatures): void {
	it('has both nodes and the credential, and loads them without a complaint', async () => {
		const nodes = (await real.client.nodeTypes()).map(({ name }) => name);
		expect(nodes).toEqual(expect.arrayContaining([NODE_TYPE, TRIGGER_TYPE]));
		const credentials = await real.client.credentialTypes();
		expect(credentials.find(({ name }) => name === CREDENTIAL_TYPE)).toHaveProperty('authenticate');
		const log = await real.n8n.log();
		expect(log).not.toMatch(/Failed to load package|smart-glocal.*(error|warn)/i);
	});

	describe('the test of the credential', () => {
		const test = async (changed: Record<string, string> = {}) =>
			await real.client.testCredential(CREDENTIAL_TYPE, { ...real.fields, ...changed });

		it('passes with the right key and project', async () => {
			expect(await test()).toMatchObject({ status: 'OK' });
		});

		it('says that Smart Glocal refused the signature of another key', async () => {
			const { privateKey } = await makeKeyPair();
			const { status, message } = await test({ privateKey });
			expect([status, message]).toEqual([
				'Error',
				expect.stringContaining('refused the signature'),
			]);
			expect(message).not.toContain(privateKey.split('\n')[1]);
		});

		it('says that Smart Glocal does not know the project', async () => {
			expect(await test({ partnerProject: 'somebody-else' })).toEqual({
				status: 'Error',
				message: expect.stringContaining('does not know this project') as string,
			});
		});

		it('fails, in the words of n8n, when nothing responds at the address', async () => {
			const baseUrl = `http://127.0.0.1:${await freePort()}`;
			expect(await test({ baseUrl })).toEqual({
				status: 'Error',
				message: features.refusedConnection,
			});
		});
	});

	describe('the form of a payout', () => {
		/** The fields that n8n's editor asks for. */
		async function fieldsFor(destination: string): Promise<ResourceMapperFields> {
			const currentNodeParameters: IDataObject = {
				resource: 'payout',
				operation: 'init',
				specify: 'fields',
				destination,
			};
			return await real.client.rest('POST', '/dynamic-node-parameters/resource-mapper-fields', {
				nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
				path: 'parameters.payout',
				methodName: 'getPayoutColumns',
				credentials: { [CREDENTIAL_TYPE]: real.credential },
				currentNodeParameters,
			});
		}

		it('has the fields of the destination, and marks those that it requires', async () => {
			const { fields } = await fieldsFor('BEL-EUR');
			const required = fields.filter((field) => field.required).map(({ id }) => id);
			expect(required).toEqual([
				'reference',
				'amount',
				'iban',
				'description',
				'recipient_first_name',
				'recipient_last_name',
				'recipient_bank_name',
			]);
			const british = (await fieldsFor('GBR-GBP')).fields.map(({ id }) => id);
			expect(british).toEqual(expect.arrayContaining(['sort_code', 'recipient_postal_code']));
		});

		it('has a hint instead of fields before a destination is chosen', async () => {
			const { fields, emptyFieldsNotice } = await fieldsFor('');
			expect(fields).toEqual([]);
			expect(emptyFieldsNotice).toContain('The fields of the destination that you choose above');
		});
	});
}
