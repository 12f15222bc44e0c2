import type { IDataObject } from 'n8n-workflow';

/** Guard rails as a person saves them. */
export function storedRails(fields: IDataObject): { limits: IDataObject } {
	return { limits: fields };
}

/** Guard rails as n8n hands them over: with the hidden field that repeats what was typed. */
export function evaluatedRails(fields: IDataObject, typed = fields): { limits: IDataObject } {
	return { limits: { ...fields, typed: JSON.stringify(storedRails(typed)) } };
}
