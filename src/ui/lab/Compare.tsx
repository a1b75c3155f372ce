/**
 * Two labs side by side on the same data, initial weights and random numbers, one setting different. Loaded on demand.
 * The bars above steer A; B inherits all of it but the difference. Opening it neither starts A nor moves it: B comes to where A is.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createPair, type LabPair } from '../../bridge';
import type { Settings } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { useAsk, useLab, useLabState, useNotify, useSettings, useSetView } from '../hooks/labContext';
import { difference, standing } from '../words/compare';
import { readNumbers } from '../words/numbers';
import { CompareControl } from './CompareControl';
import { LabProvider } from './LabProvider';
import { LayerFigures } from './LayerFigures';
import { ProblemPanel } from './ProblemPanel';
import { Results } from './Results';

interface CompareProps {
  /** Hands the pair to the transport; null when it ends. */
  readonly onPair: (pair: LabPair | null) => void;
}

/** What B does differently at first: no dropout, or with none in A, inverted dropout. */
function firstDifference(settings: Settings): Partial<Settings> {
  return { mode: settings.mode === 'none' ? 'inverted' : 'none' };
}

export default function Compare({ onPair }: CompareProps) {
  const lab = useLab();
  const notify = useNotify();
  const ask = useAsk();
  const [pair, setPair] = useState<LabPair | null>(null);
  useEffect(() => {
    const { settings, view } = lab.store.getState();
    const created = createPair(lab, view.compare && Object.keys(view.compare).length > 0 ? view.compare : firstDifference(settings));
    let isCurrent = true;
    queueMicrotask(() => {
      if (!isCurrent) return;
      setPair(created);
      onPair(created);
    });
    return () => {
      isCurrent = false;
      onPair(null);
      created.dispose();
    };
  }, [lab, onPair]);
  const compare = useLabState((state) => state.view.compare);
  useEffect(() => {
    // Back and forward change what differs from outside.
    if (!pair || !compare || Object.keys(compare).length === 0) return;
    if (JSON.stringify(compare) !== JSON.stringify(pair.difference)) ask(() => pair.setDifference(compare));
  }, [pair, compare, ask]);
  if (!pair) return null;
  return (
    <>
      <CompareHead pair={pair} />
      <div className="compare">
        <section className="compare-side" aria-label="Lab A">
          <Side />
        </section>
        <section className="compare-side" aria-label="Lab B">
          <LabProvider lab={pair.b} notify={notify}>
            <Side />
          </LabProvider>
        </section>
      </div>
    </>
  );
}

function Side() {
  const error = useLabState((state) => state.run.error);
  return (
    <>
      {error && <ProblemPanel failure={error} />}
      {!error?.fatal && (
        <>
          <LayerFigures density="compact" />
          <Results canPlacePoints={false} />
        </>
      )}
    </>
  );
}

function CompareHead({ pair }: { readonly pair: LabPair }) {
  const settings = useSettings();
  const settingsB = useStore(pair.b.store, (state) => state.settings);
  const convention = useLabState((state) => state.view.convention);
  const setView = useSetView();
  const a = useSyncExternalStore(pair.a.readout.subscribe, pair.a.readout.get);
  const b = useSyncExternalStore(pair.b.readout.subscribe, pair.b.readout.get);
  return (
    <div className="compare-head">
      <div className="compare-title">
        <span className="compare-letter">A</span>
        <p>The bars above steer A. B repeats its run from step 0, but for one thing.</p>
      </div>
      <div className="compare-title">
        <span className="compare-letter">B</span>
        <CompareControl pair={pair} />
        <Button kind="quiet" onClick={() => setView({ compare: null })}>
          End the comparison
        </Button>
      </div>
      <p className="compare-words">
        {difference(convention, settings, settingsB)} {a && b ? standing(readNumbers(a), readNumbers(b)) : ''}
      </p>
    </div>
  );
}
