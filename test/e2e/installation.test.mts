import { openBench, OPENING_LIMIT_MS } from './bench.mts';
import type { Bench } from './bench.mts';

describe('the packed package in a real n8n', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await openBench();
	}, OPENING_LIMIT_MS);
	afterAll(async () => await bench?.close());

	it('offers the Smart Glocal node', async () => {
		const types = await bench.client.nodeTypes();
		const node = types.find(({ name }) => name === 'n8n-nodes-smart-glocal.smartGlocal');
		expect(node).toMatchObject({ displayName: 'Smart Glocal' });
		expect(node?.credentials).toContainEqual(
			expect.objectContaining({ name: 'smartGlocalApi', required: true }),
		);
	});

	it('offers the Smart Glocal credential, also to the HTTP Request node', async () => {
		const types = await bench.client.credentialTypes();
		const credential = types.find(({ name }) => name === 'smartGlocalApi');
		expect(credential).toMatchObject({ displayName: 'Smart Glocal API' });
		// The editor lists a credential type in HTTP Request when it can authenticate by itself.
		expect(credential).toHaveProperty('authenticate');
	});

	it('shows an icon of its own on light and on dark backgrounds', async () => {
		const types = await bench.client.nodeTypes();
		const node = types.find(({ name }) => name === 'n8n-nodes-smart-glocal.smartGlocal');
		const { light, dark } = node?.iconUrl as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const path of [light, dark]) {
			const icon = await fetch(`${bench.n8n.url}/${path}`);
			expect(icon.headers.get('content-type')).toContain('image/svg+xml');
			expect(await icon.text()).toContain('<svg');
		}
	});

	it('is loaded by n8n without a complaint', async () => {
		const log = await bench.n8n.log();
		expect(log).not.toMatch(/Failed to load package|smart-glocal.*(error|warn)/i);
	});
});
