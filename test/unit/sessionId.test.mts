import { readSessionId } from '../../nodes/payout/formats/sessionId';

test.each<[unknown, string]>([
	['ps_3230', 'ps_3230'],
	[' ps_3230\n', 'ps_3230'],
	['\u200bps_3230', 'ps_3230'],
	['3230', '3230'],
	[3230, '3230'],
	[999_999_999_999_999, '999999999999999'],
	['90071992547409931234', '90071992547409931234'],
	['0e8a-4f', '0e8a-4f'],
	['x'.repeat(128), 'x'.repeat(128)],
])('reads the session ID %j', (value, id) => {
	expect(readSessionId(value)).toEqual({ value: id });
});

test.each<[unknown]>([
	[Number.MAX_SAFE_INTEGER],
	[2 ** 53],
	[1.5],
	[1e21],
	[NaN],
	['1.2E+21'],
	['undefined'],
	[' null '],
	['[object Object]'],
	['#N/A'],
	[''],
	[undefined],
	[null],
	[true],
	[['ps_1']],
	[{ id: 'ps_1' }],
	['ps_1\u0000'],
	['ps_1\nps_2'],
	['ps_1 ps_2'],
	['ps_\ud800'],
	['x'.repeat(129)],
])('refuses the session ID %j', (value) => {
	expect(readSessionId(value)).toEqual({
		problem: expect.stringMatching(/^The 'Session ID' .*\.$/s) as string,
	});
});
