import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program to start, its folder and the file for its output. */
export interface ProcessRequest {
	command: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** The program's output is appended to this file. */
	logFile: string;
	/** Called with every line of the output as it comes. */
	onLine?: (line: string) => void;
}

/** A started program, together with everything that it starts. */
export interface ProcessGroup {
	/** The id of the program's own process. */
	pid: Promise<number>;
	/** Resolves with the exit code (128 or more after a signal) once the program has ended. */
	ended: Promise<number>;
	/** Asks the whole group to end, kills it after `graceMs`, and returns when it is gone. */
	stop: (graceMs?: number) => Promise<void>;
}

// A shell leads the group. We hold the other end of its input: when we end in any way, even by
// SIGKILL, that pipe closes and the shell ends the group, so that nothing is left running. It says
// the program's own id through pipe 4.
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- 4>&- &
program=$!
echo $program >&4
exec 4>&-
(
	trap '' TERM
	read -r _ <&3
	kill -TERM 0
	tries=0
	while kill -0 $program 2>/dev/null && [ $tries -lt 80 ]; do sleep 0.1; tries=$((tries + 1)); done
	kill -KILL 0
) >/dev/null 2>&1 &
exec 3<&-
trap : TERM
code=0
wait $program || code=$?
while kill -0 $program 2>/dev/null; do wait $program && code=0 || code=$?; done
exit $code
`;

const groups = new Set<ProcessGroup>();
let closing = false;

/** Starts a program in its own process group, which ends when this process ends. */
export function startProcess(request: ProcessRequest): ProcessGroup {
	if (closing) throw new Error('Nothing new can start while everything is stopping.');
	const { command, args, cwd, env } = request;
	const child = spawn('/bin/sh', ['-c', GUARD, 'sh', command, ...args], {
		cwd,
		env,
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'],
	}) as ChildProcessWithoutNullStreams;
	const pid = readPid(child.stdio[4] as Readable);
	const log = createWriteStream(request.logFile, { flags: 'a' });
	for (const stream of [child.stdout, child.stderr]) {
		stream.pipe(log, { end: false });
		if (request.onLine) forEachLine(stream, request.onLine);
	}
	child.once('close', () => log.end());
	child.stdin.on('error', () => undefined);
	const ended = new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => {
			// Whatever the program left running ends with it.
			signalGroup(child.pid, 'SIGKILL');
			groups.delete(group);
			resolve(code ?? 128);
		});
	});
	const group: ProcessGroup = {
		pid,
		ended,
		stop: async (graceMs = 10_000) => {
			signalGroup(child.pid, 'SIGTERM');
			if (await within(ended, graceMs)) return;
			signalGroup(child.pid, 'SIGKILL');
			await ended;
		},
	};
	groups.add(group);
	return group;
}

/** Runs a program to its end and returns its exit code. */
export async function runProcess(request: ProcessRequest): Promise<number> {
	return await startProcess(request).ended;
}

/** Stops every running program. Nothing can start afterwards. */
export async function stopEverything(graceMs?: number): Promise<void> {
	closing = true;
	await Promise.all([...groups].map(async (group) => await group.stop(graceMs)));
}

async function readPid(pipe: Readable): Promise<number> {
	const said: Buffer[] = [];
	for await (const chunk of pipe) said.push(chunk as Buffer);
	return Number(Buffer.concat(said).toString());
}

async function within(ended: Promise<number>, ms: number): Promise<boolean> {
	const tooLong = new AbortController();
	const ranOut = sleep(ms, false, { signal: tooLong.signal }).catch(() => false);
	const inTime = await Promise.race([ended.then(() => true), ranOut]);
	tooLong.abort();
	return inTime;
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}

function forEachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
	let rest = '';
	stream.on('data', (chunk: Buffer) => {
		const lines = (rest + chunk.toString('utf8')).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(onLine);
	});
}
