/** A file that cannot be read or written, with a sentence for everything that is wrong. */
export class FileError extends Error {
	constructor(readonly problems: readonly string[]) {
		super(problems.join(' '));
		this.name = 'FileError';
	}
}

/** Makes the error for a workbook that no program has written like this. */
export function createDamageError(): FileError {
	return new FileError([
		'The workbook is damaged. Open it in Excel, LibreOffice or Google Sheets, save it as an Excel workbook (.xlsx), and use that file.',
	]);
}

/** Looks at bytes of a workbook; whatever goes wrong there, such as a place beyond their end, is damage. */
export function orDamaged<Value>(look: () => Value): Value {
	try {
		return look();
	} catch (failure) {
		throw failure instanceof FileError ? failure : createDamageError();
	}
}
