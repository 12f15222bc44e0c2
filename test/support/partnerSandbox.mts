import { startSandbox } from '../../sandbox/server.mts';
import type { Sandbox, SandboxOptions } from '../../sandbox/server.mts';
import { addPartner } from './partner.mts';
import type { Partner } from './partner.mts';

/** A sandbox, and a partner who sends it signed requests. */
export interface PartnerSandbox {
	sandbox: Sandbox;
	partner: Partner;
}

/**
 * Starts a sandbox before the tests of a file, and resets it before each test.
 *
 * @param settings what each test begins with
 */
export function usePartnerSandbox(
	options: SandboxOptions = {},
	settings: Parameters<Sandbox['changeSettings']>[0] = {},
): PartnerSandbox {
	const context = {} as PartnerSandbox;
	beforeAll(async () => {
		context.sandbox = await startSandbox(options);
		context.partner = await addPartner(context.sandbox);
	});
	afterAll(() => context.sandbox.stop());
	beforeEach(() => {
		context.sandbox.reset();
		context.sandbox.changeSettings(settings);
	});
	return context;
}
