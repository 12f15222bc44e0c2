const transform = {
	'^.+\\.m?ts$': [
		'@swc/jest',
		{
			jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
			module: { type: 'commonjs' },
		},
	],
};

const project = (displayName, setupFiles = []) => ({
	displayName,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform,
	setupFiles,
});

module.exports = {
	// Some tests of a minute at most, on a machine that has much else to do.
	testTimeout: 240_000,
	projects: [
		project('unit'),
		project('engine', ['<rootDir>/test/engine/environment.mts']),
		project('package'),
		project('e2e'),
		project('versions'),
		project('queue'),
	],
};
