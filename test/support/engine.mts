import { createRequire } from 'node:module';
import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	PackageDirectoryLoader,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	OnError,
} from 'n8n-workflow';
import path from 'node:path';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../../n8n/packageNames.mts';

type CredentialByRow = (index: number) => ICredentialDataDecryptedObject;

/** What a test says about one run of the node. */
export interface RunOptions {
	items: IDataObject[];
	/** The file that comes with the first item, as `data`. */
	file?: IBinaryData;
	/** The node's parameters, beside resource and operation. */
	parameters: IDataObject;
	/** What the credential decrypts to; a function for one with expressions, by row index. */
	credentials: ICredentialDataDecryptedObject | CredentialByRow;
	onError?: OnError;
	/** For n8n's Retry On Fail; the time between tries is the shortest that n8n allows. */
	retryOnFail?: boolean;
	/** How often it is run at most, with Retry On Fail; 2 by default. */
	maxTries?: number;
}

/** What came out of a run. */
export interface RunResult {
	success: INodeExecutionData[];
	errors: INodeExecutionData[];
	/** The error that ended the execution, if one did. */
	error?: Error & { description?: string; context?: IDataObject };
	run: IRun;
}

let loading: Promise<PackageDirectoryLoader> | undefined;

/** Loads the built package from `dist`, as n8n does with an installed one. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	loading ??= (async () => {
		// What n8n does at its start, with the copy of the module that n8n-core uses.
		const requireFromCore = createRequire(require.resolve('n8n-core'));
		requireFromCore('@n8n/backend-network').configureGlobalAxiosDefaults();
		const loader = new PackageDirectoryLoader(path.resolve(__dirname, '../..'));
		await loader.loadAll();
		return loader;
	})();
	return await loading;
}

/** n8n's node types: ours, and one that stands for whatever hands the rows over. */
export async function nodeTypes(items: IDataObject[], file?: IBinaryData): Promise<INodeTypes> {
	const loader = await loadPackage();
	const source = {
		description: {
			displayName: 'Rows',
			name: 'rows',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Rows' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async function (this: IExecuteFunctions) {
			const rows: INodeExecutionData[] = items.map((json, item) => ({
				json,
				pairedItem: { item },
			}));
			if (rows[0] && file) rows[0].binary = { data: file };
			return [rows];
		},
	} as INodeType;
	const byName = (name: string) =>
		name === NODE_TYPE ? (loader.getNode('smartGlocal').type as INodeType) : source;
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
}

type ResolveValues = ICredentialsExpressionResolveValues;

/** Adds defaults to a stored credential and evaluates its expressions, as n8n does (n8n 1.88 to 2.41). */
export function evaluateCredential(
	properties: INodeProperties[],
	stored: ICredentialDataDecryptedObject,
	{ workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData }: ResolveValues,
): ICredentialDataDecryptedObject {
	const data = NodeHelpers.getNodeParameters(properties, stored as never, true, false, null, null);
	return workflow.expression.getParameterValue(
		data as never,
		runExecutionData,
		runIndex,
		itemIndex,
		node.name,
		connectionInputData,
		'manual',
		{},
		undefined,
		false,
		data as never,
	) as ICredentialDataDecryptedObject;
}

/** What n8n gives every execution, with a credentials helper that knows one credential. */
export async function additionalData(
	credentials: RunOptions['credentials'],
): Promise<IWorkflowExecuteAdditionalData> {
	const loader = await loadPackage();
	const type = loader.getCredential(CREDENTIAL_TYPE).type as ICredentialType;
	const authenticate = type.authenticate as (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
	const data = {
		credentialsHelper: {
			getParentTypes: () => [],
			getDecrypted: async (...args: unknown[]) => {
				const values = args[6] as ResolveValues | undefined;
				// A webhook has no rows.
				const stored =
					typeof credentials === 'function' ? credentials(values?.itemIndex ?? 0) : credentials;
				return values ? evaluateCredential(type.properties, stored, values) : { ...stored };
			},
			authenticate: async (
				decrypted: ICredentialDataDecryptedObject,
				_type: string,
				request: IHttpRequestOptions,
			) => await authenticate(decrypted, request),
			preAuthentication: async () => undefined,
			isCredentialUsableByNode: () => true,
			getCredentialsProperties: () => type.properties,
		},
		executionId: 'engine-test',
		restApiUrl: '',
		instanceBaseUrl: 'http://127.0.0.1/',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		webhookTestBaseUrl: '',
		currentNodeExecutionIndex: 0,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	data.hooks = new ExecutionLifecycleHooks('manual', 'engine-test', {
		id: 'engine-test',
		name: 'engine test',
		active: false,
		nodes: [],
		connections: {},
	} as never);
	return data;
}

/** A workflow of two nodes: the rows, and the node under test. */
export async function buildWorkflow(options: RunOptions): Promise<Workflow> {
	const node = (name: string, type: string, more: Partial<INode>): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	return new Workflow({
		id: 'engine-test',
		active: false,
		nodeTypes: await nodeTypes(options.items, options.file),
		nodes: [
			node('Rows', 'test.rows', {}),
			node('Pay', NODE_TYPE, {
				parameters: { resource: 'payout', operation: 'init', ...options.parameters } as never,
				credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Smart Glocal' } },
				...(options.onError && { onError: options.onError }),
				...(options.retryOnFail && {
					retryOnFail: true,
					maxTries: options.maxTries ?? 2,
					waitBetweenTries: 1,
				}),
			}),
		],
		connections: { Rows: { main: [[{ node: 'Pay', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
}

/** The context of n8n for the node under test, as n8n makes it for one run. */
export async function executeContext(options: RunOptions) {
	const workflow = await buildWorkflow(options);
	const node = workflow.getNode('Pay') as INode;
	const inputData = { main: [options.items.map((json) => ({ json }))] };
	const context = new ExecuteContext(
		workflow,
		node,
		await additionalData(options.credentials),
		'manual',
		createRunExecutionData(),
		0,
		inputData.main[0] ?? [],
		inputData,
		{ node, data: inputData, source: null },
		[],
	);
	return { context, workflow };
}

/** Runs the rows through n8n's own engine for declared operations, which our node does without. */
export async function runDeclared(options: RunOptions) {
	const { context, workflow } = await executeContext(options);
	const nodeType = workflow.nodeTypes.getByNameAndVersion(NODE_TYPE) as INodeType;
	await workflow.expression.acquireIsolate?.();
	try {
		return await new RoutingNode(context as never, nodeType).runNode();
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

/** Starts a run without waiting for it, so that a test can cancel it. */
export async function startRun(options: RunOptions) {
	const workflow = await buildWorkflow(options);
	const execution = new WorkflowExecute(
		await additionalData(options.credentials),
		'manual',
		createRunExecutionData(),
	);
	return { execution: execution.run({ workflow, startNode: workflow.getNode('Rows') as INode }) };
}

/** Runs the rows through n8n-core's own engine. */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const { execution } = await startRun(options);
	return readRun(await execution);
}

/** Picks the node's outputs out of a run. */
export function readRun(run: IRun): RunResult {
	const task = run.data.resultData.runData.Pay?.at(-1);
	const error = run.data.resultData.error as RunResult['error'];
	return {
		success: task?.data?.main?.[0] ?? [],
		errors: task?.data?.main?.[1] ?? [],
		...(error && { error }),
		run,
	};
}
