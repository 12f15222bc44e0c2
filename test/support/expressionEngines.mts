import { createRequire } from 'node:module';
import { Expression } from 'n8n-workflow';
import { expressionSandboxHooks } from 'n8n-workflow/expression-sandboxing';

/** The engines that n8n can evaluate expressions with; `vm` is what it uses unless told otherwise. */
export type ExpressionEngine = 'legacy' | 'vm';

interface Evaluator {
	initialize: () => Promise<void>;
	dispose: () => Promise<void>;
}
interface Runtime {
	ExpressionEvaluator: new (config: object) => Evaluator;
	IsolatedVmBridge: new (config: object) => object;
}

/** From the copies that n8n itself uses. */
const requireFromWorkflow = createRequire(require.resolve('n8n-workflow'));
const requireFromRuntime = createRequire(requireFromWorkflow.resolve('@n8n/expression-runtime'));

/** Whether an engine runs here: the VM is a native module, built for the Node that n8n runs on. */
export function canStart(engine: ExpressionEngine): boolean {
	if (engine === 'legacy') return true;
	try {
		requireFromRuntime('isolated-vm');
		return true;
	} catch {
		return false;
	}
}

/**
 * Starts one of n8n's engines in this process. n8n's own start imports a module in a way that Jest
 * cannot; this does the same by hand.
 *
 * @returns how to stop it
 */
export async function startExpressionEngine(
	engine: ExpressionEngine,
): Promise<() => Promise<void>> {
	if (engine === 'legacy') return async () => {};
	const runtime = requireFromWorkflow('@n8n/expression-runtime') as Runtime;
	const evaluator = new runtime.ExpressionEvaluator({
		createBridge: () => new runtime.IsolatedVmBridge({ timeout: 5_000, memoryLimit: 128 }),
		maxCodeCacheSize: 1_024,
		hooks: expressionSandboxHooks,
	});
	await evaluator.initialize();
	const n8n = Expression as unknown as { vmEvaluator?: Evaluator };
	n8n.vmEvaluator = evaluator;
	Expression.setExpressionEngine(engine);
	return async () => {
		Expression.setExpressionEngine('legacy');
		delete n8n.vmEvaluator;
		await evaluator.dispose();
	};
}
