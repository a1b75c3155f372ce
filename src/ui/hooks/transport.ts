/**
 * What the buttons of the header do. One lab answers them, or two in lockstep: controls do not know which.
 */
import { createContext, useContext } from 'react';
import type { Lab, LabPair } from '../../bridge';
import { REDUCED_MOTION } from './useMedia';

interface Transport {
  toggle(): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  advance(count: number): Promise<void>;
  advanceEpoch(): Promise<void>;
  back(): Promise<void>;
  reset(): Promise<void>;
  seek(step: number): Promise<void>;
}

/** Steps of one pass over the training set: `ceil(examples ÷ batch)`. */
export function stepsPerEpoch(numExamples: number, batchSize: number): number {
  return Math.max(1, Math.ceil(numExamples / batchSize));
}

function examplesOf(lab: Lab): number {
  const { settings } = lab.store.getState();
  return lab.data.get()?.trainTargets.length ?? settings.trainSize + settings.points.length;
}

/** Creates the transport of a lab, or of a pair. Seeks overtake each other: while one is under way, only the newest waits. */
export function createTransport(target: Lab | LabPair): Transport {
  const lab = 'a' in target ? target.a : target;
  let wanted: number | null = null;
  let isSeeking = false;
  const seek = async (step: number) => {
    wanted = step;
    if (isSeeking) return;
    isSeeking = true;
    try {
      while (wanted !== null) {
        const next: number = wanted;
        wanted = null;
        await target.seek(next);
      }
    } finally {
      isSeeking = false;
    }
  };
  return {
    toggle: () => (lab.running ? target.pause() : target.play()),
    play: () => target.play(),
    pause: () => target.pause(),
    advance: async (count) => {
      await target.advance(count);
    },
    advanceEpoch: async () => {
      const perEpoch = stepsPerEpoch(examplesOf(lab), lab.store.getState().settings.batchSize);
      await target.advance(perEpoch - (lab.step % perEpoch));
    },
    back: async () => {
      await target.pause();
      if (lab.step > 0) await seek(lab.step - 1);
    },
    reset: () => target.reset(),
    seek,
  };
}

/** Whether the page may start to move by itself. */
function autoplayAllowed(): boolean {
  return !matchMedia(REDUCED_MOTION).matches;
}

/** Starts a lab that has just become ready: plays, or under reduced motion shows one still step. */
export async function autoplay(lab: Lab): Promise<void> {
  await lab.ready;
  if (autoplayAllowed()) await lab.play();
  else await lab.advance(1);
}

export const TransportContext = createContext<Transport | null>(null);

export function useTransport(): Transport {
  const transport = useContext(TransportContext);
  if (!transport) throw new Error('transport controls must stand inside a TransportContext');
  return transport;
}
