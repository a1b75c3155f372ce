import { expect, test } from 'vitest';
import { type Command, type Report, transferList } from '../../../src/protocol/messages';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';

test('PR1 buffers are moved, everything else is copied', () => {
  const buffers = [new ArrayBuffer(8), new ArrayBuffer(8)] as const;
  const [buffer] = buffers;
  const moving: [Command | Report, ArrayBuffer[]][] = [
    [{ type: 'init', protocol: 1, revision: 1, settings: DEFAULT_SETTINGS, buffers: [...buffers] }, [...buffers]],
    [{ type: 'configure', revision: 2, settings: DEFAULT_SETTINGS, restart: true, buffers: [...buffers] }, [...buffers]],
    [{ type: 'release', buffer }, [buffer]],
    [{ type: 'frame', revision: 1, frameId: 1, buffer }, [buffer]],
    [{ type: 'run', ticket: 1, pace: Number.POSITIVE_INFINITY, limit: 3 }, []],
    [{ type: 'request', requestId: 1, query: { type: 'predict', inputs: new Float32Array(2), options: {} } }, []],
    [{ type: 'error', requestId: null, fatal: true, code: 'internal', message: '' }, []],
  ];
  for (const [message, expected] of moving) expect(transferList(message)).toEqual(expected);
});
