import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';

import { createTurns } from '../nodes/SmartGlocal/batch/send/eventLoop.ts';
import { readFile as readSheet } from '../test/support/payoutFiles.mts';

const ROUND_MS = 20;

/** One file to read, in one way. */
export interface FileRun {
	reader: keyof typeof READERS;
	path: string;
}

export interface FileReading {
	rows: number;
	ms: number;
	/** The longest time for which nothing else could run in the process. */
	longestGapMs: number;
	/** When it began and ended, in ms since 1970. */
	began: number;
	ended: number;
}

/** Each gives the number of rows. */
export const READERS = {
	'Read Payout File': async (file: Buffer) =>
		(await readSheet(file, {}, createTurns())).rows.length,
	SheetJS: async (file: Buffer) => {
		const { Sheets, SheetNames } = XLSX.read(file);
		return XLSX.utils.sheet_to_json(Sheets[SheetNames[0] ?? ''] ?? {}).length;
	},
	ExcelJS: async (file: Buffer) => {
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(file as never);
		return (workbook.worksheets[0]?.actualRowCount ?? 0) - 1;
	},
	'csv-parse': async (file: Buffer) => parse(file, { columns: true, bom: true }).length,
};

async function readOnce({ reader, path }: FileRun): Promise<FileReading> {
	const file = await readFile(path);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	await sleep(ROUND_MS);
	const began = Date.now();
	const rows = await READERS[reader](file);
	const ended = Date.now();
	// A gap counts when the loop comes round again.
	await sleep(ROUND_MS);
	delay.disable();
	return { rows, ms: ended - began, longestGapMs: Math.round(delay.max / 1e6), began, ended };
}

process.on('message', (run: FileRun) => {
	void readOnce(run).then((reading) => process.send?.(reading));
});
process.once('disconnect', () => process.exit());
