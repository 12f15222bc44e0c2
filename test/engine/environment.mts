import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Before n8n-core is loaded, which else writes into the home directory.
const folder = mkdtempSync(path.join(tmpdir(), 'smart-glocal-engine-'));
process.env.N8N_USER_FOLDER = folder;
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// n8n logs every error that a test provokes.
process.env.N8N_LOG_LEVEL = 'silent';
