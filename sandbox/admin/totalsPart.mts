import { amountAndUnit, amountText } from '../currency.mts';
import type { BookedPayout } from '../ledger/books.mts';
import type { Ledger } from '../ledger/ledger.mts';
import type { PayoutStatus } from '../ledger/session.mts';
import { markup } from './markup.mts';
import type { Markup } from './markup.mts';

/** What the books count as paid from its acceptance on is told apart here. */
const GROUPS: readonly { label: string; statuses: readonly PayoutStatus[] }[] = [
	{ label: 'Accepted only', statuses: ['in_progress', 'pending'] },
	{ label: 'Paid', statuses: ['succeeded'] },
	{ label: 'Failed or cancelled', statuses: ['failed'] },
];

function line(label: string, count: number, amount: string): Markup {
	const payouts = count === 1 ? '1 payout' : `${count} payouts`;
	const values = count === 0 ? ['', '–'] : [payouts, amount];
	return markup`<tr><th scope="row">${label}</th><td>${values[0]}</td><td>${values[1]}</td></tr>\n`;
}

function tile(payouts: readonly BookedPayout[], currency: string, balance: number): Markup {
	const [balanceText, unit] = amountAndUnit(balance, currency);
	const sum = (amounts: number[]) =>
		amountAndUnit(
			amounts.reduce((total, amount) => total + amount, 0),
			currency,
		)[0];
	const groups = GROUPS.map(({ label, statuses }) => {
		const members = payouts.filter(({ status }) => statuses.includes(status));
		return line(label, members.length, sum(members.map(({ amount }) => amount)));
	});
	const returned = payouts.map((payout) => payout.returned).filter((amount) => amount > 0);
	return markup`<li><h3>${unit}</h3><table>${groups}${line('Came back', returned.length, sum(returned))}
<tr><th scope="row">Balance</th><td></td><td>${balanceText}</td></tr></table></li>`;
}

/** A tile for each wallet that payouts were made from; for all wallets before the first payout. */
export function totalsPart({ ledger }: { ledger: Ledger }): Markup {
	const payouts = ledger.books.payouts();
	const wallets = ledger.wallets.list().map(({ amount_details }) => amount_details);
	const used = wallets.filter(({ currency }) =>
		payouts.some((payout) => payout.currency === currency),
	);
	const tiles = used.map(({ amount, currency }) => {
		const own = payouts.filter((payout) => payout.currency === currency);
		return tile(own, currency, amount);
	});
	const balances = wallets.map(
		({ amount, currency }) =>
			markup`<li>Balance <strong>${amountText(amount, currency)}</strong></li>`,
	);
	return markup`<ul id="totals">${used.length === 0 ? balances : tiles}</ul>`;
}
