/**
 * The exported scripts, run for real: each framework repeats each experiment of the core and must find it to be the same run; a script
 * that was tampered with must find out and say so.
 */
import { describe, expect, test } from 'vitest';
import { FRAMEWORKS, type Framework } from '../../src/export/python/plan';
import { createNotebook, createScript, scriptFileName } from '../../src/export/python/script';
import { createSweepScript } from '../../src/export/python/sweep';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings';
import { EXPERIMENTS, type Experiment } from './experiments';
import { makeRecord, trainExperiment } from './makeRecord';
import { type Library, missing, type Outcome, runPython, withFiles } from './python';

const NEEDS: Readonly<Record<Framework, readonly Library[]>> = {
  numpy: ['numpy'],
  torch: ['numpy', 'torch'],
  keras: ['numpy', 'keras', 'tensorflow'],
  jax: ['jax'],
  nnx: ['jax', 'flax', 'optax'],
};
const [FIRST] = EXPERIMENTS as [Experiment];

/** Runs a script in a folder of its own, which it may write to. */
function runScript(name: string, source: string, ...args: string[]): Promise<Outcome> {
  return withFiles({ [name]: source }, (folder) => runPython([name, ...args], { folder }));
}

describe.each(FRAMEWORKS)('%s repeats the run', (framework) => {
  const reason = missing(NEEDS[framework]);
  test.skipIf(reason !== '').each(EXPERIMENTS)(`$name ${reason}`, async (experiment) => {
    const source = createScript(await makeRecord(experiment), framework);
    const { code, output } = await runScript(scriptFileName(framework), source);
    expect(output).toContain('THE SAME RUN: 100 losses agree');
    expect(code).toBe(0);
  });

  test.skipIf(reason !== '')(`as a notebook ${reason}`, async () => {
    const notebook = createNotebook(await makeRecord(FIRST, 30), framework);
    const execute =
      'import json, sys\nfor c in json.load(open("n.ipynb"))["cells"]:\n    if c["cell_type"] == "code": exec("".join(c["source"]), globals())';
    const { code, output } = await withFiles({ 'n.ipynb': notebook, 'run.py': execute }, (folder) => runPython(['run.py'], { folder }));
    expect(output).toContain('THE SAME RUN: 30 losses agree');
    expect(output).toContain('step 0, layer 1, p = 0.2');
    expect(code).toBe(0);
  });
});

/** Turns the last bit of the mantissa of a number inside an array: far less than the losses would show. */
function flipBit(source: string, name: string): string {
  const text = source.slice(source.indexOf(`${name} = unpack(`)).split('"""')[1] ?? '';
  const bytes = Buffer.from(text, 'base64');
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  return source.replace(text, `\n${bytes.toString('base64')}\n`);
}

