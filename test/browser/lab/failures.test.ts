/** Workers that really fail, in a real browser: what reaches the page is an error in words, never silence. */
import { afterEach, describe, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

/** A lab whose first worker runs `script`, and whose next is the real one. */
function openWith(script: string): Lab {
  const urls = [URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))];
  const real = new URL('../../../src/worker/worker.ts', import.meta.url);
  const lab = createLab({ settings: { p: 0.3, hidden: [4] }, connect: () => new Worker(urls.shift() ?? real, { type: 'module' }) });
  labs.push(lab);
  return lab;
}

describe('SC8 PR4 a worker that fails', () => {
  test('while it starts: all is refused with its words, and restart keeps the settings', async () => {
    const lab = openWith('throw new Error("no luck")');
    const asked = lab.advance(1);
    await expect(lab.ready).rejects.toThrow(/The training worker has stopped.*no luck.*Restart/);
    await expect(asked).rejects.toMatchObject({ name: 'LabError', code: 'worker-lost' });
    expect(lab.store.getState().run).toMatchObject({ phase: 'failed', error: { code: 'worker-lost', fatal: true } });
    await lab.restart();
    expect(await lab.advance(2)).toBe(2);
    expect((await lab.snapshot()).settings).toMatchObject({ p: 0.3, hidden: [4] });
  });

  test('without a word: it is asked, given up, and all who wait are told', async () => {
    let worker: Worker | null = null;
    const connect = () => {
      worker = new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), { type: 'module' });
      return worker;
    };
    const lab = createLab({ settings: { p: 0.3, hidden: [4] }, connect, heartbeatMs: 50 });
    labs.push(lab);
    await lab.play();
    (worker as Worker | null)?.terminate();
    await expect(lab.snapshot()).rejects.toThrow('The training worker no longer answers. Restart starts a new one with the same settings.');
    expect(lab.store.getState().run).toMatchObject({ phase: 'failed', error: { code: 'worker-lost', fatal: true } });
    await lab.restart();
    expect(await lab.advance(2)).toBe(2);
  });

  test('that is of another version', async () => {
    const lab = openWith('postMessage({ type: "ready", protocol: -1 })');
    await expect(lab.ready).rejects.toThrow('Page and worker are of different versions. Reload the page.');
  });

  test('whose script is not there', async () => {
    const lab = createLab({ connect: () => new Worker(new URL('/no/such/worker.js', location.href), { type: 'module' }) });
    labs.push(lab);
    await expect(lab.ready).rejects.toThrow('its script may be blocked or missing');
  });

  test('in the middle of its work, and the picture stays', async () => {
    const workers: Worker[] = [];
    const connect = () => {
      const worker = new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), { type: 'module' });
      workers.push(worker);
      return worker;
    };
    const lab = createLab({ connect, settings: { hidden: [4] } });
    labs.push(lab);
    await lab.advance(3);
    const asked = lab.advance(1_000_000_000);
    workers[0]?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
    await expect(asked).rejects.toThrow('out of memory');
    expect(lab.frames.latest).not.toBeNull();
    await lab.restart();
    expect(lab.step).toBe(0);
  });
});
