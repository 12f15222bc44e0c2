import { NODE_TYPE } from '../../n8n/packageNames.mts';
import { workflowNode } from '../../n8n/workflow.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import type { Example } from './workflowFile.mts';

/** Where a node is in the canvas, in steps of 20 pixels to the right and down. */
export type Place = readonly [right: number, down: number];

/** What a node has besides its parameters. */
export type NodeSettings = Partial<Omit<WorkflowNode, 'name' | 'type' | 'parameters' | 'position'>>;

/** The credential that a person chooses after the import. */
export const CREDENTIALS = { smartGlocalApi: { id: '', name: 'Smart Glocal account' } };

/** A part of an example. */
export type Part = Pick<Example, 'nodes' | 'links'>;

/** A node of an example. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	[right, down]: Place,
	parameters: Record<string, unknown> = {},
	settings: NodeSettings = {},
): WorkflowNode {
	return workflowNode(name, type, typeVersion, parameters, {
		position: [right, down],
		...settings,
	});
}

/** A sticky note, behind which its text stands; `width` and `height` in steps of 20 pixels, in n8n's gray. */
export function stickyNote(name: string, place: Place, [width, height]: Place) {
	return (text: TemplateStringsArray, ...values: unknown[]): WorkflowNode => {
		const content = String.raw({ raw: text }, ...values);
		const parameters = { content, width: width * 20, height: height * 20, color: 7 };
		return node(name, 'n8n-nodes-base.stickyNote', 1, place, parameters);
	};
}

/** A Smart Glocal node. */
export function smartGlocal(
	name: string,
	place: Place,
	parameters: Record<string, unknown>,
	settings: NodeSettings = {},
): WorkflowNode {
	return node(name, NODE_TYPE, 1, place, parameters, { credentials: CREDENTIALS, ...settings });
}

/** An operation on the ledger: it sends nothing, and needs no credential. */
export function ledger(
	name: string,
	operation: string,
	place: Place,
	parameters: object = {},
): WorkflowNode {
	const all = { resource: 'ledger', operation, ...parameters };
	return smartGlocal(name, place, all, { credentials: {} });
}

/** Init Payout for rows whose columns are called like the node's fields, each with its destination. */
export function payRows(name: string, place: Place, options: object = {}): WorkflowNode {
	const payout = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
	return smartGlocal(
		name,
		place,
		{
			resource: 'payout',
			operation: 'init',
			specify: 'fields',
			destination: 'ROW',
			currency: '',
			amountUnit: 'major',
			payout,
			sender: {},
			additionalFields: {},
			options,
		},
		{ onError: 'continueRegularOutput' },
	);
}

/**
 * An If node with one condition, a JavaScript expression without its braces. The first output is for
 * items that meet it.
 */
export function ifTrue(
	name: string,
	place: Place,
	expression: string,
	settings: NodeSettings = {},
): WorkflowNode {
	const leftValue = `={{ ${expression} }}`;
	const operator = { type: 'boolean', operation: 'true', singleValue: true };
	const parameters = {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [{ id: 'condition', leftValue, rightValue: '', operator }],
			combinator: 'and',
		},
		options: {},
	};
	return node(name, 'n8n-nodes-base.if', 2.2, place, parameters, settings);
}

/** Settings that a company chooses, each with its name. */
export function settings(
	name: string,
	place: Place,
	values: Readonly<Record<string, string | number>>,
): WorkflowNode {
	const assignments = Object.entries(values).map(([id, value]) => {
		return { id, name: id, value, type: typeof value };
	});
	const parameters = { assignments: { assignments }, options: {} };
	return node(name, 'n8n-nodes-base.set', 3.4, place, parameters);
}

/** A node that puts out its items as they are: where a person adds Slack, an e-mail or the like. */
export function tellSomebody(name: string, place: Place): WorkflowNode {
	return node(name, 'n8n-nodes-base.noOp', 1, place);
}

/**
 * Lets each item through once, by a key that is an expression, and remembers it. n8n keeps the last ten
 * thousand keys.
 */
export function onlyOnce(name: string, place: Place, key: string): WorkflowNode {
	const operation = 'removeItemsSeenInPreviousExecutions';
	const parameters = { operation, dedupeValue: key, options: {} };
	// Of two runs that remember the same at once, one fails (n8n 2.41).
	const retries = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1000 };
	return node(name, 'n8n-nodes-base.removeDuplicates', 2, place, parameters, retries);
}

/** Starts a workflow again and again. */
export function schedule(name: string, place: Place, interval: object): WorkflowNode {
	const parameters = { rule: { interval: [interval] } };
	return node(name, 'n8n-nodes-base.scheduleTrigger', 1.2, place, parameters);
}

/** What a person chooses who pays nothing; the button then says the same. */
export const STOP = 'Stop, and pay nothing';

/** Wider than n8n's own form, and with tables that can be read. */
const PAGE_STYLE = `.container { width: min(900px, 94vw); }
.card { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: 0 0 20px; font-size: 14px; }
th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid #dbdfe7; vertical-align: top; }
h3, h4, p, ul { text-align: left; }
ul { margin: 8px 0; padding-left: 20px; font-size: 14px; }
li { margin: 4px 0; }
h3 { margin: 8px 0; font-size: 18px; }
h4 { margin: 16px 0 4px; font-size: 14px; }
form:has([value^=Stop]:checked) #submit-btn { font-size: 0; }
form:has([value^=Stop]:checked) #submit-btn::after { content: '${STOP}'; font-size: 14px; }`;

/** Who may open a form: n8n asks for the person's n8n account, which the item then names as `user`. */
const SIGNED_IN = { authentication: 'n8nUserAuth', requireExecuteAccess: false };

/** A form for people who are signed in to n8n, at `/form/<path>`. */
export function formTrigger(
	name: string,
	place: Place,
	path: string,
	{ title, description, button }: { title: string; description: string; button: string },
	fields: readonly object[],
): WorkflowNode {
	const parameters = {
		...SIGNED_IN,
		formTitle: title,
		formDescription: description,
		formFields: { values: fields },
		options: { path, buttonLabel: button, appendAttribution: false, customCss: PAGE_STYLE },
	};
	return node(name, 'n8n-nodes-base.formTrigger', 2.6, place, parameters, { webhookId: path });
}

/** A further page of a form, which waits some minutes for a person. */
export function formPage(
	name: string,
	place: Place,
	{ title, button, minutes }: { title: string; button: string; minutes: number },
	fields: readonly object[],
): WorkflowNode {
	const parameters = {
		operation: 'page',
		formFields: { values: fields },
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: minutes,
		resumeUnit: 'minutes',
		options: { formTitle: title, buttonLabel: button, customCss: PAGE_STYLE },
	};
	return node(name, 'n8n-nodes-base.form', 2.5, place, parameters, { webhookId: name });
}

/**
 * The last page of a form. `file` is the name of a binary field to download, if there is one. The
 * execution ends after a day at the latest: it would wait forever for a tab that was closed.
 */
export function formEnding(
	name: string,
	place: Place,
	title: string,
	message: string,
	file?: string,
): WorkflowNode {
	const parameters = {
		operation: 'completion',
		respondWith: file === undefined ? 'text' : 'returnBinary',
		completionTitle: title,
		completionMessage: message,
		...(file !== undefined && { inputDataFieldName: file }),
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: 1,
		resumeUnit: 'days',
		options: { customCss: PAGE_STYLE },
	};
	return node(name, 'n8n-nodes-base.form', 2.5, place, parameters, { webhookId: name });
}
