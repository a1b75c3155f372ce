/**
 * The exported scripts, run for real: each framework repeats each experiment of the core and must find it to be the same run; a script
 * that was tampered with must find out and say so.
 */
import { describe, expect, test } from 'vitest';
import { FRAMEWORKS, type Framework } from '../../src/export/python/plan';
import { createNotebook, createScript, scriptFileName } from '../../src/export/python/script';
import { EXPERIMENTS } from './experiments';
import { makeRecord } from './makeRecord';
import { type Library, missing, runPython, withFiles } from './python';

const NEEDS: Readonly<Record<Framework, readonly Library[]>> = {
  numpy: ['numpy'],
  torch: ['numpy', 'torch'],
  keras: ['numpy', 'keras', 'tensorflow'],
  jax: ['jax'],
  nnx: ['jax', 'flax', 'optax'],
};

const runScript = (source: string, framework: Framework, ...args: string[]) =>
  withFiles({ [scriptFileName(framework)]: source }, (folder) => runPython([`${folder}/${scriptFileName(framework)}`, ...args]));

describe.each(FRAMEWORKS)('EX1 %s repeats the run', (framework) => {
  const reason = missing(NEEDS[framework]);
  test.skipIf(reason !== '').concurrent.each(EXPERIMENTS)(`$name ${reason}`, async (experiment) => {
    const { code, output } = await runScript(createScript(await makeRecord(experiment), framework), framework);
    expect(output).toContain('THE SAME RUN: 100 losses agree');
    expect(code).toBe(0);
  });
});
