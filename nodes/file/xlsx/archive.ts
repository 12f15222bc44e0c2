import { createDamageError, FileError, orDamaged } from '../fileError';
import type { GiveTurn } from '../sheet';

export interface Archive {
	has: (path: string) => boolean;
	/** Unpacks a file, piece by piece. Throws a `FileError` when it is damaged or missing. */
	read: (path: string) => AsyncGenerator<Uint8Array>;
}

/** A workbook of 100,000 rows has less; a ZIP bomb has more. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const TOO_LARGE =
	'The workbook is too large: unpacked, it has more than 256 MB. Copy the rows into a new workbook, and use that.';

const END = 'PK\x05\x06';
const ENTRY = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const PIECE_LENGTH = 65_536;
const STORED = 0;
const DEFLATED = 8;

/** Opens a ZIP archive. Throws a `FileError` when it is damaged or encrypted. */
export function openArchive(bytes: Buffer, giveTurn: GiveTurn): Archive {
	const entries = orDamaged(() => listEntries(bytes));
	let unpacked = 0;
	async function* read(path: string): AsyncGenerator<Uint8Array> {
		// Where its entry begins in the directory.
		const at = entries.get(path);
		if (at === undefined) throw createDamageError();
		let size = 0;
		let crc = 0xffffffff;
		const data = orDamaged(() => findData(bytes, at));
		for await (const piece of unpack(data, bytes.readUInt16LE(at + 10))) {
			await giveTurn();
			size += piece.length;
			unpacked += piece.length;
			if (unpacked > MAX_UNPACKED_BYTES) throw new FileError([TOO_LARGE]);
			crc = updateCrc(crc, piece);
			yield piece;
		}
		const isWhole = size === bytes.readUInt32LE(at + 24);
		if (!isWhole || ~crc >>> 0 !== bytes.readUInt32LE(at + 16)) throw createDamageError();
	}
	return { has: (path) => entries.has(path), read };
}

function listEntries(bytes: Buffer): Map<string, number> {
	// A comment can follow.
	const end = bytes.lastIndexOf(END);
	if (end < 0) throw createDamageError();
	const entries = new Map<string, number>();
	let at = bytes.readUInt32LE(end + 16);
	for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
		if (bytes.readUInt32LE(at) !== ENTRY.signature) throw createDamageError();
		if (bytes.readUInt16LE(at + 8) & 1) throw new FileError([`The file ${PROTECTED}`]);
		const [nameLength = 0, ...others] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
		const name = bytes.toString('utf8', at + ENTRY.length, at + ENTRY.length + nameLength);
		const path = name.replaceAll('\\', '/').replace(/^\//, '');
		// Two programs could each take another one.
		if (entries.has(path)) throw createDamageError();
		entries.set(path, at);
		at += others.reduce((sum, length) => sum + length, ENTRY.length + nameLength);
	}
	return entries;
}

export const PROTECTED =
	'is protected with a password. Save it without one: in Excel, File → Info → Protect Workbook → Encrypt with Password, and clear the password.';

function findData(bytes: Buffer, entry: number): Uint8Array {
	const offset = bytes.readUInt32LE(entry + 42);
	if (bytes.readUInt32LE(offset) !== LOCAL.signature) throw createDamageError();
	const lengths = bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
	const start = offset + LOCAL.length + lengths;
	return bytes.subarray(start, start + bytes.readUInt32LE(entry + 20));
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
