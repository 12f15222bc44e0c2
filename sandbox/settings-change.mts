import type { Core } from './core.mts';
import { checkWebhookUrl, type Settings } from './settings.mts';

/** What may be changed while the sandbox runs. Balances are minor units by currency. */
export interface SettingsChange extends Partial<Settings> {
	balances?: Readonly<Record<string, number>>;
}

/**
 * Changes settings of a running sandbox.
 *
 * @param core the state
 * @param change the settings to change; balances of other currencies stay as they are
 * @throws Refusal when the webhook URL is none; nothing is changed then
 */
export function changeSettings(core: Core, change: SettingsChange): void {
	const { balances, ...settings } = change;
	checkWebhookUrl(settings.webhookUrl);
	Object.assign(core.settings, settings);
	if (balances !== undefined) core.ledger.wallets.set(balances);
	core.webhooks.settingsChanged();
}
