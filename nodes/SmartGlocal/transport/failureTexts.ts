import { explainApiError } from './apiErrors';
import type { Failure } from './outcome';
import { SUBJECTS } from './subject';
import type { Subject } from './subject';

/** Why a request never left n8n, after "Payout 'X' was not sent: ". */
const NEVER_LEFT_TEXTS: Readonly<Record<string, string>> = {
	http_429: 'Smart Glocal asked to wait (HTTP 429)',
	EAI_AGAIN: 'the name of the host could not be looked up',
	ECONNREFUSED: 'the host refused the connection',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	ENOTFOUND: 'the host does not exist',
	ETIMEDOUT: 'the connection was not made in time',
};

/**
 * Words an outcome for the person who runs the workflow: what happened, and what to do next.
 *
 * @returns the message, without the row's number, and the description with the next step
 */
export function describeFailure(
	failure: Failure,
	subject: Subject,
): { message: string; description: string } {
	const texts = SUBJECTS[subject.kind];
	const noun = texts.noun(subject.name);
	if (failure.outcome === 'rejected') {
		const { meaning, advice } = explainRefusal(failure, subject);
		return {
			message: `${noun} ${texts.refused}: ${meaning}`,
			description: join(texts.afterRefusal, advice, quoteApi(failure)),
		};
	}
	if (failure.outcome === 'not_sent') {
		const why = NEVER_LEFT_TEXTS[failure.code] ?? explainSetup(failure.code);
		return { message: `${noun} ${texts.notSent}: ${why}`, description: texts.afterNotSent };
	}
	return {
		message: `It is not known whether ${texts.unknown(subject.name)}: ${explainUnknown(failure)}`,
		description: join(texts.afterUnknown, isApiCode(failure) ? quoteApi(failure) : ''),
	};
}

function explainRefusal(failure: Failure, subject: Subject): { meaning: string; advice: string } {
	if (isApiCode(failure)) return explainApiError(failure.code, subject.kind);
	return {
		meaning: `the answer was HTTP ${failure.httpStatus}`,
		advice: "Check 'Environment' and the address in the credential, and any proxy in between.",
	};
}

function explainUnknown(failure: Failure): string {
	if (failure.code === 'unreadable_answer') {
		return `Smart Glocal answered with HTTP ${failure.httpStatus}, but the answer is not readable`;
	}
	if (failure.code.startsWith('http_')) return `the answer was HTTP ${failure.httpStatus}`;
	if (isApiCode(failure)) {
		const { meaning, isKnown } = explainApiError(failure.code);
		return isKnown ? meaning : `the answer was HTTP ${failure.httpStatus}`;
	}
	if (/TIMEDOUT|ECONNABORTED/.test(failure.code)) return 'no answer came in time';
	return 'the connection broke before an answer came';
}

/** What went wrong before the order itself could be sent, in the words of a system error's code. */
function explainSetup(code: string): string {
	return /CERT|ISSUER|LEAF_SIGNATURE/.test(code)
		? `the host's certificate was not accepted (${code})`
		: `its session could not be created first (${code})`;
}

/** Whether the code is the API's, and not one of ours or the system's. */
function isApiCode({ code, httpStatus }: Failure): boolean {
	return httpStatus !== undefined && code !== 'unreadable_answer' && !code.startsWith('http_');
}

function quoteApi({ code, description }: Failure): string {
	return `Smart Glocal's code is ${code}${description ? `: "${description}"` : ''}.`;
}

function join(...sentences: string[]): string {
	return sentences.filter((sentence) => sentence !== '').join(' ');
}
