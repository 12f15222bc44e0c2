import { describeResource, runLocally } from '../sharedFields';
import { ledgerApproveOperation } from './approving/approve';
import { ledgerAskOperation } from './approving/ask';
import { ledgerCatchUpOperation } from './following/catchUp';
import { ledgerClaimOperation } from './paying/claim';
import { ledgerCompareOperation } from './paying/compare';
import { ledgerDecideOperation } from './paying/decide';
import { ledgerFoldOperation } from './following/fold';
import { ledgerFollowOperation } from './following/follow';
import { ledgerLookUpOperation } from './paying/lookUp';
import { ledgerReadReportOperation } from './reporting/readReport';
import { ledgerReconcileOperation } from './reporting/reconcile';
import { ledgerRecordOperation } from './paying/record';
import { ledgerRequestOperation } from './paying/request';
import { ledgerResultsOperation } from './paying/results';

const OPERATIONS = [
	ledgerApproveOperation,
	ledgerAskOperation,
	ledgerCatchUpOperation,
	ledgerClaimOperation,
	ledgerCompareOperation,
	ledgerDecideOperation,
	ledgerFoldOperation,
	ledgerFollowOperation,
	ledgerResultsOperation,
	ledgerLookUpOperation,
	ledgerReadReportOperation,
	ledgerRequestOperation,
	ledgerReconcileOperation,
	ledgerRecordOperation,
];

export const ledgerDescription = describeResource('ledger', OPERATIONS, 'claim');

export const ledgerOperations = runLocally(OPERATIONS);

/** The names of the outputs of operations that have several, by what the form calls them. */
export const LEDGER_OUTPUTS = Object.fromEntries(
	OPERATIONS.flatMap(({ option, outputs }) => (outputs ? [[String(option.value), outputs]] : [])),
);
