import type { ServerResponse } from 'node:http';
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { acceptance, usePlainServer } from '../support/plainServer.mts';

const server = usePlainServer();

const MEBIBYTE = 1024 * 1024;

const REFUSED = '{"status":"error","error":{"code":"account_not_found"}}';

/** An answer that is as long as this, of which the rest is spaces. */
const padded = (length: number, text = acceptance('ps_1')) =>
	text.padEnd(length - Buffer.byteLength(text) + text.length);

const pay = async (options: IDataObject = {}) => {
	const { success, error } = await server.pay(turkishRows('INV-1'), automatic('TUR-TRY', options));
	return { item: success[0]?.json, error, details: error?.context?.details as IDataObject };
};

/** Sends without end, as fast as it is taken. */
function pour(response: ServerResponse, status: number, begin: string) {
	const more = () => {
		while (!response.destroyed && response.write(' '.repeat(65_536)));
	};
	response.on('drain', more).writeHead(status).write(begin);
	more();
}

const expectTooLarge = async () => {
	const { error, details } = await pay();
	expect(error?.message).toContain(
		"It is not known whether payout 'INV-1' was accepted: the answer is larger than 1 MB",
	);
	expect(error?.description).toMatch(/^Do not change the reference/);
	expect(details).toMatchObject({ outcome: 'unknown', code: 'answer_too_large' });
	expect(server.calls).toHaveLength(1);
	await server.allClosed();
};

test.each([
	[200, acceptance('ps_1')],
	[200, ''],
	[400, REFUSED],
	[401, REFUSED],
	[404, '<html>'],
	[429, '{"status":"error"}'],
	[502, '<html>'],
])(
	'an answer without end is not read on, whatever HTTP %i begins with: %s',
	async (status, begin) => {
		server.respond = (response) => pour(response, status, begin);
		await expectTooLarge();
	},
);

test('nor is one that stops sending after too much', async () => {
	server.respond = (response) => void response.write(padded(MEBIBYTE + 1));
	await expectTooLarge();
});

test('nor is one that says how large it is', async () => {
	server.respond = (response) => {
		response.setHeader('content-length', 60_000_000);
		response.end(Buffer.alloc(60_000_000, ' '));
	};
	await expectTooLarge();
});

describe('a compressed answer', () => {
	const bomb = gzipSync(Buffer.alloc(150_000_000, ' '));

	test('of 150 MB that came as a few kilobytes is not unpacked', async () => {
		expect(bomb.length).toBeLessThan(MEBIBYTE);
		server.respond = (response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
		};
		await expectTooLarge();
	});

	test('without end is not unpacked on', async () => {
		server.respond = (response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			const gzip = createGzip();
			gzip.pipe(response);
			response.once('close', () => gzip.destroy());
			const more = () => void gzip.write(Buffer.alloc(1_000_000, ' '), (gone) => gone ?? more());
			more();
		};
		await expectTooLarge();
	});

	test.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
	])(
		'may be 1 MiB large once it is unpacked, and not a byte larger: %s',
		async (name, compress) => {
			server.respond = (response, { index }) => {
				const text = padded(MEBIBYTE + index);
				response.writeHead(200, { 'content-encoding': name }).end(compress(text));
			};
			expect((await pay()).item).toMatchObject({ outcome: 'submitted', session_id: 'ps_1' });
			expect((await pay()).details).toMatchObject({ code: 'answer_too_large' });
		},
	);
});

test('an answer of 1 MiB is read, and one with a byte more is not', async () => {
	for (const session of [acceptance('ps_1'), acceptance('ps_1', { note: 'Ünal 😀'.repeat(500) })]) {
		server.respond = (response) => void response.end(padded(MEBIBYTE, session));
		expect((await pay()).item).toMatchObject({ outcome: 'submitted', session_id: 'ps_1' });
		server.respond = (response) => void response.end(padded(MEBIBYTE + 1, session));
		expect((await pay()).details).toMatchObject({ code: 'answer_too_large' });
	}
});

test('the other rows of a batch are paid', async () => {
	server.respond = (response, { body, index }) => {
		if (body.metadata === 'INV-2') pour(response, 200, '');
		else response.end(acceptance(`ps_${index}`));
	};
	const { success, errors } = await server.pay(
		turkishRows('INV-1', 'INV-2', 'INV-3'),
		automatic('TUR-TRY'),
		{ onError: 'continueErrorOutput' },
	);
	expect(success.map(({ json }) => json.reference)).toEqual(['INV-1', 'INV-3']);
	expect(errors.map(({ json }) => json.error)).toEqual([
		expect.objectContaining({ reference: 'INV-2', outcome: 'unknown' }),
	]);
});

