import type { BenchServer } from './servers.mts';
import { bareNode, declaredNode, httpRequestNode, ourNode } from './workflows.mts';
import type { MeasuredNode } from './workflows.mts';

/** One way of sending the same payouts. */
export interface BenchCase {
	id: string;
	label: string;
	/** Whether the way is this package's node, as users have it. */
	isOurs?: boolean;
	/** The node in n8n, or whether the raw loop keeps its connections. */
	way: { node: MeasuredNode } | 'raw loop';
}

/** Our node as it is preset, its rows mapped automatically. */
export const AUTOMATIC_CASE = 'automatic';

/** The case that all others are compared to. */
export const REFERENCE_CASE = 'http-request';

export const BATCHED_CASE = 'http-batched';
export const BARE_CASE = 'bare';
export const RAW_CASE = 'raw-new';
export const EXPRESSIONS_CASE = 'expressions';
export const COMPUTED_CASE = 'computed';

/** The ways that are compared at every latency. */
export const COMPARED_CASES = [AUTOMATIC_CASE, REFERENCE_CASE, BARE_CASE, RAW_CASE] as const;

/** The ways that are compared where the server does no more than answer. */
export const PLAIN_CASES = [AUTOMATIC_CASE, REFERENCE_CASE] as const;

/** The ways that are measured with a limit of requests. */
export const LIMITED_CASES = [AUTOMATIC_CASE, REFERENCE_CASE, BATCHED_CASE] as const;

/** The ways that are measured with few rows: the others, beside the two that they are compared to. */
export const FEW_ROWS_CASES = [
	AUTOMATIC_CASE,
	'fixed-20',
	'fixed-5',
	EXPRESSIONS_CASE,
	COMPUTED_CASE,
	REFERENCE_CASE,
	'declared-automatic',
	'declared-expressions',
] as const;

/** The name of the workflow that sends a case to a server. */
export function workflowName(id: string, { isPlain = false }: BenchServer): string {
	return isPlain ? `${id}-plain` : id;
}

/**
 * All cases, in the order of the tables.
 *
 * @param serverUrl of the sandbox or the plain server
 */
export function benchCases(serverUrl: string): BenchCase[] {
	return [
		{
			id: AUTOMATIC_CASE,
			label: 'Smart Glocal node, mapped automatically',
			isOurs: true,
			way: { node: ourNode('automatic') },
		},
		...[20, 5].map((parallel) => ({
			id: `fixed-${parallel}`,
			label: `Smart Glocal node, mapped automatically, ${parallel} in flight`,
			isOurs: true,
			way: { node: ourNode('automatic', parallel) },
		})),
		{
			id: EXPRESSIONS_CASE,
			label: 'Smart Glocal node, an expression for every column',
			isOurs: true,
			way: { node: ourNode('expressions') },
		},
		{
			id: COMPUTED_CASE,
			label: 'Smart Glocal node, a computed expression for every column',
			isOurs: true,
			way: { node: ourNode('computed') },
		},
		{
			id: REFERENCE_CASE,
			label: 'HTTP Request node, as n8n presets it',
			way: { node: httpRequestNode(serverUrl) },
		},
		{
			id: BATCHED_CASE,
			label: 'HTTP Request node, 50 items per batch, 1 s between batches',
			way: { node: httpRequestNode(serverUrl, { batchSize: 50, batchInterval: 1_000 }) },
		},
		{
			id: 'declared-automatic',
			label: "n8n's declarative engine, mapped automatically",
			way: { node: declaredNode('automatic') },
		},
		{
			id: 'declared-expressions',
			label: "n8n's declarative engine, an expression for every column",
			way: { node: declaredNode('expressions') },
		},
		{
			id: BARE_CASE,
			label: "A loop with n8n's request helper, without any checks",
			way: { node: bareNode() },
		},
		{
			id: RAW_CASE,
			label: 'Raw loop without n8n, a connection for each request',
			way: 'raw loop',
		},
	];
}
