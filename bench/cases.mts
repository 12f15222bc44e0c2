import { declaredNode, httpRequestNode, ourNode } from './workflows.mts';
import type { MeasuredNode } from './workflows.mts';

/** One way of sending the same payouts. */
export interface BenchCase {
	/** Also the name of its workflow. */
	id: string;
	label: string;
	/** Requests in flight, where that can be set. */
	parallel?: number;
	/** The most rows it is measured with. */
	upTo: number;
	/** How many rows its warm-up has. */
	warmUp: number;
	/** The node in n8n, or whether the raw loop keeps its connections. */
	way: { node: MeasuredNode } | { keepAlive: boolean };
}

/** The case that all others are compared to. */
export const REFERENCE_CASE = 'http-request';

/** The cases with targets. */
export const AUTOMATIC_CASE = 'automatic-20';
export const EXPRESSIONS_CASE = 'expressions-20';

/** For ways that work with any number of rows. */
const ALL = { upTo: 10_000, warmUp: 1_000 };
/** For ways whose figures do not change with more rows, or that would freeze n8n. */
const FEW = { upTo: 1_000, warmUp: 200 };

/** All cases, in the order of the table. */
export function benchCases(sandboxUrl: string): BenchCase[] {
	return [
		...[20, 5].map((parallel) => ({
			id: `automatic-${parallel}`,
			label: 'Smart Glocal node, mapped automatically',
			parallel,
			...ALL,
			way: { node: ourNode('automatic', parallel) },
		})),
		...[20, 5].map((parallel) => ({
			id: `expressions-${parallel}`,
			label: 'Smart Glocal node, an expression for every column',
			parallel,
			...(parallel === 20 ? ALL : FEW),
			way: { node: ourNode('expressions', parallel) },
		})),
		{
			id: 'computed-20',
			label: 'Smart Glocal node, a computed expression for every column',
			parallel: 20,
			...FEW,
			way: { node: ourNode('computed', 20) },
		},
		{
			id: 'declared-automatic',
			label: "n8n's declarative engine, mapped automatically",
			...ALL,
			way: { node: declaredNode('automatic') },
		},
		{
			id: 'declared-expressions',
			label: "n8n's declarative engine, an expression for every column",
			...FEW,
			way: { node: declaredNode('expressions') },
		},
		{
			id: REFERENCE_CASE,
			label: 'HTTP Request node, as n8n presets it',
			...ALL,
			way: { node: httpRequestNode(sandboxUrl) },
		},
		{
			id: 'raw-new',
			label: 'Raw loop without n8n, a connection for each request',
			parallel: 20,
			...ALL,
			way: { keepAlive: false },
		},
		...[20, 5].map((parallel) => ({
			id: `raw-${parallel}`,
			label: 'Raw loop without n8n, connections kept',
			parallel,
			...ALL,
			way: { keepAlive: true },
		})),
	];
}
