/**
 * The exported studies, run for real: each must find the page's own numbers among its own, masks and counts to the last one, on any
 * number of devices; and must say so when they are not the same.
 */
import { describe, expect, test } from 'vitest';
import { createStudySweep } from '../../src/export/sweeps';
import type { StudyPatch } from '../../src/protocol/study';
import type { StudyName } from '../../src/protocol/studyParams';
import { missing, type Outcome, runPython, withFiles } from './python';
import { doStudy, STUDY_CASES } from './studyCases';

const reason = missing(['jax']);

function runScript(source: string, devices = 1): Promise<Outcome> {
  return withFiles({ 'study.py': source }, (folder) =>
    runPython(['study.py'], {
      folder,
      variables: { XLA_FLAGS: `--xla_force_host_platform_device_count=${devices} --xla_backend_optimization_level=0` },
    }),
  );
}

/** How many numbers the page hands over: every entry of its table, arrays entry by entry, masks as one. */
function countNumbers(source: string): number {
  const table = source.slice(source.indexOf('PAGE = {'), source.indexOf('def difference('));
  const wanted = [...table.matchAll(/^ {8}"\w+": \((\[[^\]]+\]|[^,]+), /gm)].map(([, text = '']) => text);
  return wanted.reduce((count, text) => count + text.split(',').length, 0);
}

const CASES = (Object.keys(STUDY_CASES) as StudyName[]).flatMap((name) =>
  STUDY_CASES[name].map((patch) => ({ name, words: JSON.stringify(patch), patch: patch as StudyPatch<StudyName> })),
);

describe('a study of a chapter holds the numbers of the page', () => {
  test.skipIf(reason !== '').concurrent.each(CASES)(`$name $words ${reason}`, async ({ name, patch }) => {
    const { content } = createStudySweep(name, await doStudy(name, patch), { ps: [0, 0.25, 1], numSeeds: 2 });
    const { code, output } = await runScript(content);
    expect(output).toContain(`THE SAME STUDY: ${countNumbers(content)} numbers of the page agree`);
    expect(output).not.toContain('NOT CHECKED');
    expect(code).toBe(0);
  });
});

describe('the sweep of a study', () => {
  const make = async (name: StudyName = 'moments', patch: StudyPatch<StudyName> = { draws: 300 }) => {
    const { content } = createStudySweep(name, await doStudy(name, patch), { ps: [0.1, 0.6], numSeeds: 3 });
    return content;
  };

  const SMALL: readonly [StudyName, StudyPatch<StudyName>][] = [
    ['moments', { draws: 300 }],
    ['millionWeights', { numWeights: 3000, trials: 3, ps: [0.3] }],
    ['trainEval', { p: 0.3, steps: 20 }],
  ];
  test.skipIf(reason !== '').each(SMALL)(`%s is the same on four devices as on one ${reason}`, async (name, patch) => {
    const source = await make(name, patch);
    const [one, four] = [await runScript(source), await runScript(source, 4)];
    expect(four.output).toContain('3 values of p x 3 seeds on 4 cpu device(s)');
    expect(four.output).toContain('THE SAME STUDY');
    expect(four.output.replace('on 4 cpu', 'on 1 cpu')).toBe(one.output);
  });

  test.skipIf(reason !== '').each<[string, (source: string) => string, string]>([
    ['a count off by one', (source) => source.replace(/"kept": \((\d+)/, (_, kept) => `"kept": (${Number(kept) + 1}`), 'kept:'],
    ['another number of draws', (source) => source.replace('DRAWS = 300', 'DRAWS = 301'), 'kept:'],
    ['keep instead of drop', (source) => source.replace('jnp.asarray(1 - p)', 'jnp.asarray(p)'), 'kept:'],
    ['another stream', (source) => source.replace('"inputs", "targets"', '"targets", "inputs"'), 'on the page'],
  ])(`finds out: %s ${reason}`, async (_, change, words) => {
    const source = await make();
    const changed = change(source);
    expect(changed).not.toBe(source);
    const { code, output } = await runScript(changed);
    expect(output).toContain('DIFFERENT: this is not the study of the page.');
    expect(output).toContain(words);
    expect(code).toBe(1);
  });

  test.skipIf(reason !== '')(`says when the page's own study is gone from it ${reason}`, async () => {
    const source = await make();
    const { code, output } = await runScript(source.replace('PS = (0.1, 0.3, 0.6)', 'PS = (0.1, 0.6)'));
    expect(output).toContain("NOT CHECKED: the page's own study, p = 0.3 and seed 42, is no longer among these.");
    expect(output).not.toContain('THE SAME');
    expect(code).toBe(0);
  });
});

describe('a study that trains', () => {
  const change = async <Name extends StudyName>(name: Name, patch: StudyPatch<Name>, [from, to]: readonly [string, string]) => {
    const { content } = createStudySweep(name, await doStudy(name, patch), { ps: [], numSeeds: 1 });
    const changed = content.replace(from, to);
    expect(changed).not.toBe(content);
    return runScript(changed);
  };

  test.skipIf(reason !== '').concurrent(`finds out when a bug is not the page's ${reason}`, async () => {
    const patch = { bug: 'oneMaskPerBatch', p: 0.35, steps: 3 } as const;
    const { code, output } = await change('bug', patch, ['dict(shares_rows=True)', 'dict()']);
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('DIFFERENT: this is not the study of the page. p = 0.35: wrong_signature:'),
    ]);
  });

  test.skipIf(reason !== '').concurrent(`finds out when a row that is padding counts as a mask ${reason}`, async () => {
    const patch = { hidden: [2, 1], p: 1, batchSize: 20, steps: 5 };
    const { code, output } = await change('subnetworks', patch, ['mode="drop"', 'mode="clip"']);
    expect([code, output]).toEqual([1, expect.stringContaining('p = 1.0: distinct_trained: 2 here, 1 on the page')]);
  });

  test.skipIf(reason !== '').concurrent(`finds out when twins part that should coincide ${reason}`, async () => {
    const patch = { rule: 'exact', optimizer: 'adam', p: 0.3, epsilon: 0.001, steps: 9 } as const;
    const { code, output } = await change('equivalence', patch, ['epsilon=q, decay', 'epsilon=1.0, decay']);
    expect([code, output]).toEqual([1, expect.stringContaining('p = 0.3: difference:')]);
  });

  test.skipIf(reason !== '').concurrent(`says so when a run is so wild that rounding errors grow ${reason}`, async () => {
    const patch = { rule: 'biasesToo', optimizer: 'momentum', learningRate: 0.3, p: 0.9, steps: 500 } as const;
    const { content } = createStudySweep('equivalence', await doStudy('equivalence', patch), { ps: [], numSeeds: 1 });
    const { code, output } = await runScript(content);
    expect(output).toContain('DIFFERENT: this is not the study of the page. p = 0.9:');
    expect(output).toContain('This run is so wild that 1e-14 more in the initial weights moves ');
    expect(code).toBe(1);
  });
});