test.each([
	['session/create', 'not_sent', ['session/create']],
	[
		'session/start/payout',
		'submitted',
		['session/create', 'session/start/payout', 'session/status'],
	],
])('Session First is met with too much at %s: %s', async (path, outcome, called) => {
	server.respond = (response, call) => {
		if (call.path === path) pour(response, 200, '');
		else response.end(acceptance('ps_1', { payments: [{ status: 'in_progress' }] }));
	};
	const { item, details } = await pay({ sessionFirst: true });
	expect(item?.outcome ?? details.outcome).toBe(outcome);
	expect(server.calls.map((call) => call.path)).toEqual(called);
});

describe('an answer is read as before', () => {
	const note = 'Ayşe Yılmaz, 東京, 😀';
	const noteOf = async () => {
		const { item } = await pay({ simplify: false });
		return (item?.session as IDataObject | undefined)?.note;
	};

	test('in any pieces, with and without a byte order mark', async () => {
		for (const mark of ['', '\uFEFF']) {
			server.respond = (response) => {
				void (async () => {
					for (const byte of Buffer.from(mark + acceptance('ps_1', { note }))) {
						response.write(Buffer.from([byte]));
						await new Promise(setImmediate);
					}
					response.end();
				})();
			};
			expect(await noteOf()).toBe(note);
		}
	});

	test('with bytes that are no text', async () => {
		const [before = '', after = ''] = acceptance('ps_1', { note: '|' }).split('|');
		const bytes = [Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)];
		server.respond = (response) => void response.end(Buffer.concat(bytes));
		expect(await noteOf()).toBe('\uFFFD(\uFFFD');
	});

	test.each<[string, (response: ServerResponse) => void, string]>([
		['nothing', (response) => void response.end(), 'unreadable_answer'],
		['HTTP 204', (response) => void response.writeHead(204).end(), 'unreadable_answer'],
		['a web page', (response) => void response.end('<html>'), 'unreadable_answer'],
		['HTTP 302', (response) => void response.writeHead(302, { location: '/' }).end(), 'http_302'],
		['HTTP 502', (response) => void response.writeHead(502).end('<html>'), 'http_502'],
		[
			'nonsense for gzip',
			(response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('nonsense'),
			'Z_DATA_ERROR',
		],
		[
			'a length that is never reached',
			(response) => {
				response.writeHead(200, { 'content-length': 1_000 }).write(acceptance('ps_1'));
				setTimeout(() => response.destroy(), 20);
			},
			'ECONNRESET',
		],
		[
			'a piece that is never followed',
			(response) => {
				response.write(acceptance('ps_1'));
				setTimeout(() => response.socket?.resetAndDestroy(), 20);
			},
			'ECONNRESET',
		],
	])('which is unknown where it is %s', async (_name, respond, code) => {
		server.respond = respond;
		expect((await pay()).details).toMatchObject({ outcome: 'unknown', code });
	});

	test('which is refused where it says so, compressed or not', async () => {
		for (const encoding of [undefined, 'gzip'] as const) {
			server.respond = (response) => {
				response.statusCode = 400;
				if (encoding) response.setHeader('content-encoding', encoding);
				response.end(encoding ? gzipSync(REFUSED) : REFUSED);
			};
			expect((await pay()).details).toMatchObject({
				outcome: 'rejected',
				code: 'account_not_found',
			});
		}
	});

	test('and sent again after HTTP 429, when its header says', async () => {
		server.respond = (response, { index }) => {
			if (index === 0) response.writeHead(429, { 'retry-after': '1' }).end('{"status":"error"}');
			else response.end(acceptance('ps_1'));
		};
		expect((await pay()).item).toMatchObject({ outcome: 'submitted' });
		expect(server.calls).toHaveLength(2);
		server.respond = (response) => void response.writeHead(429, { 'retry-after': '3600' }).end();
		expect((await pay()).details).toMatchObject({ outcome: 'not_sent', code: 'http_429' });
		expect(server.calls).toHaveLength(3);
	});
});
