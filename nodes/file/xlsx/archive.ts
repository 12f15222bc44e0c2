import { createDamageError, FileError, orDamaged } from '../fileError';

/** The files inside a ZIP archive (PKWARE's APPNOTE 6.3), by path. */
export interface Archive {
	has: (path: string) => boolean;
	/** Unpacks a file, piece by piece. Throws a `FileError` when it is damaged or missing. */
	read: (path: string) => AsyncGenerator<Uint8Array>;
}

/** A workbook of 100,000 rows has less; a ZIP bomb has more. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;

const END = { signature: 0x06054b50, length: 22, maxComment: 0xffff };
const ENTRY = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const PIECE_LENGTH = 65_536;
const STORED = 0;
const DEFLATED = 8;

/**
 * Opens a ZIP archive. Throws a `FileError` when it is damaged or encrypted.
 *
 * @param giveTurn lets others work, before each piece of a file
 */
export function openArchive(bytes: Uint8Array, giveTurn: () => Promise<void>): Archive {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = orDamaged(() => listEntries(view));
	let unpacked = 0;
	async function* read(path: string): AsyncGenerator<Uint8Array> {
		// Where its entry begins in the directory.
		const at = entries.get(path);
		if (at === undefined) throw createDamageError();
		let size = 0;
		let crc = 0xffffffff;
		const data = orDamaged(() => findData(view, at));
		for await (const piece of unpack(data, view.getUint16(at + 10, true))) {
			await giveTurn();
			size += piece.length;
			unpacked += piece.length;
			if (unpacked > MAX_UNPACKED_BYTES) {
				throw new FileError([
					'The workbook is too large: unpacked, it has more than 256 MB. Copy the rows into a new workbook, and use that.',
				]);
			}
			crc = updateCrc(crc, piece);
			yield piece;
		}
		const isWhole = size === view.getUint32(at + 24, true);
		if (!isWhole || ~crc >>> 0 !== view.getUint32(at + 16, true)) throw createDamageError();
	}
	return { has: (path) => entries.has(path), read };
}

/** Where the entry of each file begins in the archive's directory. */
function listEntries(view: DataView): Map<string, number> {
	let end = view.byteLength - END.length;
	const first = Math.max(0, end - END.maxComment);
	while (end >= first && view.getUint32(end, true) !== END.signature) end--;
	if (end < first) throw createDamageError();
	const entries = new Map<string, number>();
	let at = view.getUint32(end + 16, true);
	for (let count = view.getUint16(end + 10, true); count > 0; count--) {
		if (view.getUint32(at, true) !== ENTRY.signature) throw createDamageError();
		if (view.getUint16(at + 8, true) & 1) throw new FileError([`The file ${PROTECTED}`]);
		const [nameLength = 0, ...others] = [28, 30, 32].map((field) =>
			view.getUint16(at + field, true),
		);
		const name = new TextDecoder().decode(bytesOf(view, at + ENTRY.length, nameLength));
		const path = name.replaceAll('\\', '/').replace(/^\//, '');
		// Two programs could each take another one.
		if (entries.has(path)) throw createDamageError();
		entries.set(path, at);
		at += others.reduce((sum, length) => sum + length, ENTRY.length + nameLength);
	}
	return entries;
}

/** What a locked file is, to follow "The file". */
export const PROTECTED =
	'is protected with a password. Save it without one: in Excel, File → Info → Protect Workbook → Encrypt with Password, and clear the password.';

function findData(view: DataView, entry: number): Uint8Array {
	const offset = view.getUint32(entry + 42, true);
	if (view.getUint32(offset, true) !== LOCAL.signature) throw createDamageError();
	const lengths = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
	return bytesOf(view, offset + LOCAL.length + lengths, view.getUint32(entry + 20, true));
}

function bytesOf(view: DataView, offset: number, length: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + offset, length);
}

async function* unpack(data: Uint8Array, method: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; method === STORED && at < data.length; at += PIECE_LENGTH) {
		yield data.subarray(at, at + PIECE_LENGTH);
	}
	if (method === STORED) return;
	if (method !== DEFLATED) throw createDamageError();
	const packed = new Blob([data as Uint8Array<ArrayBuffer>]).stream();
	// A stream that is cancelled ends n8n with an uncaught error (Node.js 20): this one is left alone.
	const reader = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
	for (;;) {
		const piece = await reader.read().catch(() => undefined);
		if (!piece) throw createDamageError();
		if (piece.done) return;
		yield piece.value;
	}
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
	return crc;
});

/** Carries a CRC-32 on over more bytes: begins with 0xffffffff, and ends with the inverted bits. */
function updateCrc(crc: number, bytes: Uint8Array): number {
	let next = crc;
	for (const byte of bytes) next = (next >>> 8) ^ (CRC_TABLE[(next ^ byte) & 0xff] ?? 0);
	return next;
}
