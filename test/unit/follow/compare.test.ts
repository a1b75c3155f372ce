/** A comparison is led as the run is: the follower puts the same lab beside its own, and a version that knows none goes on with A. */
import { afterEach, describe, expect, test } from 'vitest';
import { createLab, createPair, type Lab, type LabPair } from '../../../src/bridge';
import { follow, lead, openFollowChannel } from '../../../src/bridge/follow';
import { EMPTY_STAGE, readFollowMessage } from '../../../src/protocol/follow';
import type { Settings } from '../../../src/protocol/settings';
import { channelWorker } from '../bridge/channelWorker';

const SMALL: Partial<Settings> = { hidden: [6, 5], trainSize: 30, testSize: 20, batchSize: 10, p: 0.3, seed: 3 };

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** A lab as a screen has it: beside it stands what `view.compare` asks for. */
function openShown(settings: Partial<Settings> = SMALL): { lab: Lab; pair: () => LabPair | null } {
  const lab = createLab({ connect: channelWorker, settings });
  let pair: LabPair | null = null;
  const show = () => {
    const { compare } = lab.store.getState().view;
    if (compare === null) {
      pair?.dispose();
      pair = null;
    } else if (pair === null) pair = createPair(lab, compare, { connect: channelWorker });
    else if (JSON.stringify(pair.difference) !== JSON.stringify(compare)) void pair.setDifference(compare);
  };
  cleanups.push(
    () => lab.dispose(),
    lab.store.subscribe(({ view }, before) => view.compare === before.view.compare || show()),
    () => pair?.dispose(),
  );
  return { lab, pair: () => pair };
}

let numRooms = 0;
function openRoom(compare: Partial<Settings> | null = null) {
  const room = `compared${++numRooms}`;
  const heard: unknown[] = [];
  const ear = openFollowChannel(room);
  ear.onmessage = ({ data }) => void heard.push(data);
  const leading = openShown();
  if (compare !== null) leading.lab.store.getState().setView({ compare });
  const following = openShown({ ...SMALL, seed: 9, hidden: [4] });
  const leader = lead(leading.lab, { channel: openFollowChannel(room), room, stage: EMPTY_STAGE });
  const follower = follow(following.lab, { channel: openFollowChannel(room), room, stage: EMPTY_STAGE });
  cleanups.push(
    () => ear.close(),
    () => leader.dispose(),
    () => follower.dispose(),
  );
  return { leading, following, follower, heard };
}

const within = { timeout: 30_000, interval: 20 };
const printOf = async (lab: Lab | undefined) => (lab ? (await lab.snapshot()).fingerprint : null);

describe('CL3 a comparison', () => {
  test('CL3 stands on both screens with the same bits in B, through steps, another difference and its end', async () => {
    const { leading, following, follower } = openRoom();
    await Promise.all([leading.lab.ready, following.lab.ready]);
    const expectBoth = async (step: number) => {
      await expect.poll(() => [following.lab.step, following.pair()?.b.step, follower.get().agrees], within).toEqual([step, step, true]);
      expect(await printOf(following.lab)).toBe(await printOf(leading.lab));
      expect(await printOf(following.pair()?.b)).toBe(await printOf(leading.pair()?.b));
    };
    await leading.lab.advance(14);
    leading.lab.store.getState().setView({ compare: { p: 0.8 } });
    await expectBoth(14);
    expect(await printOf(following.pair()?.b)).not.toBe(await printOf(following.lab));
    await leading.pair()?.advance(5);
    await expectBoth(19);
    await leading.pair()?.seek(6);
    await expectBoth(6);
    leading.lab.store.getState().setView({ compare: { mode: 'none' } });
    await expect.poll(() => following.pair()?.b.store.getState().settings.mode, within).toBe('none');
    await expectBoth(6);
    await leading.lab.configure({ seed: 0 });
    await leading.pair()?.advance(3);
    await expectBoth(3);
    leading.lab.store.getState().setView({ compare: null });
    await expect.poll(following.pair, within).toBeNull();
    await expect.poll(() => follower.get().agrees, within).toBe(true);
  });

  test('CL3 that was there before anyone followed is told to whoever comes', async () => {
    const { leading, following, follower } = openRoom({ p: 0 });
    await Promise.all([leading.lab.ready, following.lab.ready]);
    await leading.pair()?.advance(4);
    await expect.poll(() => [following.pair()?.b.step, follower.get().agrees], within).toEqual([4, true]);
    expect(await printOf(following.pair()?.b)).toBe(await printOf(leading.pair()?.b));
  });

  test('CL3 is told in a message of its own: what a state says is what it always said', async () => {
    const { leading, heard } = openRoom();
    await leading.lab.ready;
    leading.lab.store.getState().setView({ compare: { p: 1 } });
    const told = (type: string) => heard.filter((message) => (message as { type: string }).type === type);
    await expect.poll(() => told('compare').at(-1), within).toMatchObject({ difference: { p: 1 } });
    const keys = told('state').map((message) =>
      Object.keys(message as object)
        .sort()
        .join(),
    );
    expect(new Set(keys)).toEqual(
      new Set(['changes,convention,fingerprint,hidden,leader,passes,phase,room,running,showGradients,stage,start,step,type']),
    );
  });
});

test('CL3 a run that starts over is told from step 0, never with the step of the run before', async () => {
  const { leading, heard, follower } = openRoom();
  await leading.lab.advance(14);
  await leading.lab.configure({ seed: 0 });
  await leading.lab.advance(2);
  await expect.poll(() => follower.get().agrees, within).toBe(true);
  const states = heard.filter((message) => (message as { type: string }).type === 'state') as { start: Settings; step: number }[];
  const steps = (seed: number) => Math.max(...states.filter(({ start }) => start.seed === seed).map(({ step }) => step));
  expect([steps(3), steps(0)]).toEqual([14, 2]);
});

test('CL3 a difference is read setting by setting, and refused when it is none', () => {
  const message = { type: 'compare', room: 'r', leader: 'L', difference: { p: 0, seed: 0 }, fingerprint: null };
  expect(readFollowMessage(structuredClone(message))).toEqual(message);
  expect(readFollowMessage({ ...message, difference: null })).toMatchObject({ difference: null });
  for (const difference of [{ p: 2 }, { p: Number.NaN }, { colour: 'red' }, 7, undefined])
    expect(readFollowMessage({ ...message, difference })).toBeNull();
  expect(readFollowMessage({ ...message, extra: 1 })).toBeNull();
});
