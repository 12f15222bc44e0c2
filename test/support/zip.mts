import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive, with whatever a program, or an attacker, can write of it. */
export interface ZipEntry {
	path: string;
	content: string | Uint8Array;
	/** Packed unless it is set. */
	isStored?: boolean;
	/** Writes the sizes behind the data and zeros before it, as programs that stream do. */
	isStreamed?: boolean;
	isEncrypted?: boolean;
	/** Writes sizes and the offset into an extra field of 64 bits. */
	isZip64?: boolean;
	/** What the archive says instead of the truth. */
	claimed?: { crc?: number; size?: number; method?: number };
}

const END_OF_32_BITS = 0xffffffff;

/** Packs files into a ZIP archive, in their order; nothing is checked. */
export function packZip(entries: readonly ZipEntry[], comment = ''): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	const add = (part: Buffer) => {
		parts.push(part);
		offset += part.length;
	};
	for (const entry of entries) {
		const name = Buffer.from(entry.path);
		const content = Buffer.from(entry.content);
		const data = entry.isStored ? content : deflateRawSync(content);
		const flags = (entry.isEncrypted ? 1 : 0) | (entry.isStreamed ? 8 : 0) | 0x800;
		const method = entry.claimed?.method ?? (entry.isStored ? 0 : 8);
		const crc = entry.claimed?.crc ?? crc32(content);
		const size = entry.claimed?.size ?? content.length;
		const start = offset;
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(20, 4);
		local.writeUInt16LE(flags, 6);
		local.writeUInt16LE(method, 8);
		if (!entry.isStreamed) writeSizes(local, 14, [crc, data.length, size]);
		local.writeUInt16LE(name.length, 26);
		add(Buffer.concat([local, name, data]));
		if (entry.isStreamed) {
			const descriptor = Buffer.alloc(16);
			descriptor.writeUInt32LE(0x08074b50, 0);
			writeSizes(descriptor, 4, [crc, data.length, size]);
			add(descriptor);
		}
		const extra = Buffer.alloc(entry.isZip64 ? 28 : 0);
		if (entry.isZip64) {
			extra.writeUInt16LE(1, 0);
			extra.writeUInt16LE(24, 2);
			[size, data.length, start].forEach((value, index) => {
				extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
			});
		}
		const shown = (value: number) => (entry.isZip64 ? END_OF_32_BITS : value);
		const listed = Buffer.alloc(46);
		listed.writeUInt32LE(0x02014b50, 0);
		listed.writeUInt16LE(flags, 8);
		listed.writeUInt16LE(method, 10);
		writeSizes(listed, 16, [crc, shown(data.length), shown(size)]);
		listed.writeUInt16LE(name.length, 28);
		listed.writeUInt16LE(extra.length, 30);
		listed.writeUInt32LE(shown(start), 42);
		directory.push(listed, name, extra);
	}
	const listing = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listing.length, 12);
	end.writeUInt32LE(offset, 16);
	end.writeUInt16LE(Buffer.byteLength(comment), 20);
	return Buffer.concat([...parts, listing, end, Buffer.from(comment)]);
}

function writeSizes(into: Buffer, at: number, values: readonly number[]): void {
	values.forEach((value, index) => into.writeUInt32LE(value, at + 4 * index));
}
