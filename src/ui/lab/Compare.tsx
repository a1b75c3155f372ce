/**
 * Two labs side by side on the same data, initial weights and random numbers, one setting different. Loaded on demand.
 * The bars above steer A; B inherits all of it but the difference.
 */
import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { LabPair } from '../../bridge';
import { Button } from '../controls/Button';
import { useLabState, useNotify, useSettings, useSetView } from '../hooks/labContext';
import { difference, standing } from '../words/compare';
import { readNumbers } from '../words/numbers';
import { CompareControl } from './CompareControl';
import { LabProvider } from './LabProvider';
import { LayerFigures } from './LayerFigures';
import { ProblemPanel } from './ProblemPanel';
import { Results } from './Results';
import { usePair } from './usePair';

interface CompareProps {
  /** Hands the pair to the transport; null when it ends. */
  readonly onPair: (pair: LabPair | null) => void;
}

export default function Compare({ onPair }: CompareProps) {
  const notify = useNotify();
  const pair = usePair(onPair);
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
