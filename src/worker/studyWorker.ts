/** The script of a study worker: wraps its global scope as an endpoint and serves studies there. Nothing else. */
import type { StudyCommand } from '../protocol/study';
import { serveStudies } from './studySession';

/** A message to oneself comes after the commands that are already waiting, and without the delay that timers have. */
const doorbell = new MessageChannel();
let rung: (() => void) | null = null;
doorbell.port1.onmessage = () => {
  const callback = rung;
  rung = null;
  callback?.();
};

serveStudies(
  {
    post: (report, transfer) => self.postMessage(report, { transfer }),
    listen: (onMessage) => {
      self.onmessage = (event: MessageEvent<StudyCommand>) => onMessage(event.data);
    },
  },
  {
    now: () => performance.now(),
    defer: (callback) => {
      rung = callback;
      doorbell.port2.postMessage(null);
    },
  },
);
