/** A lab that stands still: real store and frame bus, and in the worker's place one story frame that never changes. */
import { createLab, type Lab, type WorkerLike } from '../../../../src/bridge';
import { readHeader, writeHeader } from '../../../../src/protocol/frame';
import { type Command, PROTOCOL_VERSION, type Report } from '../../../../src/protocol/messages';
import type { Settings } from '../../../../src/protocol/settings';
import type { ViewState } from '../../../../src/store/labStore';
import { storyLab } from '../../storyFrame';

export interface StillOptions {
  readonly settings?: Partial<Settings>;
  readonly view?: Partial<ViewState>;
  /** What the worker says instead of a frame. */
  readonly failure?: { readonly code: string; readonly fatal: boolean; readonly message: string };
}

function connectStill({ settings: patch, failure }: StillOptions): WorkerLike {
  const { frame, data } = storyLab(patch ?? {});
  const worker: WorkerLike = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    terminate: () => undefined,
    postMessage: (message) => {
      const command = message as Command;
      if (command.type !== 'init') return;
      const step = readHeader(frame, 'step');
      writeHeader(frame, 'revision', command.revision);
      const reports: Report[] = failure?.fatal
        ? []
        : [
            { type: 'ready', protocol: PROTOCOL_VERSION },
            { type: 'data', revision: command.revision, data },
            { type: 'status', ticket: 0, running: false, step, lastStep: step, stepsPerSecond: 0 },
            { type: 'frame', revision: command.revision, frameId: 1, buffer: frame.buffer.slice(0) },
          ];
      if (failure) reports.push({ type: 'error', requestId: null, ...failure } as Report);
      for (const report of reports) queueMicrotask(() => worker.onmessage?.(new MessageEvent('message', { data: report })));
    },
  };
  return worker;
}

/** Makes a still lab and waits until its frame is painted (or its failure told). */
export async function stillLab(options: StillOptions = {}): Promise<Lab> {
  const lab = createLab({ settings: options.settings ?? {}, view: options.view ?? {}, connect: () => connectStill(options) });
  await lab.ready.catch(() => undefined);
  await Promise.all([...document.fonts].map((font) => font.load()));
  return lab;
}
