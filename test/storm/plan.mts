import type { IDataObject, OnError } from 'n8n-workflow';

/** How one run of the workflow is set up. */
export interface RunPlan {
	onError: OnError;
	retryOnFail: boolean;
	/** Bad rows keep a run that stops from sending anything. */
	withBadRows: boolean;
	options: IDataObject;
}

/** Draws the settings of one run, so that over a storm all settings meet all faults. */
export function drawPlan(random: () => number): RunPlan {
	const stops = random() < 0.2;
	const inPlace = random() < 0.15;
	return {
		onError: stops ? 'stopWorkflow' : inPlace ? 'continueRegularOutput' : 'continueErrorOutput',
		retryOnFail: random() < 0.3,
		withBadRows: !stops || random() < 0.3,
		options: {
			parallelRequests: 1 + Math.floor(random() * 20),
			sessionFirst: random() < 0.35,
			simplify: random() < 0.8,
			duplicates: random() < 0.1 ? 'error' : 'report',
		},
	};
}

/** A plan in one line, for whoever investigates a violation. */
export function describePlan({ onError, retryOnFail, options }: RunPlan): string {
	const { parallelRequests, sessionFirst } = options;
	return [
		onError,
		`${String(parallelRequests)} at once`,
		...(sessionFirst === true ? ['session first'] : []),
		...(retryOnFail ? ['retry on fail'] : []),
	].join(', ');
}
