import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FileError } from '../../nodes/file/fileError';
import { readPayoutFile } from '../../nodes/file/readPayoutFile';
import type { ReadSettings } from '../../nodes/file/sheet';

/** What was read of a file. */
export type PayoutFile = Awaited<ReturnType<typeof readPayoutFile>>;

const SETTINGS: ReadSettings = {
	columns: {},
	hiddenRows: 'refuse',
	decimalSeparator: 'auto',
	sheet: '',
	headerRow: 'auto',
	encoding: '',
	delimiter: '',
};

/** Reads a file, or the text of one, with settings that differ from those of a new node. */
export async function readFile(
	file: Uint8Array | string,
	settings: Partial<ReadSettings> = {},
	giveTurn = () => Promise.resolve(),
): Promise<PayoutFile> {
	return await readPayoutFile(Buffer.from(file), { ...SETTINGS, ...settings }, giveTurn);
}

/** The rows of a file. */
export async function rowsOf(
	file: Uint8Array | string,
	settings: Partial<ReadSettings> = {},
): Promise<PayoutFile['rows']> {
	return (await readFile(file, settings)).rows;
}

/** The problems for which a file is refused. Throws whatever else goes wrong, and when it is read. */
export async function problemsOf(
	file: Uint8Array | string,
	settings: Partial<ReadSettings> = {},
): Promise<readonly string[]> {
	let rows;
	try {
		rows = await rowsOf(file, settings);
	} catch (failure) {
		if (failure instanceof FileError) return failure.problems;
		throw failure;
	}
	throw new Error(`The file was read: ${JSON.stringify(rows).slice(0, 500)}`);
}

/** A file that somebody reported, in `test/support/files`. */
export function reported(name: string): Buffer {
	return readFileSync(path.resolve(__dirname, 'files', name));
}
