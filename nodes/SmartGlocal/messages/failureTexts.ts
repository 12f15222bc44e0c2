import type { Contradiction } from '../../api/contradictions';
import { explainErrorCode } from '../../api/errorCodes';
import { explainNetworkError, UNSIGNED_CODE } from '../../api/networkFailures';
import { UNREADABLE_CODE, WAIT_CODE } from '../../api/outcomes';
import type { Failure } from '../../api/outcomes';
import type { RequestKind } from '../../api/request';
import { REQUEST_TEXTS } from './requestTexts';

/** What happened, and what to do next. */
export interface FailureTexts {
	message: string;
	description: string;
}

/**
 * Words a failure for the person who runs the workflow.
 *
 * @param kind what the request asked for
 * @param name the reference or session id that the request is about; empty where there is none
 * @returns the message, without the row's number, and the description with the next step
 */
export function describeFailure(failure: Failure, kind: RequestKind, name: string): FailureTexts {
	const texts = REQUEST_TEXTS[kind];
	const noun = texts.noun(name);
	switch (failure.outcome) {
		case 'rejected': {
			const { meaning, advice } = explainRejection(failure, kind);
			return {
				message: `${noun} ${texts.refused}: ${meaning}`,
				description: join(texts.afterRefusal, advice, quote(failure)),
			};
		}
		case 'not_sent':
			return {
				message: `${noun} ${texts.notSent}: ${explainNotSent(failure)}`,
				description: join(
					texts.nothingDone,
					`${adviseNotSent(failure)} ${texts.again}.`,
					failure.code === UNSIGNED_CODE ? (failure.description ?? '') : '',
				),
			};
		case 'unknown':
			return {
				message: `It is not known whether ${texts.unknown(name)}: ${explainUnknown(failure, kind)}`,
				description: failure.contradiction
					? texts.afterContradiction(nameSession(failure))
					: join(texts.afterUnknown, failure.source === 'api' ? quote(failure) : ''),
			};
		case 'already_submitted':
			return {
				message: `${noun} was already submitted by an earlier request`,
				description:
					"Nothing was paid twice. To get such rows as normal output, set the option 'Repeated References' to report them.",
			};
	}
}

function explainRejection({ source, code, httpStatus }: Failure, kind: RequestKind) {
	if (source === 'api') return explainErrorCode(code, kind);
	return {
		meaning: `the answer was HTTP ${httpStatus}`,
		advice: "Check 'Environment' and the address in the credential, and any proxy in between.",
	};
}

function explainNotSent({ code, beforeStart, contradiction }: Failure): string {
	if (contradiction) return `its session could not be created first: ${explain(contradiction)}`;
	if (beforeStart) return `its session could not be created first (${code})`;
	if (code === UNSIGNED_CODE) return 'the credential could not sign the request';
	if (code === WAIT_CODE) return 'Smart Glocal asked to wait (HTTP 429)';
	return explainNetworkError(code).meaning ?? `the request did not leave n8n (${code})`;
}

/** What to do before it is sent again; "look again" or the like follows. */
function adviseNotSent({ code }: Failure): string {
	if (code === UNSIGNED_CODE) return 'Correct the credential and';
	if (code === WAIT_CODE) return 'Wait a few minutes and';
	return 'Check the credential, the network and any proxy, and';
}

function explainUnknown(
	{ source, code, httpStatus, contradiction }: Failure,
	kind: RequestKind,
): string {
	if (contradiction) return explain(contradiction);
	if (source === 'network') {
		return explainNetworkError(code).isTimeout
			? 'no answer came in time'
			: 'the connection broke before an answer came';
	}
	if (source === 'client') return 'the answer could not be read';
	if (code === UNREADABLE_CODE) {
		return `Smart Glocal answered with HTTP ${httpStatus}, but the answer is not readable`;
	}
	const { isListed, isUncertain, meaning } = explainErrorCode(code, kind);
	if (source !== 'api' || !isUncertain) return `the answer was HTTP ${httpStatus}`;
	return isListed ? meaning : "Smart Glocal's answer leaves that open";
}

/** How a response contradicts its request. */
function explain({ about, expected, shown }: Contradiction): string {
	switch (about) {
		case 'session':
			return `the answer is about another session ('${shown}' instead of '${expected}')`;
		case 'reference':
			return `the answer is about another payout ('${shown}' instead of '${expected}')`;
		case 'amount':
			return `the answer shows another amount (${shown} instead of ${expected}, in minor units)`;
		case 'status':
			return 'the answer says both yes and no';
	}
}

function nameSession({ sessionId }: Failure): string {
	return sessionId === undefined ? 'the session' : `session '${sessionId}'`;
}

function quote({ source, code, description }: Failure): string {
	const name = source === 'api' ? "Smart Glocal's code" : 'The code';
	return `${name} is ${code}${description ? `: "${description}"` : ''}.`;
}

function join(...sentences: string[]): string {
	return sentences.filter((sentence) => sentence !== '').join(' ');
}
