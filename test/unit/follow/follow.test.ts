import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import { type Follower, follow, type Leader, lead, openFollowChannel } from '../../../src/bridge/follow';
import { EMPTY_STAGE, readFollowMessage, writeFollowState } from '../../../src/protocol/follow';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { channelWorker } from '../bridge/channelWorker';

const SMALL: Partial<Settings> = { hidden: [6, 5], trainSize: 30, testSize: 20, batchSize: 10, p: 0.3, seed: 3 };

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

let numRooms = 0;
const newRoom = () => `room${++numRooms}`;

function openLab(settings: Partial<Settings> = SMALL): Lab {
  const lab = createLab({ connect: channelWorker, settings });
  cleanups.push(() => lab.dispose());
  return lab;
}
function leadRoom(lab: Lab, room: string): Leader {
  const leader = lead(lab, { channel: openFollowChannel(room), room, stage: EMPTY_STAGE });
  cleanups.push(() => leader.dispose());
  return leader;
}
function followRoom(lab: Lab, room: string, asked = room): Follower {
  const follower = follow(lab, { channel: openFollowChannel(room), room: asked, stage: EMPTY_STAGE });
  cleanups.push(() => follower.dispose());
  return follower;
}
const agreed = (follower: Follower) => expect.poll(() => follower.get().agrees, { timeout: 30_000, interval: 20 }).toBe(true);

async function expectSameBits(a: Lab, b: Lab): Promise<void> {
  const [mine, theirs] = [await a.snapshot(), await b.snapshot()];
  expect(mine.step).toBe(theirs.step);
  expect(mine.fingerprint).toBe(theirs.fingerprint);
  expect(mine.weights).toEqual(theirs.weights);
}

