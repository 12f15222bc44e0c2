import { amountText } from '../currency.mts';
import { payoutInRequest, signatureVerdict } from '../logLines.mts';
import type { SandboxState } from '../state.mts';
import { Markup, markup, pill, timeOfDay } from './markup.mts';
import { PAGE_SCRIPT, PAGE_STYLE } from './pageStyle.mts';

const MAX_ROWS = 50;

/** A table whose rows, given oldest first, the script replaces when they change. */
function section(title: string, columns: string, rows: readonly unknown[][]): Markup {
	const [names, id] = [columns.split(', '), title.toLowerCase()];
	const count = rows.length > MAX_ROWS ? `newest ${MAX_ROWS} of ${rows.length}` : rows.length;
	const body = rows.slice(-MAX_ROWS).map((row) => {
		const columns = row.map(
			(cell, column) => markup`<td data-name="${names[column]}">${cell}</td>`,
		);
		return markup`<tr>${columns}</tr>\n`;
	});
	const head = names.map((name) => markup`<th data-name="${name}">${name}</th>`);
	const nothing = markup`<tr><td class="empty" colspan="${names.length}">Nothing yet</td></tr>`;
	return markup`<section><h2>${title} <small id="${id}-count">${count}</small></h2>
<div class="scroll"><table><thead><tr>${head}</tr></thead>
<tbody id="${id}">${body.length === 0 ? nothing : body.reverse()}</tbody></table></div></section>`;
}

/** The wallets that payouts were made from; all wallets before the first payout. */
function balances({ ledger }: SandboxState): Markup {
	const totals = ledger.books.totals();
	const wallets = ledger.wallets.list().map(({ amount_details }) => amount_details);
	const used = wallets.filter(({ currency }) => currency in totals);
	const tiles = (used.length === 0 ? wallets : used).map(({ amount, currency }) => {
		const { accepted = 0, paidAmount = 0, returnedAmount = 0 } = totals[currency] ?? {};
		const count = accepted === 1 ? '1 payout' : `${accepted} payouts`;
		const paid = `${count}, ${amountText(paidAmount, currency)} paid`;
		const returned = returnedAmount > 0 ? `, ${amountText(returnedAmount, currency)} returned` : '';
		return markup`<li>Balance <strong>${amountText(amount, currency)}</strong>
${accepted > 0 ? paid + returned : ''}</li>`;
	});
	return markup`<ul id="balances">${tiles}</ul>`;
}

function payouts({ ledger }: SandboxState): Markup {
	const rows = ledger.books
		.payouts()
		.map((payout) => [
			payout.reference ?? payout.idempotencyKey ?? '-',
			amountText(payout.amount, payout.currency),
			payout.destination,
			markup`${payout.payoutId} ${pill(payout.status)}`,
			markup`${payout.sessionId} ${pill(ledger.payout(payout.payoutId)?.session.status ?? '-')}`,
			payout.returned > 0 ? amountText(payout.returned, payout.currency) : '',
		]);
	return section('Payouts', 'Reference, Amount, Destination, Payout, Session, Returned', rows);
}

function references({ ledger: { books } }: SandboxState): Markup {
	const keys = books.payouts().map(({ reference, idempotencyKey }) => reference ?? idempotencyKey);
	const rows = [...new Set(keys)]
		.filter((key) => key !== null)
		.map((key) => {
			const { accepted, paid, payouts: found } = books.summary(key);
			const amounts = found.filter(({ status }) => status !== 'failed');
			const sum = amounts.map(({ amount, currency }) => amountText(amount, currency)).join(' + ');
			return [key, accepted, pill(['not paid', 'once'][paid] ?? `${paid} times`), sum];
		});
	return section('References', 'Reference, Payouts accepted, Paid, Amount paid', rows);
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

/** The page that shows a person what happened, without card numbers and signatures. */
export function statusPage(state: SandboxState, url: string): string {
	const { webhookUrl, autoConfirm } = state.settings;
	return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Smart Glocal sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${new Markup(PAGE_STYLE)}</style></head>
<body><header><h1>Smart Glocal sandbox <span class="live">Live</span></h1>
<p><code>${url}</code> No real money moves.</p>
<p id="settings">Payouts ${autoConfirm ? 'are confirmed automatically' : 'wait for a confirmation'}.
Webhooks ${webhookUrl === null ? 'are not sent' : markup`go to <code>${webhookUrl}</code>`}.</p>
</header><main>${[balances, payouts, references, webhooks, requests].map((part) => part(state))}
</main><script>${new Markup(PAGE_SCRIPT)}</script></body></html>
`.text;
}
