/** The script of a lab's worker: gives a session its wire, its clock and its core. Nothing else, so that all else runs in any test. */
import { compileCore } from '../kernels/core';
import type { Command } from '../protocol/messages';
import { openRun } from './openRun';
import { Session } from './session';

// The core is on its way before the first command is; what fails here fails again, and is told, when it is asked for.
compileCore().catch(() => undefined);

/** A message to oneself comes after the commands that are already waiting, and without the delay that timers have. */
const doorbell = new MessageChannel();
const waiting: (() => void)[] = [];
doorbell.port1.onmessage = () => waiting.shift()?.();

new Session(
  {
    post: (report, transfer) => self.postMessage(report, { transfer }),
    listen: (onMessage) => {
      self.onmessage = (event: MessageEvent<Command>) => onMessage(event.data);
    },
  },
  {
    now: () => performance.now(),
    soon: (task) => {
      waiting.push(task);
      doorbell.port2.postMessage(null);
    },
    later: (task, delayMs) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    openRun,
  },
);
