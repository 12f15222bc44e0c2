import { useRealN8n } from '../support/realN8n.mts';
import { testPayments } from './payments.mts';

/** Tests on one version of n8n, started once, what must hold on every version. */
export function testCore(version: string): void {
	describe(`n8n ${version}`, () => {
		const real = useRealN8n({ version });
		testPayments(real);
	});
}
