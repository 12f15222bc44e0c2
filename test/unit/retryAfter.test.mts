import { readRetryAfter } from '../../nodes/api/send';

const NOW = Date.UTC(2024, 4, 27, 2, 3, 0);

test.each([
	['0', 0],
	['1', 1_000],
	['120', 120_000],
	[' 5 ', 5_000],
	['86400', 86_400_000],
])('%p is a number of seconds', (header, wait) => {
	expect(readRetryAfter(header, NOW)).toBe(wait);
});

test.each([
	['the usual form', 'Mon, 27 May 2024 02:03:30 GMT', 30_000],
	['the form of RFC 850', 'Monday, 27-May-24 02:03:30 GMT', 30_000],
	['the past', 'Mon, 27 May 2024 02:02:30 GMT', 0],
])('a date in %s is read', (_name, header, wait) => {
	expect(readRetryAfter(header, NOW)).toBe(wait);
});

test.each([undefined, null, '', ' ', 'soon', '-5', '1.5', '1e3', '5 seconds', '120, 120'])(
	'%p is no wait that can be read: one second is waited',
	(header) => {
		expect(readRetryAfter(header, NOW)).toBe(1_000);
	},
);

test('a wait beyond all measure is a number that can be compared', () => {
	expect(readRetryAfter('9'.repeat(400), NOW)).toBeGreaterThan(60_000);
});

test.each([`Mon, ${'x'.repeat(100_000)} GMT`, `Mon, ${'('.repeat(50)} GMT`])(
	'a date that is longer than any date is not read',
	(header) => {
		expect(readRetryAfter(header, NOW)).toBe(1_000);
	},
);
