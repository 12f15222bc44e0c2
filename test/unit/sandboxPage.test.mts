import { request as sendRequest } from 'node:http';
import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

const context = useWebhookSandbox();

const readPage = async () => await (await fetch(context.sandbox.url)).text();

/** The texts in the rows of a piece of the page. */
function rowsIn(html: string): string[][] {
	return html
		.split('</tr>')
		.slice(0, -1)
		.map((row) => {
			const values = row.split(/<\/t[dh]>/).slice(0, -1);
			return values.map((value) => value.replace(/<[^>]*>/g, '').trim());
		});
}

/** The texts in one table of the page, row by row. */
const rowsOf = async (id: string) =>
	rowsIn((await readPage()).split(`<tbody id="${id}">`)[1]?.split('</tbody>')[0] ?? '');

/** The heading and the rows of each tile. */
async function tiles(): Promise<{ unit: string; rows: string[][] }[]> {
	const list = (await readPage()).split('id="totals">')[1]?.split('</ul>')[0] ?? '';
	return list
		.split('<li>')
		.slice(1)
		.map((tile) => {
			const [heading = '', table = ''] = tile.split('</h3>');
			return { unit: heading.replace('<h3>', ''), rows: rowsIn(table) };
		});
}

test('says for each payout to whom, how much, and whether it is accepted, paid or back', async () => {
	const { partner, sandbox } = context;
	sandbox.changeSettings({ balances: { usd: 100_000_00 } });
	await context.pay('INV-1');
	await context.pay('INV-2');
	await partner.post('v1/session/init/payout', cardPayout('4242424242424242'));
	await context.waitUntil('delivered', 3);
	sandbox.returnPayout('po_1', 250);
	sandbox.returnPayout('po_2');
	sandbox.changeSettings({ autoConfirm: false });
	await context.pay('INV-3');
	await context.pay('INV-4');
	await context.pay('INV-5');
	await context.waitUntil('delivered', 8);
	sandbox.failPayout('po_5', { code: 'account_not_found' });
	await partner.post('v1/session/cancel', { session_id: 'ps_6' });
	await context.waitUntil('delivered', 10);
	sandbox.changeSettings({ processingMs: 60_000 });
	await context.pay('INV-6');
	const bank = 'John Johnson BEL bank account ending in 7034';
	const accepted = 'Accepted only waits for confirmation';
	expect(await rowsOf('payouts')).toEqual([
		[bank, '10.00 USD', 'Accepted only being processed', '', 'INV-6', 'po_7 in ps_7'],
		[bank, '10.00 USD', 'Cancelled session cancelled by partner', '', 'INV-5', 'po_6 in ps_6'],
		[bank, '10.00 USD', 'Failed account not found', '', 'INV-4', 'po_5 in ps_5'],
		[bank, '10.00 USD', accepted, '', 'INV-3', 'po_4 in ps_4'],
		['John Johnson visa card ending in 4242', '32.90 EUR', 'Paid', '', 'CARD-1', 'po_3 in ps_3'],
		[bank, '10.00 USD', 'Returned', '10.00 USD', 'INV-2', 'po_2 in ps_2'],
		[bank, '10.00 USD', 'Paid', '2.50 USD', 'INV-1', 'po_1 in ps_1'],
	]);
	const [usd, eur, ...others] = await tiles();
	expect(usd).toEqual({
		unit: 'USD',
		rows: [
			['Accepted only', '2 payouts', '20.00'],
			['Paid', '2 payouts', '20.00'],
			['Failed or cancelled', '2 payouts', '20.00'],
			['Came back', '2 payouts', '12.50'],
			['Balance', '', '99,972.50'],
		],
	});
	expect([eur?.unit, eur?.rows[0], eur?.rows[1]]).toEqual([
		'EUR',
		['Accepted only', '', '–'],
		['Paid', '1 payout', '32.90'],
	]);
	expect(others).toEqual([]);
});

test('escapes everything that comes from outside', async () => {
	const { partner, sandbox } = context;
	const hostile = `<img src=x onerror="alert('1')">&amp;`;
	const url = new URL(sandbox.url);
	sandbox.changeSettings({ webhookUrl: `${context.receiver.url}?a='"<img src=x>` });
	const { sender, recipient } = belgianPayout().participant_details as Record<string, object>;
	const participants = { sender, recipient: { ...recipient, first_name: hostile } };
	const order = belgianPayout({ reference: hostile, currency: '"<img>' });
	await partner.post('v1/session/init/payout', order, { key: hostile });
	const accepted = { ...belgianPayout({ reference: hostile }), participant_details: participants };
	await partner.post('v1/session/init/payout', accepted, { key: `<img ${'x'.repeat(20)}` });
	await partner.post('v1/session/init/payout', {
		...belgianPayout({ amount: '<img>' }),
		participant_details: participants,
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
	expect(page.split(escaped).length).toBeGreaterThanOrEqual(6);
	expect(page).toContain('v1/&lt;img/src=&#39;x&#39;&gt;&quot;&amp;');
	expect(page).toContain('1000 &quot;&lt;img&gt;');
	expect(page).toContain('&lt;img&gt; usd');
	expect(page).toContain('?a=&#39;&quot;&lt;img src=x&gt;');
});

test('shows no card number, whole account number or signature, on the page and in the log', async () => {
	const { lines, partner, sandbox } = context;
	await partner.post('v1/session/init/payout', cardPayout('4242424242424242'));
	await context.pay();
	await context.waitUntil('delivered', 2);
	const page = await readPage();
	expect(page).toContain('visa card ending in 4242');
	expect(lines[0]).toMatch(
		/session\/init\/payout {2}ok {2}reference CARD-1 {2}amount 3290 eur {2}signature valid/,
	);
	const shown = [page, ...lines].join('\n');
	expect(shown).not.toContain('42424242');
	expect(shown).not.toContain('BE6853900754');
	expect(shown).not.toContain(String(sandbox.requests()[0]?.headers['x-partner-sign']));
});
