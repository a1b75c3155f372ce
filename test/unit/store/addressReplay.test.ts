/** A run that was changed as it went, repeated elsewhere from what an address can carry: the same bits, on a session over a channel. */
import { afterEach, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import { channelWorker } from '../bridge/channelWorker';

const SMALL: Partial<Settings> = { hidden: [6, 5], trainSize: 30, testSize: 20, batchSize: 10, p: 0.3, seed: 3 };
const labs: Lab[] = [];
function open(settings: Partial<Settings>): Lab {
  const lab = createLab({ connect: channelWorker, settings });
  labs.push(lab);
  return lab;
}
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

test('DT3 `run.start` and `run.changes` repeat a run bit for bit, also from the middle of it', async () => {
  const first = open(SMALL);
  await first.configure({ mode: 'gaussian' });
  await first.advance(10);
  await first.configure({ p: 0.8, learningRate: 0.01 });
  await first.advance(7);
  await first.configure({ mode: 'dropconnect' });
  await first.advance(23);
  const late = await first.snapshot();
  await first.seek(12);
  const early = await first.snapshot();
  const { start, changes } = first.store.getState().run;
  expect(start).toMatchObject(SMALL);
  expect(changes).toEqual([
    { step: 0, patch: { mode: 'gaussian' } },
    { step: 10, patch: { p: 0.8, learningRate: 0.01 } },
    { step: 17, patch: { mode: 'dropconnect' } },
  ]);

  const second = open(start);
  await second.replay(changes, 12);
  expect(second.store.getState().settings).toEqual(early.settings);
  expect((await second.snapshot()).fingerprint).toBe(early.fingerprint);
  await second.seek(40);
  expect((await second.snapshot()).fingerprint).toBe(late.fingerprint);
  expect(second.store.getState().run).toMatchObject({ start, changes, phase: 'paused', step: 40 });
});

test('a reset makes the settings as they are the start, and a restart too', async () => {
  const lab = open(SMALL);
  await lab.advance(3);
  await lab.configure({ p: 0.6 });
  expect(lab.store.getState().run.start.p).toBe(0.3);
  await lab.reset();
  expect(lab.store.getState().run).toMatchObject({ start: { p: 0.6 }, changes: [] });
  await lab.configure({ seed: 9, p: 0.1 });
  expect(lab.store.getState().run.start).toMatchObject({ seed: 9, p: 0.1 });
});

test('ST2 changes that are none are refused, and nothing has changed', async () => {
  const lab = open(SMALL);
  await lab.advance(5);
  const refused: [Parameters<Lab['replay']>[0], string][] = [
    [[{ step: -1, patch: { p: 0.1 } }], 'step of a change must be a whole number'],
    [
      [
        { step: 4, patch: { p: 0.1 } },
        { step: 4, patch: { p: 0.2 } },
      ],
      'step of a change must be above 4, got 4',
    ],
    [[{ step: 4, patch: { seed: 1 } }], 'seed must be left alone while a run goes on'],
    [[{ step: 4, patch: { mode: 'alpha', p: 1 } }], "p must be at least 0 and below 1 in mode 'alpha', got 1"],
  ];
  for (const [changes, message] of refused) await expect(lab.replay(changes, 9)).rejects.toThrow(message);
  expect(lab.step).toBe(5);
});
