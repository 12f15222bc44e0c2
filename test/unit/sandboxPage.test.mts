import { request as sendRequest } from 'node:http';
import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

const context = useWebhookSandbox();

const readPage = async () => await (await fetch(context.sandbox.url)).text();

/** The texts of the cells in one table of the page, row by row. */
async function rowsOf(id: string): Promise<string[][]> {
	const body = (await readPage()).split(`<tbody id="${id}">`)[1]?.split('</tbody>')[0] ?? '';
	return body
		.split('</tr>')
		.slice(0, -1)
		.map((row) => {
			const values = row.split('</td>').slice(0, -1);
			return values.map((cell) => cell.replace(/<[^>]*>/g, '').trim());
		});
}

test('shows balance, payouts with their sessions, and how often each reference was paid', async () => {
	const { sandbox } = context;
	sandbox.changeSettings({ balances: { usd: 100_000_00 } });
	await context.pay('INV-1');
	await context.pay('INV-2');
	await context.waitUntil('delivered', 2);
	sandbox.returnPayout('po_1', 250);
	const tiles = (await readPage()).split('id="balances"')[1]?.split('</ul>')[0] ?? '';
	expect(tiles.split('<li>').length).toBe(2);
	expect(tiles).toContain('<strong>99,982.50 USD</strong>');
	expect(tiles).toContain('2 payouts, 20.00 USD paid, 2.50 USD returned');
	const where = 'BEL bank account ending in 7034';
	expect(await rowsOf('payouts')).toEqual([
		['INV-2', '10.00 USD', where, 'po_2 succeeded', 'ps_2 accepted', ''],
		['INV-1', '10.00 USD', where, 'po_1 succeeded', 'ps_1 accepted', '2.50 USD'],
	]);
	await context.partner.post('v1/session/init/payout', belgianPayout({ reference: 'INV-2' }));
	await context.waitUntil('delivered', 4);
	sandbox.changeSettings({ autoConfirm: false });
	await context.pay('INV-3');
	sandbox.failPayout('po_4');
	expect(await rowsOf('references')).toEqual([
		['INV-3', '1', 'not paid', ''],
		['INV-2', '2', '2 times', '10.00 USD + 10.00 USD'],
		['INV-1', '1', 'once', '10.00 USD'],
	]);
});

test('shows the verdict on each request and each webhook', async () => {
	const { partner, receiver, sandbox } = context;
	receiver.respondWith(() => (receiver.received.length < 2 ? 503 : 200));
	sandbox.setFaults([{ when: { nth: 2 }, fault: 'status_502_html' }]);
	await context.pay('INV-1');
	await context.waitUntil('delivered');
	await context.pay('INV-2');
	const wrong = { headers: { 'X-PARTNER-SIGN': 'AAAA' } };
	await partner.post('v1/session/status', { session_id: 'ps_1' }, wrong);
	const withoutTime = (rows: string[][]) => rows.map(([, ...values]) => values);
	expect(withoutTime(await rowsOf('webhooks')).at(-1)).toEqual([
		'payment_finished',
		'ps_1',
		'po_1',
		'503, 200',
		'delivered',
	]);
	expect(withoutTime(await rowsOf('requests'))).toEqual([
		['v1/session/status', '-', '-', 'invalid', 'authentication error', '400', ''],
		['v1/session/init/payout', 'INV-2', '1000 usd', 'valid', 'ok', '502', 'status_502_html'],
		['v1/session/init/payout', 'INV-1', '1000 usd', 'valid', 'ok', '200', ''],
	]);
});

test('does not present minor units of a currency without two decimals as major units', async () => {
	const order = belgianPayout({ currency: 'krw' });
	await context.partner.post('v1/session/init/payout', order);
	expect((await rowsOf('payouts'))[0]?.[1]).toBe('1,000 KRW minor units');
});

test('shows the newest 50 payouts and says how many there are', async () => {
	for (let number = 1; number <= 51; number += 1) await context.pay(`INV-${number}`);
	const rows = await rowsOf('payouts');
	expect([rows.length, rows[0]?.[0], rows.at(-1)?.[0]]).toEqual([50, 'INV-51', 'INV-2']);
	expect(await readPage()).toContain('newest 50 of 51');
});

test('escapes everything that comes from outside', async () => {
	const { partner, sandbox } = context;
	const hostile = `<img src=x onerror="alert('1')">&amp;`;
	const url = new URL(sandbox.url);
	sandbox.changeSettings({ webhookUrl: `${context.receiver.url}?a='"<img src=x>` });
	const recipient = { first_name: hostile, country_iso3: 'BEL' };
	const order = belgianPayout({ reference: hostile, currency: '"<img>' });
	await partner.post('v1/session/init/payout', order, { key: hostile });
	await partner.post('v1/session/init/payout', belgianPayout({ reference: hostile }), {
		key: `<img ${'x'.repeat(20)}`,
	});
	await partner.post('v1/session/init/payout', {
		...belgianPayout({ amount: '<img>' }),
		participant_details: { recipient },
	});
	await new Promise<void>((resolve, reject) => {
		const options = { host: url.hostname, port: url.port, method: 'POST' };
		const target = { ...options, path: `/api/v1/<img/src='x'>"&` };
		sendRequest(target, (response) => response.resume().on('end', resolve))
			.on('error', reject)
			.end();
	});
	await context.waitUntil('delivered');

	const page = await readPage();
	expect(page).not.toContain('<img');
	expect(page).not.toContain('onerror="');
	const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
	expect(page.split(escaped).length).toBeGreaterThanOrEqual(5);
	expect(page).toContain('v1/&lt;img/src=&#39;x&#39;&gt;&quot;&amp;');
	expect(page).toContain('1000 &quot;&lt;img&gt;');
	expect(page).toContain('&lt;img&gt; usd');
	expect(page).toContain('?a=&#39;&quot;&lt;img src=x&gt;');
});

test('shows neither card numbers nor signatures, on the page and in the log', async () => {
	const { lines, partner, sandbox } = context;
	await partner.post('v1/session/init/payout', cardPayout('4242424242424242'));
	await context.waitUntil('delivered');
	const page = await readPage();
	expect(page).toContain('visa card ending in 4242');
	expect(lines[0]).toMatch(
		/session\/init\/payout {2}ok {2}reference CARD-1 {2}amount 3290 eur {2}signature valid/,
	);
	const shown = [page, ...lines].join('\n');
	expect(shown).not.toContain('42424242');
	expect(shown).not.toContain(String(sandbox.requests()[0]?.headers['x-partner-sign']));
});
