import type { Core } from './core.mts';
import type { Settings } from './settings.mts';

/** What may be changed while the sandbox runs. Balances are minor units by currency. */
export interface SettingsChange extends Partial<Settings> {
	balances?: Readonly<Record<string, number>>;
}

/**
 * Changes settings of a running sandbox.
 *
 * @param core the state
 * @param change the settings to change; balances of other currencies stay as they are
 */
export function changeSettings(core: Core, change: SettingsChange): void {
	const { balances, ...settings } = change;
	Object.assign(core.settings, settings);
	if (balances !== undefined) core.ledger.wallets.set(balances);
}
