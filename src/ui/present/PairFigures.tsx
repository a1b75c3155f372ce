/**
 * Two labs side by side on a projector, or the one that there is. Both stand behind gates, so that both freeze at once; what is left out of
 * one is left out of the other.
 */
import './pair.css';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Lab, LabPair } from '../../bridge';
import { datasetShape } from '../../protocol/network';
import type { LabState } from '../../store/labStore';
import { useLab, useLabState, useNotify, usePointing } from '../hooks/labContext';
import type { Pointing } from '../hooks/pointing';
import { CompareControl } from '../lab/CompareControl';
import { LabProvider } from '../lab/LabProvider';
import { ProblemPanel } from '../lab/ProblemPanel';
import { sideWords } from '../words/compare';
import { fixed, grouped, percent } from '../words/format';
import { type Numbers, readNumbers } from '../words/numbers';
import { Layers, RowOfResults, StageFigures } from './StageFigures';
import { useGate } from './useGate';

interface StageOfProps {
  readonly pair: LabPair | null;
  readonly isFrozen: boolean;
  /** The difference can be changed here: not where another window leads. */
  readonly canChoose: boolean;
}

export function StageOf({ pair, ...props }: StageOfProps) {
  return pair === null ? <StageFigures /> : <PairFigures pair={pair} {...props} />;
}

interface PairFiguresProps extends StageOfProps {
  readonly pair: LabPair;
}

function PairFigures({ pair, isFrozen, canChoose }: PairFiguresProps) {
  const a = useLab();
  const notify = useNotify();
  const pointing = usePointing();
  const b = useGate(pair.b, isFrozen);
  const hidden = useLabState((state) => state.view.hidden);
  const canCompare = canChoose && !hidden.includes('compare');
  const shape = useLabState(shapeOf);
  const isSameShape = useStore(b.store, shapeOf) === shape;
  useSameView(pair.b);
  return (
    <main className="present-figures present-pair" id="figures" tabIndex={-1}>
      <Side letter="A" own={a} other={b}>
        <SideFigures />
      </Side>
      <Side letter="B" own={b} other={a} control={canCompare && <CompareControl pair={pair} />}>
        <LabProvider lab={b} notify={notify}>
          {isSameShape && <SamePointing pointing={pointing} />}
          <SideFigures />
        </LabProvider>
      </Side>
    </main>
  );
}

/** Names the layers and their units. */
function shapeOf({ settings }: LabState): string {
  return `${settings.dataset}: ${settings.hidden.join()}`;
}

/** What is pointed at in one of two labs of the same shape is pointed at in both. It stands in B; shows nothing. */
function SamePointing({ pointing: a }: { readonly pointing: Pointing }) {
  const b = usePointing();
  useEffect(() => {
    const copy = (from: Pointing, to: Pointing) => {
      const { hover, focus } = from.get();
      to.hover(hover);
      to.focus(focus);
    };
    copy(a, b);
    const cleanups = [a.subscribe(() => copy(a, b)), b.subscribe(() => copy(b, a))];
    return () => {
      for (const cleanup of cleanups) cleanup();
    };
  }, [a, b]);
  return null;
}

/** Lets B be looked at as A is. */
function useSameView(b: Lab): void {
  const convention = useLabState((state) => state.view.convention);
  const showGradients = useLabState((state) => state.view.showGradients);
  const hidden = useLabState((state) => state.view.hidden);
  useEffect(() => b.store.getState().setView({ convention, showGradients, hidden }), [b, convention, showGradients, hidden]);
}

interface SideProps {
  readonly letter: 'A' | 'B';
  readonly own: Lab;
  readonly other: Lab;
  /** Changes what the side has, in the place of the words that say it. */
  readonly control?: ReactNode;
  readonly children: ReactNode;
}

function Side({ letter, own, other, control, children }: SideProps) {
  const convention = useLabState((state) => state.view.convention);
  const [settings, others] = [useStore(own.store, (state) => state.settings), useStore(other.store, (state) => state.settings)];
  const [frame, beside] = [
    useSyncExternalStore(own.readout.subscribe, own.readout.get),
    useSyncExternalStore(other.readout.subscribe, other.readout.get),
  ];
  const isRunning = useStore(own.store, ({ run }) => run.phase === 'running');
  const words = sideWords(convention, settings, others) || 'the same so far';
  const numbers = frame && readNumbers(frame);
  const isLate = !isRunning && numbers !== null && beside !== null && numbers.header.step < readNumbers(beside).header.step;
  return (
    <section className="present-side" aria-label={`Lab ${letter}: ${words}`}>
      <header className="side-head">
        <span className="compare-letter">{letter}</span>
        {control || <p className="side-words">{words}</p>}
        {numbers && (
          <p className="side-numbers">
            {isLate ? `at step ${grouped(numbers.header.step)}` : numbersText(numbers, datasetShape(settings.dataset).loss !== 'squared')}
          </p>
        )}
      </header>
      {children}
    </section>
  );
}

/** Says how a side stands: "test loss 0.31, and below it 88 % right". */
function numbersText({ header }: Numbers, hasAccuracy: boolean): string {
  const loss = `test loss ${fixed(header.testLoss)}`;
  return hasAccuracy ? `${loss}\n${percent(header.testAccuracy)} right` : loss;
}

function SideFigures() {
  const hidden = useLabState((state) => state.view.hidden);
  const error = useLabState((state) => state.run.error);
  if (error?.fatal) return <ProblemPanel failure={error} />;
  return (
    <>
      <Layers hidden={hidden} isPaired />
      <RowOfResults hidden={hidden} />
    </>
  );
}
