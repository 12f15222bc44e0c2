import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../../../credentials/authenticateRequest';
import { ValidationError } from '../../../payout/validationError';

/** The rows after the first for which the credential is read whatever it holds. */
const ALWAYS_READ = 20;

/**
 * Reads the credential that all rows of a batch share. Its fields can hold expressions, even ones
 * that differ from row to row.
 *
 * @returns the decrypted fields
 * @throws {ValidationError} when they are not the same for all rows
 */
export async function readCredentials(
	context: IExecuteFunctions,
): Promise<ICredentialDataDecryptedObject> {
	const rowCount = context.getInputData().length;
	const first = await context.getCredentials(CREDENTIAL_TYPE, 0);
	const expected = JSON.stringify(first);
	const isSame = async (index: number) =>
		JSON.stringify(await context.getCredentials(CREDENTIAL_TYPE, index)) === expected;
	// Each reading costs about as much as sending a row (n8n 2.41). An expression that looks at its row
	// cannot be evaluated for a row that does not exist; without one, that reading is like the first.
	// One that looks at the row's number can be, so that the first rows are read in any case.
	const dependsOnRow = rowCount > 1 && !(await isSame(rowCount).catch(() => false));
	for (let index = 1; index < rowCount; index++) {
		if (!dependsOnRow && index > ALWAYS_READ && index < rowCount - 1) continue;
		if (await isSame(index)) continue;
		const message = `The credential's fields differ from row to row (rows 1 and ${index + 1}), but a run has one credential. Split the rows, or remove the expression from the credential.`;
		throw new ValidationError([{ field: 'credential', message }]);
	}
	return first;
}
