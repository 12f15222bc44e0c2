import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

const HEX = expect.stringMatching(/^[\da-f]{64}$/) as unknown;
const BOTH = { payout_fingerprint: HEX, account_fingerprint: HEX };
const NAMES = Object.keys(BOTH);
const withKey = (fingerprintKey: string) => ({ ...account.credentials, fingerprintKey });

/** The fingerprints of each row, wherever it came out. */
async function fingerprintsOf(
	items: IDataObject[],
	options: IDataObject,
	more: { parameters?: IDataObject; fingerprintKey?: string } = {},
) {
	const run = await account.pay(
		items,
		{ ...automatic('TUR-TRY', options), ...more.parameters },
		{ onError: 'continueErrorOutput', credentials: withKey(more.fingerprintKey ?? '') },
	);
	expect(run.error).toBeUndefined();
	const found = [...run.success, ...run.errors].map(({ json }) => {
		const source = (json.error ?? json) as IDataObject;
		return {
			outcome: source.outcome ?? (json.error ? undefined : 'dry run'),
			payout_fingerprint: source.payout_fingerprint,
			account_fingerprint: source.account_fingerprint,
		};
	});
	return { found, ...run };
}

describe('with Include Fingerprints', () => {
	const options = { includeFingerprints: true };

	test('every way in which a row can end has the same ones', async () => {
		const row = turkishRows('INV-1');
		const dry = await fingerprintsOf(row, { ...options, dryRun: true });
		const sent = await fingerprintsOf(row, options);
		const again = await fingerprintsOf(row, options);
		const asError = await fingerprintsOf(row, { ...options, duplicates: 'error' });
		account.sandbox.reset();
		account.sandbox.setFaults([
			{ when: { key: 'INV-1' }, fault: { type: 'error', code: 'account_not_found' } },
		]);
		const refused = await fingerprintsOf(row, options);
		account.sandbox.setFaults([{ when: { key: 'INV-1' }, fault: 'reset_after_accepting' }]);
		const unknown = await fingerprintsOf(row, options);
		const tooMuch = await fingerprintsOf(row, { ...options, maxAmount: '1' });
		const ways = [dry, sent, again, asError, refused, unknown, tooMuch].map(
			({ found }) => found[0],
		);
		expect(ways.map((way) => way?.outcome)).toEqual([
			'dry run',
			'submitted',
			'already_submitted',
			'already_submitted',
			'rejected',
			'unknown',
			'not_sent',
		]);
		expect(sent.found[0]).toMatchObject(BOTH);
		const prints = ways.map((way) => [way?.payout_fingerprint, way?.account_fingerprint]);
		expect(new Set(prints.map((each) => each.join())).size).toBe(1);
	});

	test('a row that stops a run has them in the error', async () => {
		account.sandbox.setFaults([
			{ when: { key: 'INV-1' }, fault: { type: 'error', code: 'account_not_found' } },
		]);
		const { error } = await account.pay(turkishRows('INV-1'), automatic('TUR-TRY', options));
		expect(error?.context?.details).toMatchObject(BOTH);
	});

	test('they depend on the key of the credential, and on nothing else of it', async () => {
		const [plain, one, other] = await Promise.all(
			['', 'one', 'other'].map(async (fingerprintKey) => {
				const dry = { ...options, dryRun: true };
				return (await fingerprintsOf(turkishRows('INV-1'), dry, { fingerprintKey })).found[0];
			}),
		);
		expect(new Set([plain, one, other].map((each) => each?.account_fingerprint)).size).toBe(3);
		const padded = await fingerprintsOf(turkishRows('INV-1'), options, {
			fingerprintKey: ' one\n',
		});
		expect(padded.found[0]).toMatchObject({ ...one, outcome: 'submitted' });
	});

	test('they are null where the session holds the data', async () => {
		const parameters = { operation: 'start', specify: 'none', sessionId: 'ps_1', reference: 'a' };
		const { found } = await fingerprintsOf([{}], options, { parameters });
		expect(found[0]).toMatchObject({ payout_fingerprint: null, account_fingerprint: null });
	});

	test('must be the same for all rows', async () => {
		const rows = turkishRows('a', 'b').map((row, index) => ({ ...row, wanted: index === 0 }));
		const { error } = await account.pay(
			rows,
			automatic('TUR-TRY', { includeFingerprints: '={{ $json.wanted }}' }),
		);
		expect(error?.message).toContain("'Include Fingerprints' holds for the whole run");
	});
});

test('without the option they are there only with Simplify off', async () => {
	for (const dryRun of [true, false]) {
		const simple = await fingerprintsOf(turkishRows(`a-${dryRun}`), { dryRun });
		expect(Object.keys(simple.success[0]?.json ?? {})).not.toEqual(expect.arrayContaining(NAMES));
		const whole = await fingerprintsOf(turkishRows(`b-${dryRun}`), { dryRun, simplify: false });
		expect(whole.found[0]).toMatchObject(BOTH);
	}
	account.sandbox.setFaults([
		{ when: { key: 'c' }, fault: { type: 'error', code: 'account_not_found' } },
	]);
	const failed = await fingerprintsOf(turkishRows('c'), {});
	expect(failed.found[0]).toEqual({ outcome: 'rejected' });
	const failedWhole = await fingerprintsOf(turkishRows('c'), { simplify: false });
	expect(failedWhole.found[0]).toMatchObject(BOTH);
});

test('other operations have none', async () => {
	const parameters = { resource: 'session', operation: 'create' };
	const { found } = await fingerprintsOf(turkishRows('a'), { simplify: false }, { parameters });
	expect(found[0]).toEqual({ outcome: 'dry run' });
});

test('neither a card number nor the key is in an output', async () => {
	const card = {
		reference: 'INV-1',
		amount: '10',
		recipient_full_name: 'Ann Lee',
		card_number: '4242424242424242',
	};
	const { run } = await account.pay(
		[card],
		automatic('CARD', { simplify: false, includeFingerprints: true }),
		{
			credentials: withKey('a secret that nobody should see'),
		},
	);
	const shown = JSON.stringify(run.data.resultData.runData.Pay);
	expect(shown).toContain('account_fingerprint');
	expect(shown).not.toContain('4242424242424242');
	expect(shown).not.toContain('a secret that nobody should see');
});
