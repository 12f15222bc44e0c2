const { availableParallelism } = require('node:os');

const transform = {
	'^.+\\.m?ts$': [
		'@swc/jest',
		{
			jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
			module: { type: 'commonjs' },
		},
	],
};

// `npm run coverage`: unit tests run what `tsc` built, too, because only then can their branches be
// added to those of the engine tests.
const measured = process.argv.includes('--coverage');
const moduleNameMapper = measured
	? { '^(?!.*\\.js$)(?:\\.\\./)+((?:nodes|credentials)/.+?)(?:\\.ts)?$': '<rootDir>/dist/$1' }
	: {};

const project = (displayName, setupFiles = []) => ({
	displayName,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform,
	moduleNameMapper,
	collectCoverageFrom: ['dist/**/*.js'],
	setupFiles,
});

module.exports = {
	// Some tests of a minute at most, on a machine that has much else to do.
	testTimeout: 240_000,
	// Many tests wait for what the network does. Jest by itself would even leave one core alone.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	testSequencer: '<rootDir>/test/longestFirst.cjs',
	coverageProvider: 'v8',
	coverageReporters: ['text', 'json'],
	collectCoverageFrom: ['dist/**/*.js'],
	projects: [
		project('unit'),
		project('engine', ['<rootDir>/test/engine/environment.mts']),
		project('package'),
		{
			...project('e2e'),
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
		},
		project('versions'),
		project('queue'),
	],
};
