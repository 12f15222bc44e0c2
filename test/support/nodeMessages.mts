import type { INode } from 'n8n-workflow';

/** A node of a workflow, for the errors that name it. */
export const NODE: INode = {
	id: '1',
	name: 'Smart Glocal',
	type: 'n8n-nodes-smart-glocal.smartGlocal',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Words that n8n's guidelines for messages rule out. */
export const UNWANTED_WORDS = /\b(error|problem|failure|mistake)s?\b/i;
