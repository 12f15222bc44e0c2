import { featuresOf } from '../support/n8nFeatures.mts';
import { useRealN8n } from '../support/realN8n.mts';
import { testConnection } from './connection.mts';
import { testExamples } from './examples.mts';
import { testPayments } from './payments.mts';
import { testWebhooks } from './webhooks.mts';

/**
 * Tests what must hold on every version of n8n.
 *
 * @param version of an n8n that is started for it; left out, the n8n of all end-to-end tests is used
 */
export function testCore(version?: string): void {
	const features = featuresOf(version);
	const real = useRealN8n(version === undefined ? undefined : { version });
	describe('the package and its credential', () => testConnection(real, features));
	describe('paying', () => testPayments(real));
	describe('webhooks', () => testWebhooks(real, features));
	describe('the example workflows', () => testExamples(real, features));
}
