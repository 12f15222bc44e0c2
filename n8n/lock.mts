import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** The holder of a lock touches its file this often. A lock not touched for long is dead. */
const TOUCHED_EVERY_MS = 5_000;
const DEAD_AFTER_MS = 30_000;

/**
 * Waits until no other process holds the lock file, then holds it and runs `work`. Calls `onWait`
 * once if it has to wait. Takes over the lock of a process that is no longer alive.
 *
 * The lock only saves double work, so it need not be watertight: if two processes ever take over
 * the same dead lock at once, each works in a folder of its own, and the first rename wins.
 */
export async function withLock<T>(
	file: string,
	work: () => Promise<T>,
	onWait: () => void,
): Promise<T> {
	let waiting = false;
	while (!(await take(file))) {
		if (await isDead(file)) {
			await removeDeadLock(file);
			continue;
		}
		if (!waiting) onWait();
		waiting = true;
		await sleep(500);
	}
	const touch = () => utimes(file, new Date(), new Date()).catch(() => undefined);
	const heartbeat = setInterval(() => void touch(), TOUCHED_EVERY_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(file, { force: true });
	}
}

/** Says whether a process of this computer is alive. */
export function isProcessAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function take(file: string): Promise<boolean> {
	try {
		await writeFile(file, `${process.pid} ${hostname()}`, { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function isDead(file: string): Promise<boolean> {
	try {
		const [pid, host] = (await readFile(file, 'utf8')).split(' ');
		if (host === hostname() && !isProcessAlive(Number(pid))) return true;
		return Date.now() - (await stat(file)).mtimeMs > DEAD_AFTER_MS;
	} catch {
		// It was removed in the meantime, so the next attempt to take it will succeed.
		return false;
	}
}

async function removeDeadLock(file: string): Promise<void> {
	const aside = `${file}.${process.pid}`;
	await rename(file, aside).catch(() => undefined);
	await rm(aside, { force: true });
}
