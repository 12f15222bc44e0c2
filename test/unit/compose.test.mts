import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { REPOSITORY } from '../../n8n/repository.mts';
import { SUPPORTED } from '../../n8n/versions.mts';

interface Service {
	image: string;
	environment: Record<string, string>;
	build?: { dockerfile_inline: string };
	stop_grace_period?: string;
	ports?: string[];
}

const read = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');
const { services } = parse(read('docs/compose.yaml'), { merge: true }) as {
	services: Record<'main' | 'worker' | 'webhook' | 'redis' | 'postgres', Service>;
};
const { main, worker, webhook, postgres } = services;

describe('docs/compose.yaml', () => {
	it('runs every process of n8n from one image with the package and n8n of this repository', () => {
		const images = [main, worker, webhook].map(({ image }) => image);
		expect(new Set(images).size).toBe(1);
		const { version } = JSON.parse(read('package.json')) as { version: string };
		const recipe = main.build?.dockerfile_inline ?? '';
		expect(recipe).toContain(`n8n-nodes-smart-glocal@${version}`);
		expect(recipe).toContain(`n8nio/n8n:${SUPPORTED.at(-1)?.version}`);
	});

	it('gives every process of n8n the same settings, and the password that PostgreSQL has', () => {
		expect(main.environment).toMatchObject({ EXECUTIONS_MODE: 'queue', DB_TYPE: 'postgresdb' });
		expect(worker.environment).toEqual(main.environment);
		expect(webhook.environment).toEqual(main.environment);
		const password = main.environment.DB_POSTGRESDB_PASSWORD;
		expect(password).toBe(postgres.environment.POSTGRES_PASSWORD);
	});

	it('waits longer for a worker than the worker for its chunk', () => {
		const waits = Number.parseInt(worker.stop_grace_period ?? '', 10);
		expect(waits).toBeGreaterThan(Number(worker.environment.N8N_GRACEFUL_SHUTDOWN_TIMEOUT));
	});

	it('opens ports on this machine only', () => {
		const ports = Object.values(services).flatMap(({ ports: own = [] }) => own);
		expect(ports).toHaveLength(2);
		for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
	});
});
