import type { Core } from '../core.mts';
import { payoutInRequest, signatureVerdict } from '../request-line.mts';

const newest = 50;

function escaped(value: unknown): string {
	return String(value)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

function table(title: string, columns: readonly string[], rows: readonly unknown[][]): string {
	const head = columns.map((name) => `<th>${escaped(name)}</th>`).join('');
	const body = rows
		.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
		.join('\n');
	const nothing = rows.length === 0 ? '<p>Nothing yet.</p>' : '';
	return `<h2>${escaped(title)}</h2><table><tr>${head}</tr>${body}</table>${nothing}`;
}

function totalsTable({ ledger }: Core): string {
	const rows = Object.entries(ledger.books.totals()).map(([currency, of]) => [
		...[currency, of.accepted, of.paid, of.paidAmount, of.returnedAmount],
	]);
	const columns = ['currency', 'accepted', 'paid', 'paid (minor units)', 'returned (minor units)'];
	return table('Money', columns, rows);
}

function payoutsTable({ ledger }: Core): string {
	const rows = ledger.books
		.payouts()
		.slice(-newest)
		.reverse()
		.map((payout) => [
			...[payout.payoutId, payout.sessionId, payout.reference ?? payout.idempotencyKey ?? '-'],
			...[`${payout.amount} ${payout.currency}`, payout.status, payout.destination],
		]);
	const columns = ['payout', 'session', 'reference', 'minor units', 'status', 'destination'];
	return table('Newest payouts', columns, rows);
}

function requestsTable({ received }: Core): string {
	const rows = received
		.list()
		.slice(-newest)
		.reverse()
		.map((entry) => {
			const { reference, amount } = payoutInRequest(entry);
			const signature = signatureVerdict(entry);
			return [
				...[entry.at, entry.path, entry.outcome ?? 'not read', reference, amount, signature],
				entry.fault ?? '',
			];
		});
	const columns = ['time', 'path', 'outcome', 'reference', 'minor units', 'signature', 'fault'];
	return table('Newest requests', columns, rows);
}

function webhooksTable({ webhooks }: Core): string {
	const rows = webhooks
		.list()
		.slice(-newest)
		.reverse()
		.map((delivery) => {
			const answers = delivery.attempts.map(({ status, error }) => status ?? error);
			return [
				...[delivery.at, delivery.type, delivery.sessionId ?? '-', delivery.payoutIds.join(' ')],
				...[delivery.state, answers.join(', '), delivery.forgery ?? ''],
			];
		});
	const columns = ['time', 'type', 'session', 'payouts', 'state', 'answers', 'forgery'];
	return table('Newest webhooks', columns, rows);
}

/**
 * Writes the page that shows a person what the sandbox received and paid.
 *
 * @param core the state
 * @param url the sandbox's own address
 * @returns an HTML page without card numbers and signatures
 */
export function statusPage(core: Core, url: string): string {
	const { received } = core.received.counters();
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<title>Smart Glocal sandbox</title>
<style>
body { font-family: sans-serif; margin: 2em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #bbb; padding: 0.2em 0.6em; text-align: left; }
</style>
</head>
<body>
<h1>Smart Glocal sandbox</h1>
<p>The sandbox listens at ${escaped(url)}. Requests received so far: ${received}.
This page is renewed every five seconds.</p>
${totalsTable(core)}
${payoutsTable(core)}
${requestsTable(core)}
${webhooksTable(core)}
</body>
</html>
`;
}
