import { maskCardNumber } from './card';
import { readDigits } from './digits';

const CODE_NAME = String.raw`(?:cv[vcn]|cav)2?|csc(?<![a-z]csc)|(?:security|verification)[\W_]{0,3}(?:code|value)`;
const NUMBER_NAME = String.raw`card[\W_]{0,3}number|number(?<=["'“‘{<]\s{0,8}number)`;
/** The end of a name, as far as a sign that a value follows, and what can be around both. */
const UP_TO_VALUE = String.raw`[^:=>,;{}\n]{0,24}[:=>][^\p{L}\p{N}]{0,8}`;
const CODE = String.raw`\p{Nd}{3,4}(?![\p{L}\p{N}])`;
const NUMBER = String.raw`\p{Nd}(?:[^\p{L}\p{N}"'”’]{0,3}\p{Nd}){7,31}`;

/**
 * Card data after its name, in text that a program has written: JSON that is broken, a part of a web
 * address, XML.
 */
const NAMED = new RegExp(
	`((?:${CODE_NAME})${UP_TO_VALUE})(${CODE})|((?:${NUMBER_NAME})${UP_TO_VALUE})(${NUMBER})`,
	'giu',
);

/** No text has more of it. One that has is made to hold n8n up, or it is a list of stolen cards. */
const MAX_NAMED = 10_000;

/** Hides what a text gives the name of a card number or a security code; of too much, all. */
export function hideNamed(text: string): string {
	const parts: string[] = [];
	let shownTo = 0;
	for (const { index, 0: found, 1: codeName, 3: numberName = '', 4: number = '' } of text.matchAll(
		NAMED,
	)) {
		if (parts.length > MAX_NAMED) return '****';
		const hidden = codeName === undefined ? numberName + maskCardNumber(number) : `${codeName}****`;
		parts.push(text.slice(shownTo, index) + hidden);
		shownTo = index + found.length;
	}
	return parts.length === 0 ? text : [...parts, text.slice(shownTo)].join('');
}

/** Reads what a text gives the name of a card number, as digits, or of a security code. */
export function readNamed(text: string): { numbers: string[]; securityCodes: string[] } {
	const numbers: string[] = [];
	const securityCodes: string[] = [];
	for (const [, , code, , number] of text.matchAll(NAMED)) {
		if (numbers.length + securityCodes.length > MAX_NAMED) break;
		if (code !== undefined) securityCodes.push(code);
		if (number !== undefined) numbers.push(readDigits(number).value);
	}
	return { numbers, securityCodes };
}
