import { CREDENTIAL_TYPE, NODE_TYPE } from '../../n8n/packageNames.mts';
import { useRealN8n } from '../support/realN8n.mts';

const real = useRealN8n();

it('offers the Smart Glocal node, with its credential and an icon for light and dark', async () => {
	const types = await real.client.nodeTypes();
	const node = types.find(({ name }) => name === NODE_TYPE);
	expect(node).toMatchObject({ displayName: 'Smart Glocal' });
	expect(node?.credentials).toContainEqual(
		expect.objectContaining({ name: CREDENTIAL_TYPE, required: true }),
	);
	const { light, dark } = node?.iconUrl as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const path of [light, dark]) {
		const icon = await fetch(`${real.n8n.url}/${path}`);
		expect(icon.headers.get('content-type')).toContain('image/svg+xml');
		expect(await icon.text()).toContain('<svg');
	}
});
