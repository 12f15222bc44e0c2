import { payoutInRequest, signatureVerdict } from '../logLines.mts';
import type { SandboxState } from '../state.mts';
import { Markup, markup } from './markup.mts';
import { PAGE_SCRIPT, PAGE_STYLE } from './pageAssets.mts';

const MAX_ROWS = 50;
const GOOD = ['succeeded', 'accepted', 'delivered', 'ok', 'valid', 'once'];
const PENDING = ['created', 'in progress', 'pending', 'waiting', 'not checked', 'not read'];
const NUMERIC = ['Balance', 'Payouts', 'Amount', 'Paid', 'Returned', 'HTTP'];

function pill(status: string): Markup {
	const text = status.replaceAll('_', ' ');
	const tone = GOOD.includes(text) ? 'good' : PENDING.includes(text) ? 'pending' : 'bad';
	return markup`<span class="pill ${tone}">${text}</span>`;
}

/** Major units where the currency certainly has two decimals, else minor units that say so. */
function money(amount: number, currency: string): string {
	const style = { style: 'currency', currency } as const;
	const digits = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits;
	const code = currency.toUpperCase();
	if (digits !== 2) return `${amount.toLocaleString('en')} ${code} minor units`;
	return `${(amount / 100).toLocaleString('en', { minimumFractionDigits: 2 })} ${code}`;
}

function time(iso: string): Markup {
	return markup`<time datetime="${iso}" title="${iso}">${iso.slice(11, 19)}</time>`;
}

/** One section of the page. The script replaces its content when it changes. */
function section(id: string, title: string, columns: readonly string[], all: unknown[][]): Markup {
	const kind = columns.map((name) => (NUMERIC.includes(name) ? 'number' : ''));
	const rows = all.slice(-MAX_ROWS).reverse();
	const count = all.length > MAX_ROWS ? `newest ${MAX_ROWS} of ${all.length}` : `${all.length}`;
	const heading = markup`<h2>${title} <small>${count}</small></h2>`;
	if (rows.length === 0) {
		return markup`<section id="${id}">${heading}<p class="empty">Nothing yet</p></section>`;
	}
	const head = columns.map((name, column) => markup`<th class="${kind[column]}">${name}</th>`);
	const body = rows.map((row) => {
		const cells = row.map((cell, column) => markup`<td class="${kind[column]}">${cell}</td>`);
		return markup`<tr>${cells}</tr>\n`;
	});
	return markup`<section id="${id}">${heading}<div class="scroll"><table>
<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`;
}

function balances({ ledger }: SandboxState): Markup {
	const totals = ledger.books.totals();
	const wallets = ledger.wallets.list().map(({ amount_details: { amount, currency } }) => {
		const { accepted = 0, paidAmount = 0, returnedAmount = 0 } = totals[currency] ?? {};
		const amounts = [amount, paidAmount, returnedAmount].map((value) => money(value, currency));
		return { isUsed: accepted > 0, row: [currency.toUpperCase(), accepted, ...amounts] };
	});
	const used = wallets.filter(({ isUsed }) => isUsed);
	// Before the first payout all wallets are of interest, later only those that changed.
	const rows = (used.length > 0 ? used : wallets).map(({ row }) => row);
	const columns = ['Wallet', 'Payouts', 'Balance', 'Paid', 'Returned'];
	return section('balances', 'Balances', columns, rows.reverse());
}

function payouts({ ledger }: SandboxState): Markup {
	const rows = ledger.books
		.payouts()
		.map((payout) => [
			payout.reference ?? payout.idempotencyKey ?? '-',
			money(payout.amount, payout.currency),
			payout.destination,
			markup`${payout.payoutId} ${pill(payout.status)}`,
			markup`${payout.sessionId} ${pill(ledger.payout(payout.payoutId)?.session.status ?? '')}`,
			payout.returned > 0 ? money(payout.returned, payout.currency) : '',
		]);
	const columns = ['Reference', 'Amount', 'Destination', 'Payout', 'Session', 'Returned'];
	return section('payouts', 'Payouts', columns, rows);
}

function references({ ledger: { books } }: SandboxState): Markup {
	const rows = books.keys().map((key) => {
		const { accepted, paid, payouts: found } = books.summary(key);
		const amounts = found.filter(({ status }) => status !== 'failed');
		const times = paid === 0 ? 'not paid' : paid === 1 ? 'once' : `${paid} times`;
		const paidAmounts = amounts.map(({ amount, currency }) => money(amount, currency));
		return [key, accepted, paidAmounts.join(' + ') || '-', pill(times)];
	});
	return section('references', 'Paid by reference', ['Reference', 'Payouts', 'Paid', ''], rows);
}

function webhooks(state: SandboxState): Markup {
	const rows = state.webhooks
		.list()
		.map((delivery) => [
			time(delivery.at),
			delivery.type,
			delivery.sessionId,
			delivery.payoutIds.join(', '),
			delivery.attempts.map(({ status, error }) => status ?? error).join(', ') || '-',
			pill(delivery.state),
		]);
	const columns = ['Time (UTC)', 'Event', 'Session', 'Payouts in it', 'Responses', 'Delivery'];
	return section('webhooks', 'Webhooks', columns, rows);
}

function requests({ received }: SandboxState): Markup {
	const rows = received.list().map((entry) => {
		const { reference, amount } = payoutInRequest(entry);
		return [
			time(entry.at),
			entry.path.replace('/api/', ''),
			reference,
			amount,
			pill(signatureVerdict(entry)),
			pill(entry.outcome ?? 'not read'),
			entry.status ?? 'none',
			entry.fault ?? '',
		];
	});
	const columns = ['Time (UTC)', 'Method', 'Reference', 'Minor units', 'Signature'];
	return section('requests', 'Requests', [...columns, 'Outcome', 'HTTP', 'Fault'], rows);
}

/** The page that shows a person what happened, without card numbers and signatures. */
export function statusPage(state: SandboxState, url: string): string {
	const { webhookUrl, autoConfirm } = state.settings;
	const sections = [balances, payouts, references, webhooks, requests].map((make) => make(state));
	return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Smart Glocal sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${new Markup(PAGE_STYLE)}</style></head>
<body><header><h1>Smart Glocal sandbox</h1>
<p><code>${url}</code> No real money moves. <span class="live">Live</span></p>
<p id="settings">Payouts ${autoConfirm ? 'are confirmed automatically' : 'wait for a confirmation'}.
Webhooks ${webhookUrl === null ? 'are not sent' : markup`go to <code>${webhookUrl}</code>`}.</p>
</header><main>${sections}</main><script>${new Markup(PAGE_SCRIPT)}</script></body></html>
`.text;
}
