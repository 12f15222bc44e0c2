import { describeResource, runLocally } from '../sharedFields';
import { ledgerClaimOperation } from './claim';
import { ledgerDecideOperation } from './decide';
import { ledgerFoldOperation } from './fold';
import { ledgerFollowOperation } from './follow';
import { ledgerLookUpOperation } from './lookUp';
import { ledgerRecordOperation } from './record';

const OPERATIONS = [
	ledgerClaimOperation,
	ledgerDecideOperation,
	ledgerFoldOperation,
	ledgerFollowOperation,
	ledgerLookUpOperation,
	ledgerRecordOperation,
];

export const ledgerDescription = describeResource('ledger', OPERATIONS, 'claim');

export const ledgerOperations = runLocally(OPERATIONS);

/** The names of the outputs of operations that have several, by what the form calls them. */
export const LEDGER_OUTPUTS = Object.fromEntries(
	OPERATIONS.flatMap(({ option, outputs }) => (outputs ? [[String(option.value), outputs]] : [])),
);
