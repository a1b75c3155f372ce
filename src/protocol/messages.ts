/** The whole wire vocabulary between page and worker. Commands go to the worker, reports come back; nothing else crosses. */

import type { Settings } from './settings';
import type { Change, Prediction, PredictOptions, Snapshot } from './snapshot';

/** Raised by one whenever a message changes shape, so that a page never talks to a stale worker from its cache. */
export const PROTOCOL_VERSION = 2;

/** The last step number there is: masks are keyed by it below the tags of other streams. */
export const MAX_STEP = 2 ** 31 - 1;

/** How fast a run may go: training steps per second; Infinity = as fast as the machine can. */
type Pace = number;

/** A question that the worker answers once, by `requestId`. All of them are answered between slices, never in the middle of a step. */
export type Query =
  | { type: 'advance'; count: number } // exactly `count` steps, as fast as possible; answers when the frame of the last is out
  | { type: 'seek'; step: number }
  | { type: 'reset' }
  /** Reset to these live settings, then on to `step` with these changes on the way; those beyond it wait for the run to come to them. */
  | { type: 'replay'; start: Settings; changes: readonly Change[]; step: number }
  | { type: 'rehearse'; step: number } // a frame of the pass of that step number under the present weights; trains nothing
  | { type: 'predict'; inputs: Float32Array; options: PredictOptions }
  | { type: 'fingerprint' } // of the snapshot, without the copy
  | { type: 'snapshot' };

export interface QueryResults {
  advance: { step: number };
  seek: { step: number };
  reset: { step: number };
  replay: { step: number };
  rehearse: { step: number };
  predict: Prediction;
  fingerprint: { step: number; fingerprint: string };
  snapshot: Snapshot;
}

export type Command =
  | { type: 'init'; protocol: number; revision: number; settings: Settings; buffers: ArrayBuffer[] }
  /** The whole new settings. `restart`: start over at step 0. `buffers`: credits of the new frame shape, when that changed; else empty. */
  | { type: 'configure'; revision: number; settings: Settings; restart: boolean; buffers: ArrayBuffer[] }
  /** Train until paused, at `pace` steps per second, never past `limit` (a step number; Infinity = no limit): there the run waits, still running, for a higher one. Sent again, it replaces the old values. */
  | { type: 'run'; ticket: number; pace: Pace; limit: number }
  /** Asks for a 'pong', at once also amid a long request: does the worker live? */
  | { type: 'ping' }
  /** Moves the limit of a run, and starts none. */
  | { type: 'limit'; limit: number }
  /** Stop. `ticket` counts runs and pauses; the status that answers one carries it. */
  | { type: 'pause'; ticket: number }
  | { type: 'release'; buffer: ArrayBuffer } // gives a credit back
  | { type: 'request'; requestId: number; query: Query };

/**
 * 'wasm-off': the browser has no WebAssembly; 'wasm-blocked': a policy forbids it; 'core-missing': its file did not come. 'worker-blocked': the
 * worker was never started, with 'worker-sandboxed' and 'worker-untrusted' for want of an origin or of a trusted types policy; 'worker-lost': it died.
 */
export type ErrorCode =
  | 'protocol'
  | 'no-simd'
  | 'wasm-off'
  | 'wasm-blocked'
  | 'core-missing'
  | 'worker-blocked'
  | 'worker-sandboxed'
  | 'worker-untrusted'
  | 'worker-lost'
  | 'non-finite'
  | 'bad-request'
  | 'internal';

/** The drawn data, sent once per restart. */
export interface DataReport {
  readonly numInputs: number;
  readonly trainInputs: Float32Array; // [size, numInputs]
  readonly trainTargets: Float32Array; // class or value [size]
  readonly trainFlipped: Uint8Array; // 1: the label is noise
  readonly testInputs: Float32Array;
  readonly testTargets: Float32Array;
}

export type Report =
  | { type: 'ready'; protocol: number }
  | { type: 'pong' }
  | { type: 'data'; revision: number; data: DataReport }
  /** `frameId` counts up by one. The settings in force at this step, when a seek or replay changed them, come in 'timeline'. */
  | { type: 'frame'; revision: number; frameId: number; buffer: ArrayBuffer }
  /** State of the run: on every change, and at most 4 times a second while running. `lastStep`: the furthest step reached since reset. `ticket`: the newest run or pause that was taken. */
  | { type: 'status'; ticket: number; running: boolean; step: number; lastStep: number; stepsPerSecond: number }
  /** The live changes of the run, after each of them, and the settings in force: after a seek these may differ, and the page adopts them. */
  | { type: 'timeline'; revision: number; settings: Settings; changes: { step: number; patch: Partial<Settings> }[] }
  | { type: 'response'; requestId: number; query: Query['type']; result: QueryResults[Query['type']] }
  | { type: 'error'; requestId: number | null; fatal: boolean; code: ErrorCode; message: string };

/** Names what of a message is moved rather than copied. The only place that knows. */
export function transferList(message: Command | Report): ArrayBuffer[] {
  switch (message.type) {
    case 'init':
    case 'configure':
      return message.buffers;
    case 'release':
    case 'frame':
      return [message.buffer];
    case 'run':
    case 'ping':
    case 'limit':
    case 'pause':
    case 'request':
    case 'ready':
    case 'pong':
    case 'data':
    case 'status':
    case 'timeline':
    case 'response':
    case 'error':
      return [];
    default:
      return message satisfies never;
  }
}
