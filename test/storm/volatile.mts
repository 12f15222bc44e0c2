import type { Books } from '../../sandbox/server.mts';
import type { AuditedBooks, AuditedRun } from './audit.mts';
import { withoutRandomPart } from './ways.mts';

const KEY_HEADER = 'x-partner-idempotency-key';

/** The books by the rows' own references, to which the expression has added something each time. */
export function booksWithoutRandomParts(books: Books): AuditedBooks {
	const find = (name: string) =>
		books.payouts().filter(({ reference }) => withoutRandomPart(reference ?? '') === name);
	return {
		acceptedTimes: (name) => find(name).length,
		summary: (name) => ({ ...books.summary(name), payouts: find(name) }),
		totals: () => books.totals(),
	};
}

/** A run as it would be without what the expression has added to the references. */
export function withoutRandomParts<Run extends Omit<AuditedRun, 'secrets'>>(run: Run): Run {
	return {
		...run,
		reported: run.reported.map((each) => ({
			...each,
			reference: withoutRandomPart(each.reference),
		})),
		requests: run.requests.map((request) => {
			const key = request.headers[KEY_HEADER];
			return {
				...request,
				...(key !== undefined && {
					headers: { ...request.headers, [KEY_HEADER]: withoutRandomPart(String(key)) },
				}),
				rawBody: request.rawBody.replace(/("metadata":"VOLATILE-[^"_]*)_\d+"/, '$1"'),
			};
		}),
	};
}
