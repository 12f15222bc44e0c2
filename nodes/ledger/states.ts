/** Who acts next: a person, the workflows by themselves, or nobody. */
type Turn = 'person' | 'desk' | 'nobody';

interface State {
	/** A payout only moves to a higher rank; within one rank, what happened later counts. */
	rank: number;
	turn: Turn;
	/** Follows the payout in a sentence. */
	text: string;
	/** What a person does about it; empty where nothing. */
	nextStep: string;
}

const state = (rank: number, turn: Turn, text: string, nextStep = ''): State => ({
	rank,
	turn,
	text,
	nextStep,
});

const CORRECT = 'Nothing was paid. Correct the row, and send it again.';
const LEAVE_AS_IT_IS =
	'Do not change the row or its reference. The same row, sent again, is never paid twice.';

/** The outcomes of an order, in the order in which a payout moves through them. */
export const OUTCOMES = {
	/** A run has claimed it, and has not written its outcome. */
	sending: state(0, 'desk', 'is being sent'),
	waiting_for_approval: state(1, 'person', 'waits for the approval of a second person'),
	not_sent: state(1, 'nobody', 'was not sent', CORRECT),
	rejected: state(1, 'nobody', 'was refused', CORRECT),
	// A refusal after it must be seen.
	approved: state(1, 'desk', 'was approved, and is about to be sent'),
	declined: state(3, 'nobody', 'was declined', 'Ask for it again under a new reference.'),
	unknown: state(5, 'desk', 'may have been paid: its answer was lost', LEAVE_AS_IT_IS),
	already_submitted: state(8, 'desk', 'was sent earlier, and how it ended is not known here'),
	submitted: state(10, 'desk', 'was sent, and is not final yet'),
} as const;

/** How far Smart Glocal is with it, in order. */
export const STATUSES = {
	in_progress: state(10, 'desk', 'was sent, and is not final yet'),
	ready_to_confirm: state(20, 'desk', 'was sent, and waits for its confirmation'),
	confirmed: state(22, 'desk', 'was confirmed, and is not final yet'),
	unclear: state(
		25,
		'person',
		'ended in an error that is not final',
		'Ask Smart Glocal’s support how it ends, and do not pay it again before.',
	),
	failed: state(
		30,
		'nobody',
		'failed',
		'Nothing was paid. Find out why, and pay it again under a new reference.',
	),
	// After `failed`: to take a payout that failed for a paid one costs less than to pay twice.
	succeeded: state(31, 'nobody', 'was paid'),
	returned: state(
		40,
		'nobody',
		'was returned by the recipient’s bank',
		'Find out why, and pay what came back under a new reference.',
	),
} as const;

export type Outcome = keyof typeof OUTCOMES;
export type Status = keyof typeof STATUSES;

/** Whether Smart Glocal can have a payout with this outcome. */
export function canHaveArrived(outcome: Outcome): boolean {
	return OUTCOMES[outcome].rank >= OUTCOMES.unknown.rank;
}

/** Whether Smart Glocal has it for certain. */
export function hasArrived(outcome: Outcome): boolean {
	return OUTCOMES[outcome].rank >= OUTCOMES.already_submitted.rank;
}