describe('a script that is not the same run finds out', () => {
  const reason = missing(NEEDS.numpy);
  const judge = async (change: (source: string) => string) => {
    const source = createScript(await makeRecord(FIRST, 20), 'numpy');
    const changed = change(source);
    expect(changed).not.toBe(source);
    return runScript('run.py', changed);
  };
  test.skipIf(reason !== '').each<[string, (source: string) => string, string]>([
    ['another seed', (source) => source.replace('SEED = 42', 'SEED = 43'), 'step 0: masks'],
    ['keep instead of drop', (source) => source.replaceAll('1 - s.p[layer]', 's.p[layer]'), 'step 0: masks'],
    [
      'no scaling',
      (source) => source.replace('draw_mask(step, layer, size, s) / (1 - p)', 'draw_mask(step, layer, size, s)'),
      'step 0: loss',
    ],
    ['a single bit of one test point', (source) => flipBit(source, 'TEST_X'), 'TEST_X: not the numbers that the page exported'],
    ['a single bit of one weight', (source) => flipBit(source, 'WEIGHTS[1]'), 'WEIGHTS[1]: not the numbers that the page exported'],
    ['backward without the mask', (source) => source.replace(' * factor * slope(a)', ' * slope(a)'), 'step 1: loss'],
    [
      'a loss off by 2e-4',
      (source) => source.replace(/LOSSES = \[\n {4}([\d.]+)/, (_, loss) => `LOSSES = [\n    ${Number(loss) * 1.0002}`),
      'step 0: loss',
    ],
    ['one bit of a checksum', (source) => source.replace(/CHECKSUMS = \[\n {4}"./, 'CHECKSUMS = [\n    "x'), 'step 0: masks'],
  ])(`%s ${reason}`, async (_, change, words) => {
    const { code, output } = await judge(change);
    expect(output).toContain('DIFFERENT: this is not the run of the page.');
    expect(output).toContain(words);
    expect(code).toBe(1);
  });

  test.skipIf(reason !== '').each([
    ['--steps', '0', '--steps must be 1 or more'],
    ['--mask', '-1', '--mask must be 0 or more'],
  ])(`%s %s is refused, not passed ${reason}`, async (option, value, words) => {
    const { code, output } = await runScript('run.py', createScript(await makeRecord(FIRST, 2), 'numpy'), option, value);
    expect(output).toContain(words);
    expect(code).toBe(2);
  });
});

describe('a script runs without a warning', () => {
  const EXTREME = { ...DEFAULT_SETTINGS, trainSize: 1, testSize: 1, batchSize: 3 };
  const SHARED = { ...DEFAULT_SETTINGS, mode: 'gaussian', maskScope: 'batch', learningRate: 0.02, p: 0.3 } as const;
  const able = (framework: Framework) => missing(NEEDS[framework]) === '';
  test.skipIf(!able('numpy') || !able('torch')).each([
    ['numpy', 'outputs beyond what exp can take', EXTREME],
    ['torch', 'noise that a whole batch shares', SHARED],
  ] as const)('%s: %s', async (framework, name, settings) => {
    const source = createScript(await makeRecord({ name, settings, changes: [] }), framework);
    const { code, output } = await withFiles({ 'run.py': source }, (folder) =>
      runPython(['run.py'], { folder, variables: { PYTHONWARNINGS: 'default' } }),
    );
    expect(output).not.toContain('Warning');
    expect([code, output]).toEqual([0, expect.stringContaining('THE SAME RUN: 100 losses agree')]);
  });
});

describe('a script prints the masks of any step', () => {
  const reason = missing(NEEDS.numpy);
  test.skipIf(reason !== '').each([3, 250])(`step %d ${reason}`, async (step) => {
    const { output, code } = await runScript('run.py', createScript(await makeRecord(FIRST, 1), 'numpy'), '--mask', String(step));
    const run = await trainExperiment(FIRST);
    run.train(step + 1, true);
    for (const [layer, { mask, units }] of (run.lastPass()?.step.layers ?? []).entries()) {
      if (!mask) continue;
      const rows = Array.from({ length: mask.length / units }, (_, row) => `  ${mask.subarray(row * units, (row + 1) * units).join(' ')}`);
      expect(output).toContain(`layer ${layer}, p = ${[0.1, 0.2, 0.4][layer]}\n${rows.join('\n')}\n`);
    }
    expect(code).toBe(0);
  });
});

describe('a sweep holds the run of the page', () => {
  const reason = missing(['jax']);
  const SWEPT = ['gaussian', 'digits', 'dropconnect', 'spatial', 'alpha', 'live'];
  const swept = EXPERIMENTS.filter(({ name }) => SWEPT.some((word) => name.includes(word)));
  test.skipIf(reason !== '').each(swept)(`$name ${reason}`, async (experiment) => {
    const source = createSweepScript(await makeRecord(experiment), { ps: [0, 0.5], numSeeds: 2 });
    const { code, output } = await runScript('sweep.py', source);
    expect(output).toMatch(/THE SAME RUN: \d+ losses of the page's own run agree/);
    expect(code).toBe(0);
  });

  test.skipIf(reason !== '')(`says so when the run of the page is gone from it, or its data are not the page's ${reason}`, async () => {
    const source = createSweepScript(await makeRecord(FIRST, 3), { ps: [0.2], numSeeds: 1 });
    const gone = await runScript('sweep.py', source.replace('PS = (0.2,)', 'PS = (0.25,)'));
    expect([gone.code, gone.output]).toEqual([0, expect.stringContaining('NOT CHECKED')]);
    const other = await runScript('sweep.py', source.replace('LEARNING_RATE = 0.1', 'LEARNING_RATE = 0.11'));
    expect([other.code, other.output]).toEqual([1, expect.stringContaining('DIFFERENT: the run of the page, step 1: loss')]);
    const spoiled = await runScript('sweep.py', flipBit(source, 'TRAIN_X'));
    expect([spoiled.code, spoiled.output]).toEqual([1, expect.stringContaining("page exported: ['TRAIN_X']")]);
  });

  test.skipIf(reason !== '')(`on four devices as on one ${reason}`, async () => {
    const source = createSweepScript(await makeRecord(FIRST, 30), { ps: [0.2, 0.4], numSeeds: 3 });
    const run = (devices: number) =>
      withFiles({ 'sweep.py': source }, (folder) =>
        runPython(['sweep.py'], { folder, variables: { XLA_FLAGS: `--xla_force_host_platform_device_count=${devices}` } }),
      );
    const [one, four] = [await run(1), await run(4)];
    expect(four.output).toContain('6 runs of 30 steps on 4 cpu device(s)');
    expect(four.output.replace('on 4 cpu', 'on 1 cpu')).toBe(one.output);
  });
});