describe('CL3 a window that follows', () => {
  test('CL3 comes late, with other settings, and catches up to the same bits, live changes included', async () => {
    const [leading, following] = [openLab(), openLab({ ...SMALL, seed: 9, hidden: [4] })];
    await leading.advance(12);
    await leading.configure({ p: 0.8 });
    await leading.advance(5);
    await leading.configure({ mode: 'gaussian', p: 0.6 });
    await leading.advance(9);
    const room = newRoom();
    leadRoom(leading, room);
    await following.ready;
    const follower = followRoom(following, room);
    await agreed(follower);
    expect(following.step).toBe(26);
    await expectSameBits(leading, following);
  });

  test('CL3 keeps step: forward, back, a change after going back, reset, a restart', async () => {
    const [leading, following] = [openLab(), openLab()];
    await Promise.all([leading.ready, following.ready]);
    const room = newRoom();
    leadRoom(leading, room);
    const follower = followRoom(following, room);
    const moves: (() => Promise<unknown>)[] = [
      () => leading.advance(20),
      () => leading.seek(7),
      () => leading.configure({ p: 0.75 }),
      () => leading.configure({ p: 0.7, learningRate: 0.02 }),
      () => leading.advance(4),
      () => leading.configure({ mode: 'standard' }),
      () => leading.seek(9),
      () => leading.reset(),
      () => leading.configure({ seed: 0 }),
      () => leading.advance(3),
    ];
    for (const move of moves) {
      await move();
      await agreed(follower);
      await expectSameBits(leading, following);
    }
  });

  test('CL3 plays while the leader plays, never ahead of it, and stands on the same step', async () => {
    const [leading, following] = [openLab(), openLab()];
    await Promise.all([leading.ready, following.ready]);
    const room = newRoom();
    leadRoom(leading, room);
    const follower = followRoom(following, room);
    await leading.play({ pace: 400 });
    await expect.poll(() => following.step, { timeout: 30_000 }).toBeGreaterThan(10);
    expect(following.step).toBeLessThanOrEqual(leading.step);
    leading.store.getState().setSettings({ p: 0.9 });
    await expect.poll(() => following.store.getState().settings.p, { timeout: 30_000 }).toBe(0.9);
    await leading.pause();
    await agreed(follower);
    expect(following.running).toBe(false);
    await expectSameBits(leading, following);
  });

  test('CL3 phase, convention, hidden parts, question and highlight come along', async () => {
    const [leading, following] = [openLab(), openLab()];
    await Promise.all([leading.ready, following.ready]);
    const room = newRoom();
    const leader = leadRoom(leading, room);
    const follower = followRoom(following, room);
    leading.store.getState().setSettings({ phase: 'mc', passes: 7 });
    leading.store.getState().setView({ convention: 'keep-paper', hidden: ['mode'] });
    leader.setStage({
      prompt: { question: 'Where?', options: ['here'], answer: null },
      highlight: { layer: 1, unit: 2, row: null, bin: null },
    });
    await expect.poll(() => follower.get().stage.prompt?.question).toBe('Where?');
    expect(follower.get().stage).toMatchObject({ prompt: { answer: null }, highlight: { layer: 1, unit: 2 } });
    await expect.poll(() => following.store.getState().settings).toMatchObject({ phase: 'mc', passes: 7 });
    expect(following.store.getState().view).toMatchObject({ convention: 'keep-paper', hidden: ['mode'] });
    expect(following.store.getState().run.changes).toEqual([]);
  });

  test('CL3 says when the leader closes, stands still, and takes up with the next', async () => {
    const [leading, following, next] = [openLab(), openLab(), openLab({ ...SMALL, seed: 5 })];
    await Promise.all([leading.ready, following.ready, next.ready]);
    const room = newRoom();
    const leader = leadRoom(leading, room);
    const follower = followRoom(following, room, '');
    await leading.play({ pace: 200 });
    await expect.poll(() => following.running).toBe(true);
    leader.dispose();
    await expect.poll(() => follower.get().phase).toBe('closed');
    await expect.poll(() => following.running).toBe(false);
    await next.advance(3);
    leadRoom(next, room);
    await agreed(follower);
    await expectSameBits(next, following);
  });

  test('CL3 a leader that falls silent is asked, then given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const sent: unknown[] = [];
      const channel = {
        postMessage: (message: unknown) => void sent.push(message),
        onmessage: null as ((event: MessageEvent) => void) | null,
        close: () => undefined,
      };
      const follower = follow(openLab(), { channel, room: 'r', stage: EMPTY_STAGE });
      cleanups.push(() => follower.dispose());
      channel.onmessage?.(new MessageEvent('message', { data: stateMessage() }));
      expect(follower.get().phase).toBe('following');
      vi.advanceTimersByTime(6000);
      expect(sent.at(-1)).toEqual({ type: 'hello', room: 'r' });
      expect(follower.get().phase).toBe('following');
      vi.advanceTimersByTime(6000);
      expect(follower.get().phase).toBe('lost');
    } finally {
      vi.useRealTimers();
    }
  });

  test('CL3 other rooms, other leaders and junk are passed over', async () => {
    const [leading, other, following] = [openLab(), openLab({ ...SMALL, seed: 8 }), openLab()];
    await Promise.all([leading.ready, other.ready, following.ready]);
    const name = newRoom();
    const follower = followRoom(following, name, 'mine');
    const stranger = openFollowChannel(name);
    cleanups.push(() => stranger.close());
    for (const junk of [null, 7, 'state', {}, { type: 'state', room: 'mine' }, { ...(stateMessage('mine') as object), start: { p: 2 } }])
      stranger.postMessage(junk);
    const elsewhere = lead(other, { channel: openFollowChannel(name), room: 'yours', stage: EMPTY_STAGE });
    cleanups.push(() => elsewhere.dispose());
    await other.advance(2);
    const leader = lead(leading, { channel: openFollowChannel(name), room: 'mine', stage: EMPTY_STAGE });
    cleanups.push(() => leader.dispose());
    await leading.advance(5);
    await agreed(follower);
    await expectSameBits(leading, following);
  });
});

function stateMessage(room = 'r'): unknown {
  return writeFollowState({
    type: 'state',
    room,
    leader: 'L',
    start: DEFAULT_SETTINGS,
    changes: [],
    step: 0,
    running: false,
    fingerprint: null,
    convention: 'drop',
    showGradients: false,
    hidden: [],
    stage: EMPTY_STAGE,
  });
}

test('CL3 a message survives the channel, and is refused when its settings or changes are none', () => {
  expect(readFollowMessage(structuredClone(stateMessage()))).toMatchObject({ start: DEFAULT_SETTINGS, step: 0 });
  const raw = stateMessage() as Record<string, unknown>;
  expect(readFollowMessage({ ...raw, step: -1 })).toBeNull();
  expect(readFollowMessage({ ...raw, passes: 0 })).toBeNull();
  expect(readFollowMessage({ ...raw, changes: [{ step: 3, patch: { seed: 1 } }] })).toBeNull();
  expect(readFollowMessage({ ...raw, extra: 1 })).toBeNull();
});
