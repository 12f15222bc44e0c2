import { parseArgs } from 'node:util';

import { COMPARED_CASES, PLAIN_CASES } from './cases.mts';
import type { Look } from './plan.mts';
import { LONG_TAIL, NEAR } from './servers.mts';
import type { Latency } from './servers.mts';

/** The command line in brief. */
export const USAGE = `The benchmark compares ways of sending the same payouts from a real n8n.

Usage: npm run bench -- [--rows 5000] [--latency 20,300,1000,long-tail] [--rate-limit N]
                        [--plain] [--cases ID,ID] [--profile] [--write]
       npm run bench -- --queue [--write]
       npm run bench -- --files [--rows 50000]
       npm run bench -- --desk [--rows 2000]
       npm run bench -- --webhooks [--rows 2000]
       npm run bench -- --ledger [--rows 10000]

  --rows N        How many rows at every latency (default 5000); the other parts take a fifth
                  of them, and ten times as many.
  --profile       Also profiles n8n while it pays automatically mapped rows.
  --write         Writes the results into docs/benchmarks.md and README.md, and draws the chart.
  --queue         Measures n8n in queue mode instead. It needs Redis and PostgreSQL.
  --files         Measures how files are read instead, beside well-known libraries.
  --desk          Measures the upload form with its ledger instead, beside the HTTP Request node.
  --webhooks      Measures what webhooks cost instead, and how soon the ledger knows.
  --ledger        Measures a run with its ledger in PostgreSQL instead, beside one without a ledger.
                  It needs Redis and PostgreSQL.

With one of these it only measures what they name, as a quick look:

  --latency MS,MS How long the sandbox holds back every response, or long-tail (default 20).
  --rate-limit N  How many requests the sandbox allows in any second.
  --plain         Instead of the sandbox, a server that does no more than answer.
  --cases ID,ID   The cases, by their ids in bench/cases.mts.
`;

/** What the command line asks for. */
export interface Options {
	rows: number;
	/** What to measure instead of everything. */
	look: Look | undefined;
	profile: boolean;
	write: boolean;
	/** Whether queue mode is measured instead. */
	queue: boolean;
	/** Whether the reading of files is measured instead. */
	files: boolean;
	/** Whether the example with the upload form is measured instead. */
	desk: boolean;
	/** Whether webhooks are measured instead. */
	webhooks: boolean;
	/** Whether a run with a ledger in PostgreSQL is measured instead. */
	ledger: boolean;
}

/** Reads the command line; undefined when it asks for help. Throws when it is not understood. */
export function readOptions(): Options | undefined {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string' },
			latency: { type: 'string' },
			'rate-limit': { type: 'string' },
			plain: { type: 'boolean', default: false },
			cases: { type: 'string' },
			profile: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			queue: { type: 'boolean', default: false },
			files: { type: 'boolean', default: false },
			desk: { type: 'boolean', default: false },
			webhooks: { type: 'boolean', default: false },
			ledger: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const {
		rows,
		latency,
		'rate-limit': limit,
		plain: isPlain,
		cases,
		profile,
		write,
		queue,
		files,
		desk,
		webhooks,
		ledger,
	} = values;
	const isLook = latency !== undefined || limit !== undefined || isPlain || cases !== undefined;
	if (isLook && write) throw new Error('--write takes the results of everything, not of a look.');
	if (queue && (isLook || profile)) throw new Error('--queue goes with --write only.');
	if (isPlain && (limit !== undefined || latency?.includes(LONG_TAIL))) {
		throw new Error('--plain goes with latencies in ms only.');
	}
	const look = {
		latencies: latency?.split(',').map(readLatency) ?? [NEAR],
		requestsPerSecond: limit === undefined ? undefined : readNumber('rate-limit', limit),
		isPlain,
		cases: cases?.split(',') ?? (isPlain ? PLAIN_CASES : COMPARED_CASES),
	};
	const alone = { files, desk, webhooks, ledger };
	for (const [name, isAsked] of Object.entries(alone)) {
		const others = Object.values(alone).filter(Boolean).length - 1;
		const isMore = isLook || profile || queue || write || others > 0;
		if (isAsked && isMore) throw new Error(`--${name} goes with --rows only.`);
	}
	const preset = files ? '50000' : ledger ? '10000' : desk || webhooks ? '2000' : '5000';
	const count = readNumber('rows', rows ?? preset);
	return { rows: count, look: isLook ? look : undefined, profile, write, queue, ...alone };
}

function readLatency(text: string): Latency {
	return text === LONG_TAIL ? LONG_TAIL : readNumber('latency', text);
}

function readNumber(name: string, text: string): number {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	throw new Error(`--${name} takes whole numbers from 1, not "${text}".`);
}
