import type { IExecuteFunctions } from 'n8n-workflow';
import { createSend } from '../../nodes/api/send';
import type { RequestQueue } from '../../nodes/api/send';

test('gives its place back after a response that has no headers, and keeps its outcome', async () => {
	const response = { statusCode: 429, body: '{"status":"error"}' };
	const helpers = { httpRequestWithAuthentication: async () => response };
	const context = { helpers } as unknown as IExecuteFunctions;
	let places = 0;
	const queue: RequestQueue = {
		enter: async () => {
			places++;
			return async () => {
				places--;
			};
		},
	};
	const send = createSend(context, {}, {})(queue);

	expect(await send({ path: 'session/status', version: 'v1', body: {} })).toMatchObject({
		response: { statusCode: 429 },
	});
	expect(places).toBe(0);
});
