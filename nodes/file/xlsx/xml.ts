import { createDamageError, orDamaged } from '../fileError';

/** What is told of an XML document, in its order. Names are without their namespace's prefix. */
interface XmlHandler {
	open?: (name: string, attributes: string, parent: string) => void;
	/** `text` is what stands right inside of the element, without that of others in it. */
	close?: (name: string, text: string, parent: string) => void;
}

/** Longer than the longest text of a cell, with escapes. */
const MAX_PENDING_CHARACTERS = 500_000;
const MAX_DEPTH = 100;

const MARKUP =
	/<(?:(\/?)([^\s/><!?]+)((?:\s+[^\s=/><]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|!--[^]*?-->|\?[^]*?\?>|!\[CDATA\[([^]*?)\]\]>)/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+))?;?/gi;
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/** Reads XML 1.0 in UTF-8, without a DOCTYPE, which could define entities. Throws a `FileError`. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handler: XmlHandler) {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	const path = [{ qualified: '', name: '', text: '' }];
	let hasRoot = false;
	let pending = '';
	const addText = (text: string) => {
		const around = path.at(-1);
		if (around && path.length > 1) around.text += text;
		else if (text.trim() !== '') throw createDamageError();
	};
	const readMarkup = (markup: RegExpExecArray) => {
		const [, slash, qualified, attributes = '', isEmpty, text = ''] = markup;
		if (qualified === undefined) {
			addText(text);
			return;
		}
		const name = qualified.slice(qualified.indexOf(':') + 1);
		if (slash === '') {
			if ((path.length === 1 && hasRoot) || path.length > MAX_DEPTH) throw createDamageError();
			hasRoot = true;
			handler.open?.(name, attributes, path.at(-1)?.name ?? '');
			path.push({ qualified, name, text: '' });
		}
		if (slash !== '' || isEmpty !== '') {
			const ended = path.pop();
			if (!hasRoot || ended?.qualified !== qualified) throw createDamageError();
			handler.close?.(name, ended.text, path.at(-1)?.name ?? '');
		}
	};
	for await (const piece of pieces) {
		pending += orDamaged(() => decoder.decode(piece, { stream: true }));
		let at = 0;
		for (let start = pending.indexOf('<'); start >= 0; start = pending.indexOf('<', at)) {
			if (start > at) addText(decodeEntities(pending.slice(at, start).replace(/\r\n?/g, '\n')));
			at = start;
			MARKUP.lastIndex = at;
			const markup = MARKUP.exec(pending);
			// It is not whole yet, or will never be.
			if (!markup) break;
			at = MARKUP.lastIndex;
			readMarkup(markup);
		}
		pending = pending.slice(at);
		if (pending.length > MAX_PENDING_CHARACTERS) throw createDamageError();
	}
	if (!hasRoot || path.length > 1 || pending.trim() !== '') throw createDamageError();
}

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(ENTITY, (whole, hex, decimal, name) => {
		const code = hex === undefined ? Number(decimal ?? NaN) : parseInt(String(hex), 16);
		const character = code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES.get(String(name));
		if (character === undefined || !whole.endsWith(';')) throw createDamageError();
		return character;
	});
}

/** Reads the attributes of a tag; names are without their namespace's prefix. */
export function readAttributes(raw: string): Map<string, string> {
	const attributes = new Map<string, string>();
	for (const [, qualified = '', double, single = ''] of raw.matchAll(ATTRIBUTE)) {
		const name = qualified.slice(qualified.indexOf(':') + 1);
		attributes.set(name, decodeEntities(double ?? single));
	}
	return attributes;
}
