import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** The example workflows, and the CSV file that one of them pays. */
export const EXAMPLES = join(REPOSITORY, 'examples');

export const PAYOUTS_CSV = join(EXAMPLES, 'payouts.csv');
