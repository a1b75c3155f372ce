import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/protocol/embed';

const request = (patch: object) => ({ dropoutLab: 1, id: 7, member: 'step', ...patch });

describe('EM7 a message to a frame', () => {
  test.each<[object, readonly unknown[]]>([
    [{}, []],
    [{ member: 'advance' }, []],
    [{ member: 'advance', args: [-1] }, [-1]],
    [{ member: 'configure', args: [{ p: 7 }], more: 1 }, [{ p: 7 }]],
    [{ member: 'predict', args: [new Float32Array(2), { passes: 3 }] }, [new Float32Array(2), { passes: 3 }]],
  ])('%o is a request, whose ranges are the affair of the handle', (patch, args) => {
    const message = request(patch);
    expect(readRequest(message)).toEqual({ kind: 'request', request: { id: 7, member: message.member, args } });
  });

  test.each<[object, string]>([
    [{ args: [1] }, 'args of step must hold nothing, got [1]'],
    [{ member: 'advance', args: ['3'] }, 'args of advance must hold a number of steps, or nothing, got ["3"]'],
    [{ member: 'seek' }, 'args of seek must hold a step, got []'],
    [{ member: 'configure', args: [null] }, 'args of configure must hold an object of settings, got [null]'],
    [
      { member: 'predict', args: [[0, 0]] },
      'args of predict must hold a Float32Array, and if you like an object of phase and passes, got [[0, 0]]',
    ],
    [
      { member: 'addEventListener', args: ['click'] },
      'args of addEventListener must hold one of frame, settingschange, error, got ["click"]',
    ],
    [{ dropoutLab: 2 }, 'dropoutLab must be 1, the version that this frame speaks, got 2'],
  ])('%o is refused in words', (patch, message) => {
    expect(readRequest(request(patch))).toEqual({ kind: 'bad', id: 7, message });
  });

  test.each(['__proto__', 'constructor', 'toString', 'eval', '', undefined])('%s is no member', (member) => {
    expect(readRequest(request({ member }))).toMatchObject({
      kind: 'bad',
      message: expect.stringMatching(/^member must be one of version, /),
    });
  });

  test.each([null, undefined, 7, 'x', [], {}, request({ dropoutLab: '1' }), request({ id: null }), request({ id: Number.NaN })])(
    '%o is junk',
    (data) => {
      expect(readRequest(data)).toEqual({ kind: 'junk' });
    },
  );
});
