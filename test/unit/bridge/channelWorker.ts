/** A worker for tests in Node: the real session on the real core, behind a real MessageChannel instead of a thread. */
import type { WorkerLike } from '../../../src/bridge';
import type { Command } from '../../../src/protocol/messages';
import { Session } from '../../../src/worker/session';
import { NODE } from '../worker/sessionClient';

/** Starts a session and returns the page's end of its channel. */
export function channelWorker(): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  const session = new Session(
    {
      post: (report, transfer) => port2.postMessage(report, transfer),
      listen: (onMessage) => {
        port2.onmessage = (event) => onMessage(event.data as Command);
      },
    },
    NODE,
  );
  const worker: WorkerLike = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    terminate: () => {
      session.close();
      port1.close();
    },
  };
  port1.onmessage = (event) => worker.onmessage?.(event);
  return worker;
}

/** A worker that never says a word, as when its script is blocked. */
export function silentWorker(): WorkerLike {
  return { onmessage: null, onmessageerror: null, onerror: null, postMessage: () => undefined, terminate: () => undefined };
}
