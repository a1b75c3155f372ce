import { afterEach, describe, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import { readHeader } from '../../../src/protocol/frame';
import { createGate } from '../../../src/ui/present/gate';

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

async function openLab(): Promise<Lab> {
  const lab = createLab({ settings: { hidden: [6, 5], p: 0.3, seed: 3 } });
  labs.push(lab);
  await lab.ready;
  return lab;
}

describe('CL2 a frozen picture', () => {
  test('CL2 stands while the run goes on under other settings and another shape, and goes on where the run is', async () => {
    const lab = await openLab();
    await lab.advance(5);
    const gate = createGate(lab);
    const painted: { step: number; sizes: string }[] = [];
    gate.lab.frames.subscribe('mask', (frame) => painted.push({ step: readHeader(frame, 'step'), sizes: frame.shape.sizes.join() }));
    let heard = 0;
    gate.lab.store.subscribe((state) => {
      if (state.settings !== undefined) heard += 1;
    });
    gate.setFrozen(true);
    heard = 0;
    await lab.configure({ hidden: [9], p: 0.7 });
    await lab.advance(8);
    expect(new Set(painted.map(({ step, sizes }) => `${step}: ${sizes}`))).toEqual(new Set(['5: 2,6,5,1']));
    expect(gate.lab.store.getState().settings).toMatchObject({ hidden: [6, 5], p: 0.3 });
    expect(gate.lab.store.getState().run.step).toBe(5);
    expect(heard).toBe(0);
    const readout = gate.lab.readout.get();
    expect(readout && readHeader(readout, 'step')).toBe(5);
    expect(lab.store.getState().settings.p).toBe(0.7);
    gate.setFrozen(false);
    await expect.poll(() => painted.at(-1)).toEqual({ step: 8, sizes: '2,9,1' });
    expect(heard).toBe(1);
    expect(gate.lab.store.getState().settings.p).toBe(0.7);
  });

  test('CL2 what is hidden and the convention stay live, and the same state is the same object', async () => {
    const lab = await openLab();
    const gate = createGate(lab);
    gate.setFrozen(true);
    const before = gate.lab.store.getState();
    await lab.advance(2);
    expect(gate.lab.store.getState()).toBe(before);
    lab.store.getState().setView({ convention: 'keep_prob' });
    expect(gate.lab.store.getState().view.convention).toBe('keep_prob');
    expect(gate.lab.store.getState().run.step).toBe(0);
  });
});
