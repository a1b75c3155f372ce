import { describe, expect, test } from 'vitest';
import { createPlan, FRAMEWORKS } from '../../../src/export/python/plan';
import { createNotebook, createScript } from '../../../src/export/python/script';
import { createSweepScript } from '../../../src/export/python/sweep';
import { recordRun } from '../../../src/export/record';
import type { Settings } from '../../../src/protocol/settings';
import type { Change } from '../../../src/protocol/snapshot';
import { makeRun } from '../model/setup';

const base: Partial<Settings> = { trainSize: 20, testSize: 10, batchSize: 8, hidden: [5, 3], p: 0.3, inputP: 0.15 };

async function record(patch: Partial<Settings> = {}, changes: readonly Change[] = []) {
  const run = makeRun({ ...base, ...patch });
  const lab = { seek: async (step: number) => run.seek(step, Number.POSITIVE_INFINITY, () => 0), snapshot: async () => run.snapshot() };
  return { ...(await recordRun(lab, run.dataset, 5)), changes };
}

describe('what a script is planned to do', () => {
  test('p is resolved for the input and each layer; overrides win', async () => {
    expect(createPlan(await record({ layerP: [null, 0] })).start.p).toEqual([0.15, 0.3, 0]);
  });

  test('a change keeps only what it made different; those at one step are one; those at step 0 belong to the start', async () => {
    const plan = createPlan(
      await record({ layerP: [0.1] }, [
        { step: 0, patch: { momentum: 0.5 } },
        { step: 4, patch: { p: 0.6 } },
        { step: 4, patch: { p: 0.7, mode: 'alpha' } },
        { step: 9, patch: { p: 0.7, layerP: [null, 0.2] } },
        { step: 9, patch: { layerP: [null, 0.2] } },
      ]),
    );
    expect(plan.start.momentum).toBe(0.5);
    expect(plan.changes).toEqual([
      { step: 4, patch: { p: [0.15, 0.1, 0.7], mode: 'alpha' } },
      { step: 9, patch: { p: [0.15, 0.7, 0.2] } },
    ]);
    expect(plan.modes).toEqual(['inverted', 'alpha']);
    expect([plan.hasShift, plan.decays, plan.clips, plan.hasFullDrop]).toEqual([true, false, false, false]);
  });

  test('nothing is dropped when every p is 0, whatever the mode', async () => {
    const plan = createPlan(await record({ p: 0, inputP: 0 }));
    expect([plan.unitModes, plan.maskModes, plan.hasDropConnect]).toEqual([[], [], false]);
  });
});

describe.each(FRAMEWORKS)('%s', (framework) => {
  test('a script carries what its run needs and no more', async () => {
    const plain = createScript(await record(), framework);
    for (const word of ['alpha', 'normal(', 'channels', 'weight_mask', 'max_norm', 'weight_decay', 'eval_factor'])
      expect(plain).not.toContain(word);
    const all = createScript(
      await record({ mode: 'standard', weightDecay: 0.01, maxNorm: 2 }, [{ step: 2, patch: { mode: 'dropconnect' } }]),
      framework,
    );
    for (const word of ['weight_mask', 'max_norm', 'weight_decay', 'eval_factor', '(2, dict(mode="dropconnect"))'])
      expect(all).toContain(word);
  });

  test('only JAX brings its own threefry', async () => {
    expect(createScript(await record(), framework).includes('def threefry2x32')).toBe(framework !== 'jax' && framework !== 'nnx');
  });

  test('the notebook is nbformat 4.5, and its code is the code of the script', async () => {
    const script = createScript(await record(), framework);
    const notebook = JSON.parse(createNotebook(await record(), framework));
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    const ids = notebook.cells.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const code = notebook.cells.filter((cell: { cell_type: string }) => cell.cell_type === 'code');
    const sources = code.map(({ source }: { source: string[] }) => source.join(''));
    for (const source of sources.slice(1, -2)) expect(script).toContain(source);
    expect(sources.at(-2)).toBe('assert repeat_run(5)');
    for (const cell of code) expect([cell.execution_count, cell.outputs, cell.metadata]).toEqual([null, [], {}]);
  });
});

test('numbers of the run are written in full', async () => {
  const made = await record();
  const script = createScript(made, 'numpy');
  for (const { loss, masks } of made.checks) {
    expect(script).toContain(String(loss));
    expect(script).toContain(`"${masks}"`);
  }
});

test('a sweep holds the p of the page, drops those that have no meaning, and refuses to do nothing', async () => {
  const made = await record({ mode: 'gaussian', p: 0.35 });
  expect(createSweepScript(made, { ps: [0, 0.5, 1] })).toContain('PS = (0.0, 0.35, 0.5)');
  expect(createSweepScript(await record({ p: 0.3 }), { ps: [1] })).toContain('PS = (0.3, 1.0)');
  expect(() => createSweepScript(made, { numSeeds: 0 })).toThrow('numSeeds must be a whole number from 1 up, got 0');
});

test('a sweep is checked only up to the first change by hand', async () => {
  const made = await record({}, [{ step: 2, patch: { p: 0.9 } }]);
  const losses = /LOSSES = \[\n(.*)\n\]/.exec(createSweepScript(made))?.[1]?.trim();
  expect(losses).toBe(`${made.checks[0]?.loss}, ${made.checks[1]?.loss},`);
});
