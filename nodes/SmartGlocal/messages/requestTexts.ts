import type { RequestKind } from '../../api/request';

/** How messages speak of one kind of request. */
interface RequestTexts {
	/** Begins a message; `name` is a reference or a session id, and can be empty. */
	readonly noun: (name: string) => string;
	readonly refused: string;
	readonly notSent: string;
	/** Follows "It is not known whether …". */
	readonly unknown: (name: string) => string;
	/** A complete sentence: what is true after a request that was not carried out. */
	readonly nothingDone: string;
	/** Follows "Correct the credential and …". */
	readonly again: string;
	/** Complete sentences: what is true now, and what to do. */
	readonly afterRefusal: string;
	readonly afterUnknown: string;
	/** After an answer that contradicts its request; `session` is the one that it names. */
	readonly afterContradiction: (session: string) => string;
}

const NOTHING_PAID = 'Nothing was paid.';
const NOT_CARRIED_OUT = 'The request was not carried out.';
const RUN_AGAIN = 'run the row again with the same reference';
const ASK_SUPPORT = "ask Smart Glocal's support what happened";
const LOOK_AT_BOTH = `Look at every session that is named here with the operation 'Get Status' before you do anything else, and ${ASK_SUPPORT}.`;

const LOOKUP = {
	nothingDone: NOT_CARRIED_OUT,
	again: 'look again',
	afterContradiction: () =>
		`A lookup changes nothing. Do not act on this answer: run the row again, and ${ASK_SUPPORT} if the answer stays the same.`,
	refused: 'could not be looked up',
	notSent: 'could not be looked up',
	afterRefusal: '',
};

const session = (name: string) => (name === '' ? 'The session' : `Session '${name}'`);
const sessionInSentence = (name: string) => (name === '' ? 'the session' : `session '${name}'`);

/** The words for each kind of request. */
export const REQUEST_TEXTS: Readonly<Record<RequestKind, RequestTexts>> = {
	order: {
		noun: (name) => (name === '' ? 'The payout' : `Payout '${name}'`),
		refused: 'was refused',
		notSent: 'was not sent',
		unknown: (name) => `payout '${name}' was accepted`,
		afterRefusal: 'Nothing was paid by this request.',
		nothingDone: NOTHING_PAID,
		again: RUN_AGAIN,
		afterContradiction: (answered) =>
			`Do not change the reference, and do not pay in another way. Look at ${answered} in the dashboard before you do anything else, and ${ASK_SUPPORT}. Running the row again with the same reference cannot pay twice.`,
		afterUnknown:
			'Do not change the reference: running the row again with the same reference cannot pay twice. It either sends the payout or reports that it was already submitted. The session in the dashboard, or the webhook, shows which.',
	},
	creation: {
		noun: () => 'The session',
		refused: 'was not created',
		notSent: 'was not created',
		unknown: () => 'the session was created',
		afterRefusal: 'Nothing was paid.',
		nothingDone: NOTHING_PAID,
		again: 'run the row again',
		afterContradiction: (answered) =>
			`Nothing was paid: money only moves when a payout is started in a session. Do not start a payout in ${answered}. Run the row again for a new session, and ${ASK_SUPPORT}.`,
		afterUnknown:
			'Nothing was paid: money only moves when a payout is started in a session. Run the row again; a session that is left over does no harm.',
	},
	confirmation: {
		noun: session,
		refused: 'was not confirmed',
		notSent: 'was not confirmed',
		unknown: (name) => `${sessionInSentence(name)} was confirmed`,
		afterRefusal: '',
		nothingDone: NOT_CARRIED_OUT,
		again: 'confirm again before the 240 minutes are over',
		afterContradiction: () => LOOK_AT_BOTH,
		afterUnknown:
			"Look at it with the operation 'Get Status', or confirm again: confirming twice does not pay twice.",
	},
	cancellation: {
		noun: session,
		refused: 'was not cancelled',
		notSent: 'was not cancelled',
		unknown: (name) => `${sessionInSentence(name)} was cancelled`,
		afterRefusal: '',
		nothingDone: NOT_CARRIED_OUT,
		again: 'cancel again',
		afterContradiction: () => LOOK_AT_BOTH,
		afterUnknown: "Look at it with the operation 'Get Status' before you do anything else.",
	},
	lookup: {
		...LOOKUP,
		noun: session,
		unknown: (name) => `${sessionInSentence(name)} has changed`,
		afterUnknown: 'A lookup changes nothing: run the row again.',
	},
	balance: {
		...LOOKUP,
		noun: () => 'The balance',
		unknown: () => 'the balance has changed',
		afterUnknown: 'A lookup changes nothing: run it again.',
	},
};
