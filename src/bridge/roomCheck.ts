/** Asks whether a room is led already: a tab that was duplicated remembers what the first one leads, and two that lead pull apart. */
import { type FollowMessage, readFollowMessage } from '../protocol/follow';
import type { FollowChannel } from './follow';

/** A leader answers at once, even in a hidden tab. */
const ANSWER_MS = 400;

/** Returns whether another window leads the room, and closes the channel. */
export function isLed(channel: FollowChannel, room: string): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (is: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(is);
    };
    const timer = setTimeout(() => answer(false), ANSWER_MS);
    channel.onmessage = ({ data }) => {
      const message = readFollowMessage(data);
      if (message?.type === 'state' && message.room === room) answer(true);
    };
    channel.postMessage({ type: 'hello', room } satisfies FollowMessage);
  });
}
