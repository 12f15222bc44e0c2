import type { INodeProperties } from 'n8n-workflow';
import {
	ACCOUNT_CHOICES,
	BANK_NAME_DESTINATIONS,
	CARD_DESTINATIONS,
	INCOMPLETE_DESTINATIONS,
} from '../../../payout/destinations/destinations';

/** What the form says about the fields of a destination, which cannot have a description (n8n 2.41). */
export function payoutNotices(showOnlyForFields: Record<string, string[]>): INodeProperties[] {
	const noticeFor = (name: string, destinations: string[], text: string): INodeProperties => ({
		displayName: text,
		name,
		type: 'notice',
		default: '',
		displayOptions: { show: { ...showOnlyForFields, destination: destinations } },
	});
	return [
		...ACCOUNT_CHOICES.map(({ destination, choice }) =>
			noticeFor(
				'accountNotice',
				[destination],
				`Of the recipient’s account, fill in exactly one: ${choice}`,
			),
		),
		noticeFor(
			'bankNameNotice',
			BANK_NAME_DESTINATIONS,
			'Recipient Bank Name must be an entry of Smart Glocal’s list of supported banks, such as “All Banks Belgium / EUR / Payment System: SEPA”. Your account manager has the list.',
		),
		noticeFor(
			'incompleteNotice',
			INCOMPLETE_DESTINATIONS,
			'Smart Glocal’s public documentation of this destination is not complete: it may ask for more fields than the form requires. The others can be added at the end of “Account and Recipient”.',
		),
		noticeFor(
			'cardNotice',
			CARD_DESTINATIONS,
			'A plain card number is card data: whoever handles it must follow PCI DSS. Use the Card Number Hash of Smart Glocal’s tokenization widget where you can.',
		),
	];
}
