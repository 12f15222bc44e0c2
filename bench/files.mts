import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import XLSX from 'xlsx';

import type { FileReading, FileRun } from './readFileProcess.mts';
import { residentMemory, watchMemory } from './residentMemory.mts';
import { makeRows } from './rows.mts';
import { startWorker } from './worker.mts';

const RUNS = 3;
const MEGABYTE = 1024 * 1024;

const READERS: ReadonlyArray<[FileRun['reader'], string]> = [
	['Read Payout File', 'xlsx'],
	['SheetJS', 'xlsx'],
	['ExcelJS', 'xlsx'],
	['Read Payout File', 'csv'],
	['csv-parse', 'csv'],
	['SheetJS', 'csv'],
];

/** Measures how files of so many rows are read, beside well-known libraries; gives a table in Markdown. */
export async function measureFiles(rows: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
	try {
		const sheet = XLSX.utils.json_to_sheet(makeRows(rows));
		const workbook = { SheetNames: ['Payouts'], Sheets: { Payouts: sheet } };
		const options = { type: 'buffer', bookSST: true, compression: true } as const;
		const xlsx = XLSX.write(workbook, { ...options, bookType: 'xlsx' }) as Buffer;
		await writeFile(join(folder, 'payouts.xlsx'), xlsx);
		await writeFile(join(folder, 'payouts.csv'), XLSX.utils.sheet_to_csv(sheet));
		const lines = [];
		const first = new Map<string, number>();
		for (const [reader, format] of READERS) {
			const path = join(folder, `payouts.${format}`);
			const { reading, growth } = await measureReader({ reader, path });
			if (reading.rows !== rows) throw new Error(`${reader} found ${reading.rows} rows.`);
			const ours = first.get(format) ?? reading.ms;
			first.set(format, ours);
			const size = ((await stat(path)).size / MEGABYTE).toFixed(1);
			lines.push(
				`| ${format.toUpperCase()}, ${size} MB | ${reader} | ${reading.ms} ms | ${(reading.ms / ours).toFixed(2)} | ${reading.longestGapMs} ms | ${(growth / MEGABYTE).toFixed(0)} MB |`,
			);
		}
		return [
			`| File, ${rows.toLocaleString('en')} rows | Way | Time | × ours | Longest gap | More memory |`,
			'| --- | --- | ---: | ---: | ---: | ---: |',
			...lines,
		].join('\n');
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** The shortest time of several, each in a process of its own, and the worst of everything else. */
async function measureReader(run: FileRun): Promise<{ reading: FileReading; growth: number }> {
	const readings: FileReading[] = [];
	let growth = 0;
	for (let count = 0; count < RUNS; count++) {
		const worker = startWorker('readFileProcess.mts');
		try {
			// Code runs slower at first, and modules are loaded.
			await worker.ask(run);
			const before = residentMemory(worker.pid) ?? 0;
			const memory = watchMemory(worker.pid);
			const reading = (await worker.ask(run)) as FileReading;
			growth = Math.max(growth, (memory.peakBetween(reading.began, Date.now()) ?? 0) - before);
			memory.stop();
			readings.push(reading);
		} finally {
			worker.stop();
		}
	}
	const [fastest] = readings.sort((a, b) => a.ms - b.ms);
	if (!fastest) throw new Error('Nothing was measured.');
	const longestGapMs = Math.max(...readings.map((reading) => reading.longestGapMs));
	return { reading: { ...fastest, longestGapMs }, growth };
}
