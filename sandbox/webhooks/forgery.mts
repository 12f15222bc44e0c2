import type { Sealed } from './delivery.mts';
import type { Signer } from './signing.mts';

/** The genuine webhook that a forger starts from. */
export interface Genuine {
	readonly body: Buffer;
	readonly signature: Buffer;
	readonly signer: Signer;
}

/** What the forger changes. */
export interface Forged {
	bytes?: Buffer;
	/** As sent in the header: null for no header, several for several headers. */
	signature?: string | string[] | null;
	headers?: Sealed['headers'];
}

export type Forger = (genuine: Genuine) => Forged | Promise<Forged>;
