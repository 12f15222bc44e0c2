import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../../../credentials/authenticateRequest';
import { ValidationError } from '../../../payout/validationError';

/** The rows after the first for which the credential is read whatever it holds. */
const ALWAYS_READ = 20;

/**
 * Reads the credential that all rows of a batch share. Its fields can hold expressions, even ones
 * that differ from row to row.
 *
 * @throws {ValidationError} when they are not the same for all rows
 */
export async function readCredentials(
	context: IExecuteFunctions,
): Promise<ICredentialDataDecryptedObject> {
	const rowCount = context.getInputData().length;
	const read = async (index: number) => await context.getCredentials(CREDENTIAL_TYPE, index);
	const first = await read(0);
	const isLikeFirst = async (index: number) =>
		JSON.stringify(await read(index)) === JSON.stringify(first);
	// Each reading costs about as much as sending a row (n8n 2.41). An expression that looks at its row
	// cannot be evaluated for one that does not exist; those that look at its number mostly differ soon.
	const isOfNoRow = rowCount === 1 || (await isLikeFirst(rowCount).catch(() => false));
	const end = isOfNoRow ? Math.min(rowCount, ALWAYS_READ + 1) : rowCount;
	for (let index = 1; index < end; index++) {
		if (await isLikeFirst(index)) continue;
		const message = `The credential's fields differ from row to row (rows 1 and ${index + 1}), but a run has one credential. Split the rows, or remove the expression from the credential.`;
		throw new ValidationError([{ field: 'credential', message }]);
	}
	return first;
}
