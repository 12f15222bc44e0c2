import { CREDENTIAL_TYPE, NODE_TYPE } from '../../n8n/packageNames.mts';
import { useRealN8n } from '../support/realN8n.mts';

describe('the packed package in a real n8n', () => {
	const real = useRealN8n();

	it('offers the Smart Glocal node', async () => {
		const types = await real.client.nodeTypes();
		const node = types.find(({ name }) => name === NODE_TYPE);
		expect(node).toMatchObject({ displayName: 'Smart Glocal' });
		expect(node?.credentials).toContainEqual(
			expect.objectContaining({ name: CREDENTIAL_TYPE, required: true }),
		);
	});

	it('offers the Smart Glocal credential, also to the HTTP Request node', async () => {
		const types = await real.client.credentialTypes();
		const credential = types.find(({ name }) => name === CREDENTIAL_TYPE);
		expect(credential).toMatchObject({ displayName: 'Smart Glocal API' });
		// The editor offers HTTP Request every credential type that has `authenticate`.
		expect(credential).toHaveProperty('authenticate');
	});

	it('shows an icon of its own on light and on dark backgrounds', async () => {
		const types = await real.client.nodeTypes();
		const node = types.find(({ name }) => name === NODE_TYPE);
		const { light, dark } = node?.iconUrl as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const path of [light, dark]) {
			const icon = await fetch(`${real.n8n.url}/${path}`);
			expect(icon.headers.get('content-type')).toContain('image/svg+xml');
			expect(await icon.text()).toContain('<svg');
		}
	});

	it('loads without a complaint from n8n', async () => {
		const log = await real.n8n.log();
		expect(log).not.toMatch(/Failed to load package|smart-glocal.*(error|warn)/i);
	});
});
