/** A file to put into an archive: its path in ASCII, and a function that adds its texts. */
type ZipFile = readonly [path: string, write: (add: AddText) => Promise<void>];
type AddText = (text: string) => Promise<void>;

/** Packs files into a ZIP archive below 4 GiB (PKWARE's APPNOTE 6.3; fields not named are 0). */
export async function writeZip(files: readonly ZipFile[]): Promise<Buffer> {
	const contents: Buffer[] = [];
	const entries: Buffer[] = [];
	let offset = 0;
	for (const [path, write] of files) {
		const gzip = await compress(write);
		// GZIP (RFC 1952) has a header of ten bytes, and ends in the CRC-32 and the size.
		const [data, crc, size] = [gzip.subarray(10, -8), gzip.subarray(-8, -4), gzip.subarray(-4)];
		const name = Buffer.from(path);
		// ZIP 2.0, DEFLATE, January 1, 1980: the same texts always give the same bytes.
		const format = uint(2, 20, 0, 8, 0, 0x21);
		const fields = [format, crc, uint(4, data.length), size, uint(2, name.length, 0)];
		contents.push(Buffer.from('PK\x03\x04'), ...fields, name, data);
		entries.push(Buffer.from('PK\x01\x02\x14\0'), ...fields, Buffer.alloc(10));
		entries.push(uint(4, offset), name);
		offset += 30 + name.length + data.length;
	}
	const directory = Buffer.concat(entries);
	const end = [uint(2, 0, 0, files.length, files.length), uint(4, directory.length, offset)];
	return Buffer.concat([...contents, directory, Buffer.from('PK\x05\x06'), ...end, uint(2, 0)]);
}

/** Unsigned integers of `width` bytes each, the lowest byte first. */
function uint(width: 2 | 4, ...values: number[]): Buffer {
	const bytes = Buffer.alloc(width * values.length);
	values.forEach((value, index) => bytes.writeUIntLE(value, width * index, width));
	return bytes;
}

/** Compresses texts as GZIP in chunks of 64 KB, of which only the packed bytes stay in memory. */
async function compress(write: ZipFile[1]): Promise<Buffer> {
	const { readable, writable } = new CompressionStream('gzip');
	const packed = new Response(readable).arrayBuffer();
	const writer = writable.getWriter();
	let chunk = '';
	await write(async (text) => {
		chunk += text;
		if (chunk.length < 65_536) return;
		await writer.write(Buffer.from(chunk));
		chunk = '';
	});
	await writer.write(Buffer.from(chunk));
	await writer.close();
	return Buffer.from(await packed);
}
