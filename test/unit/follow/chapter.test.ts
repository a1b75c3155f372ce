/** A chapter travels beside the state: late followers hear of it, the next leader's lab takes its place, and what is malformed is passed over. */
import { afterEach, describe, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import { follow, lead, openFollowChannel } from '../../../src/bridge/follow';
import { EMPTY_STAGE, type FollowChapter, readFollowMessage } from '../../../src/protocol/follow';
import { channelWorker } from '../bridge/channelWorker';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function openLab(): Lab {
  const lab = createLab({ connect: channelWorker, settings: { hidden: [4], trainSize: 20, testSize: 10, batchSize: 5, p: 0.3, seed: 0 } });
  cleanups.push(() => lab.dispose());
  return lab;
}
const ends = (room: string) => ({ channel: openFollowChannel(room), room, stage: EMPTY_STAGE });

const CHAPTER: FollowChapter = {
  id: 'one-tensor',
  life: 'a',
  page: 1,
  answers: { 'one-tensor': 'b' },
  values: { '0 range p 1': '0.3' },
  acts: [
    { name: '0 range p 1', value: '0.3' },
    { name: '0 button Run 1', value: null },
  ],
};

describe('CL3 a chapter', () => {
  test('CL3 is told to those who come late, goes with its leader, and is not the next one’s', async () => {
    const room = 'chapter1';
    const leader = lead(openLab(), ends(room));
    leader.setChapter(CHAPTER);
    const follower = follow(openLab(), ends(room));
    cleanups.push(() => follower.dispose());
    await expect.poll(() => follower.get().chapter).toEqual(CHAPTER);
    leader.setChapter({ ...CHAPTER, page: 0 });
    await expect.poll(() => follower.get().chapter?.page).toBe(0);
    leader.dispose();
    await expect.poll(() => follower.get().phase).toBe('closed');
    expect(follower.get().chapter?.id).toBe('one-tensor');
    const next = lead(openLab(), ends(room));
    cleanups.push(() => next.dispose());
    await expect.poll(() => [follower.get().phase, follower.get().chapter]).toEqual(['following', null]);
  });

  test('CL3 is passed over where it is malformed', () => {
    const message = { type: 'chapter', room: 'r', leader: 'l', chapter: CHAPTER };
    expect(readFollowMessage(message)).toEqual(message);
    expect(readFollowMessage({ ...message, chapter: null })).toMatchObject({ chapter: null });
    for (const broken of [{ page: -1 }, { page: 0.5 }, { id: 7 }, { values: { a: 1 } }, { acts: [{ name: 'a' }] }, { more: 1 }]) {
      expect(readFollowMessage({ ...message, chapter: { ...CHAPTER, ...broken } })).toBeNull();
    }
  });
});
