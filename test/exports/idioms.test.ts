/** The short codes that the page shows, executed for real in every mode, scope and convention. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { IdiomFramework } from '../../src/export/idioms/index';
import { createIdiomCases } from './idiomCases';
import { type Library, missing, runPython } from './python';

const NEEDS: readonly (readonly [IdiomFramework, readonly Library[]])[] = [
  ['numpy', ['numpy']],
  ['torch', ['numpy', 'torch']],
  ['keras', ['numpy', 'keras', 'tensorflow']],
  ['jax', ['jax', 'optax']],
  ['nnx', ['jax', 'flax', 'optax']],
  ['tf1', ['numpy', 'tensorflow']],
  ['tf2', ['numpy', 'tensorflow']],
];

/** What the codes compute is quick, but JAX compiles each of them: as little as it can. */
const QUICK = { XLA_FLAGS: '--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true' };

for (const [framework, libraries] of NEEDS) {
  const reason = missing(libraries);
  test.skipIf(reason !== '')(
    `the short code of ${framework} runs ${reason}`,
    async () => {
      const cases = createIdiomCases(framework);
      const script = fileURLToPath(new URL('run_idioms.py', import.meta.url));
      const { code, output } = await runPython([script, framework], { input: JSON.stringify(cases), variables: QUICK });
      expect(output).toContain(`${framework}: ${cases.length} of ${cases.length} short codes run`);
      expect(code).toBe(0);
    },
    900_000, // JAX and TensorFlow compile each code anew: minutes, on a busy machine
  );
}
