import { amountText } from '../currency.mts';
import type { BookedPayout } from '../ledger/books.mts';
import { payoutInRequest, signatureVerdict } from '../logLines.mts';
import type { SandboxState } from '../state.mts';
import { Markup, markup, pill, timeOfDay } from './markup.mts';
import { PAGE_SCRIPT, PAGE_STYLE } from './pageStyle.mts';
import { payoutsPart } from './payoutsPart.mts';
import { section } from './section.mts';
import { totalsPart } from './totalsPart.mts';

function amountsOf(payouts: readonly BookedPayout[]): string {
	return payouts.map(({ amount, currency }) => amountText(amount, currency)).join(' + ');
}

/** Whether each reference was paid once: a payout that did not fail is paid or will be. */
function references({ ledger: { books } }: SandboxState): Markup {
	const keys = books.payouts().map(({ reference, idempotencyKey }) => reference ?? idempotencyKey);
	const rows = [...new Set(keys)]
		.filter((key) => key !== null)
		.map((key) => {
			const { paid: times, payouts } = books.summary(key);
			const paid = payouts.filter(({ status }) => status === 'succeeded');
			const failed = payouts.filter(({ status }) => status === 'failed');
			const open = payouts.filter((payout) => !paid.includes(payout) && !failed.includes(payout));
			const verdict = pill(['not paid', 'once'][times] ?? `${times} times`);
			return [key, verdict, amountsOf(open), amountsOf(paid), amountsOf(failed)];
		});
	return section(
		'References',
		'Reference, Paid or to be paid, Accepted only, Paid, Failed or cancelled',
		rows,
	);
}

function webhooks(state: SandboxState): Markup {
	const rows = state.webhooks.list().map(({ at, type, sessionId, payoutIds, attempts, state }) => {
		const responses = attempts.map(({ status, error }) => status ?? error).join(', ');
		return [timeOfDay(at), type, sessionId, payoutIds.join(', '), responses, pill(state)];
	});
	return section('Webhooks', 'Time (UTC), Event, Session, Payouts, Responses, Delivery', rows);
}

function requests({ received }: SandboxState): Markup {
	const rows = received.list().map((entry) => {
		const { reference, amount } = payoutInRequest(entry);
		const verdicts = [pill(signatureVerdict(entry)), pill(entry.outcome ?? 'not read')];
		const method = entry.path.replace('/api/', '');
		const response = [entry.status ?? 'none', entry.fault ?? ''];
		return [timeOfDay(entry.at), method, reference, amount, ...verdicts, ...response];
	});
	const columns = 'Time (UTC), Method, Reference, Minor units, Signature, Outcome, HTTP, Fault';
	return section('Requests', columns, rows);
}

function settings({ settings: { webhookUrl, autoConfirm } }: SandboxState): Markup {
	return markup`<p id="settings">Payouts ${autoConfirm ? 'are confirmed automatically' : 'wait for a confirmation'}.
Webhooks ${webhookUrl === null ? 'are not sent' : markup`go to <code>${webhookUrl}</code>`}.</p>`;
}

/** The page that shows a person what happened, without card numbers and signatures. */
export function statusPage(state: SandboxState, url: string): string {
	const parts = [totalsPart, payoutsPart, references, webhooks, requests];
	return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Smart Glocal sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${new Markup(PAGE_STYLE)}</style></head>
<body><header><h1>Smart Glocal sandbox <span class="live">Live</span></h1>
<p><code>${url}</code> No real money moves. <a href="/sandbox/report.csv">Today's report (CSV)</a></p>
${settings(state)}
</header><main>${parts.map((part) => part(state))}
</main><script>${new Markup(PAGE_SCRIPT)}</script></body></html>
`.text;
}
