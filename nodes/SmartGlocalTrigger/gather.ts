import { sleep } from 'n8n-workflow';
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** How long the first webhook waits for others. */
const WINDOW_MS = 500;
/** A run with more would hold up what comes after it. */
const MAX_ITEMS = 500;

interface Gathering {
	items: INodeExecutionData[];
	/** Whether n8n has started the run, which is known once the first webhook is answered. */
	hasStarted: Promise<boolean>;
}

/** The open one of each node. */
const gatherings = new Map<string, Gathering>();

/**
 * Starts one run for the webhooks of half a second: n8n takes about 30 ms for each run, whatever it does
 * (n8n 2.41). The others are answered as the first was, so that Smart Glocal sends again what no run got.
 */
export async function gather(
	context: IWebhookFunctions,
	items: INodeExecutionData[],
	refuse: () => IWebhookResponseData,
): Promise<IWebhookResponseData> {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const open = gatherings.get(key);
	if (open && open.items.length < MAX_ITEMS) {
		open.items.push(...items);
		return (await open.hasStarted) ? { webhookResponse: 'OK' } : refuse();
	}
	const response = context.getResponseObject();
	// Its sender has hung up, so nothing would ever tell how it was answered.
	if (response.destroyed) return { workflowData: [items] };
	const hasStarted = new Promise<boolean>((resolve) => {
		response.once('finish', () => resolve(response.statusCode === 200));
		response.once('close', () => resolve(false));
	});
	const gathering = { items: [...items], hasStarted };
	gatherings.set(key, gathering);
	await sleep(WINDOW_MS);
	if (gatherings.get(key) === gathering) gatherings.delete(key);
	return { workflowData: [gathering.items] };
}
