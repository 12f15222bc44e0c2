import { createHash } from 'node:crypto';

/** A step that can be taken now, in words, and the world after it. */
export interface Step<World> {
	name: string;
	next: World;
	/** What must never happen, if this step does it. */
	violation?: string | undefined;
}

export interface Model<World> {
	initial: World;
	steps: (world: World) => Array<Step<World>>;
	/** What is wrong with a world in which nothing more happens. */
	judgeEnd: (world: World) => string | undefined;
}

export interface Exploration {
	states: number;
	/** For each violation, the shortest way there. */
	traces: Map<string, string[]>;
}

/** Visits every world that a model can reach, breadth first. Throws above `maxStates`. */
export function explore<World>(model: Model<World>, maxStates: number): Exploration {
	const numbers = new Map<string, number>();
	const parents: Array<[parent: number, name: string]> = [];
	const traces: Exploration['traces'] = new Map();
	const visit = (world: World, parent: number, name: string) => {
		const key = createHash('md5').update(JSON.stringify(world)).digest('base64');
		if (numbers.has(key)) return undefined;
		numbers.set(key, parents.length);
		return parents.push([parent, name]) - 1;
	};
	const listSteps = (number: number): string[] => {
		const [parent, name] = parents[number] ?? [0, ''];
		return number === 0 ? [] : [...listSteps(parent), name];
	};
	visit(model.initial, 0, '');
	let layer: Array<[number: number, world: World]> = [[0, model.initial]];
	while (layer.length > 0) {
		const following: typeof layer = [];
		for (const [number, world] of layer) {
			const steps = model.steps(world);
			const bad = steps.length === 0 ? model.judgeEnd(world) : undefined;
			if (bad !== undefined && !traces.has(bad)) traces.set(bad, listSteps(number));
			for (const { name, next, violation } of steps) {
				if (violation !== undefined && !traces.has(violation)) {
					traces.set(violation, [...listSteps(number), name]);
				}
				const added = visit(next, number, name);
				if (added !== undefined) following.push([added, next]);
			}
		}
		if (parents.length > maxStates) throw new Error(`More than ${maxStates} states`);
		layer = following;
	}
	return { states: parents.length, traces };
}
