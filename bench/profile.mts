/** The part of V8's CPU profile that is read here. */
interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string; lineNumber: number };
	}>;
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

const MAX_FUNCTIONS = 25;
const MAX_PACKAGES = 15;

/** Lists the packages and functions with the most time of their own in a CPU profile. */
export function describeProfile(json: string): string {
	const { nodes, samples, timeDeltas } = JSON.parse(json) as CpuProfile;
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
	const functions = new Map<string, number>();
	const packages = new Map<string, number>();
	let total = 0;
	for (const [position, id] of samples.entries()) {
		const frame = frames.get(id);
		const spent = timeDeltas[position] ?? 0;
		if (!frame || frame.functionName === '(idle)' || frame.url.includes('n8nHooks')) continue;
		// Starting the profiler itself.
		if (frame.url === 'node:inspector') continue;
		total += spent;
		add(functions, `${frame.functionName || '(anonymous)'} ${place(frame.url)}`, spent);
		add(packages, packageOf(frame), spent);
	}
	const list = (of: Map<string, number>, max: number) =>
		[...of]
			.sort(([, a], [, b]) => b - a)
			.slice(0, max)
			.map(([name, spent]) => {
				const share = `${((100 * spent) / total).toFixed(1)} %`.padStart(7);
				return `${share} ${(spent / 1_000).toFixed(0).padStart(7)} ms  ${name}`;
			});
	return [
		`n8n was busy for ${(total / 1_000).toFixed(0)} ms. Its own time by package:`,
		...list(packages, MAX_PACKAGES),
		'By function:',
		...list(functions, MAX_FUNCTIONS),
	].join('\n');
}

function add(sums: Map<string, number>, name: string, value: number) {
	sums.set(name, (sums.get(name) ?? 0) + value);
}

/** The file, without the folders of this computer. */
function place(url: string): string {
	return url.replace(/^.*node_modules\//, '').replace(/^file:.*\/(?=[^/]+$)/, '');
}

function packageOf({ url, functionName }: { url: string; functionName: string }): string {
	if (url.startsWith('node:')) return "Node's own library";
	const names = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)];
	return names.at(-1)?.[1] ?? (url === '' ? `native: ${functionName}` : place(url));
}
