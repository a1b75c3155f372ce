/**
 * The lab that stands beside the page's while something is compared. Opening it neither starts A nor moves it: B comes to where A is.
 */
import { useEffect, useState } from 'react';
import { createPair, type Lab, type LabPair } from '../../bridge';
import type { Settings } from '../../protocol/settings';
import { useAsk, useLab, useLabState, useNotify } from '../hooks/labContext';

/** What B does differently at first: no dropout, or with none in A, inverted dropout. */
function firstDifference(settings: Settings): Partial<Settings> {
  return { mode: settings.mode === 'none' ? 'inverted' : 'none' };
}

function startPair(lab: Lab, onGivenUp: (reason: Error) => void): LabPair {
  const { settings, view } = lab.store.getState();
  const difference = view.compare && Object.keys(view.compare).length > 0 ? view.compare : firstDifference(settings);
  return createPair(lab, difference, { onGivenUp });
}

/** Returns the pair while `view.compare` asks for one, else null. `onPair` hands it to the transport, and null when it ends. */
export function usePair(onPair: (pair: LabPair | null) => void): LabPair | null {
  const lab = useLab();
  const ask = useAsk();
  const notify = useNotify();
  const compare = useLabState((state) => state.view.compare);
  const isWanted = compare !== null;
  const [pair, setPair] = useState<LabPair | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    // What differed goes no longer with the settings of A: two of the same are no comparison, and no address says so.
    const end = (reason: unknown) => {
      notify(reason instanceof Error ? `The comparison has ended: in B, ${reason.message}.` : String(reason));
      lab.store.getState().setView({ compare: null });
    };
    let created: LabPair;
    try {
      created = startPair(lab, end);
    } catch (error) {
      end(error);
      return;
    }
    let isCurrent = true;
    queueMicrotask(() => {
      if (!isCurrent) return;
      // What differs at first follows from A as it is now: said once, it is the same in an address that is opened later.
      lab.store.getState().setView({ compare: created.difference });
      setPair(created);
      onPair(created);
    });
    return () => {
      isCurrent = false;
      setPair(null);
      onPair(null);
      created.dispose();
    };
  }, [lab, isWanted, onPair, notify]);
  useEffect(() => {
    // Back and forward change what differs from outside.
    if (!pair || !compare || Object.keys(compare).length === 0) return;
    if (JSON.stringify(compare) !== JSON.stringify(pair.difference)) ask(() => pair.setDifference(compare));
  }, [pair, compare, ask]);
  return pair;
}
