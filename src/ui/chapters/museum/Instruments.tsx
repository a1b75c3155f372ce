/** The six instruments on one training. Each is drawn twice side by side, for the correct run and for the other. */
import type { ReactNode } from 'react';
import type { Betrayer } from '../../../protocol/bugs';
import type { TracedTraining } from '../../../protocol/studyResults';
import { fixed, grouped, percent } from '../../words/format';
import { FieldPlate } from '../charts/FieldPlate';
import { type ChartCurve, LineChart } from '../charts/LineChart';
import { MaskPlate } from '../charts/MaskPlate';
import { Measured } from '../charts/Measured';
import { LayerMeans, meansOf } from './LayerMeans';

/** Masks shown in a row, of the twelve that are recorded. */
const SHOWN_MASKS = 3;
/** Examples whose gradients are shown. */
const SHOWN_GRADIENT_ROWS = 12;
const WAFFLE = 10;

interface InstrumentProps {
  readonly instrument: Betrayer;
  readonly run: TracedTraining;
  readonly other: TracedTraining;
  readonly totalSteps: number;
}

/** Below this width the curves have short names. */
const NARROW_WIDTH = 300;

function curvesOf({ curves }: TracedTraining, width: number): readonly ChartCurve[] {
  const train = width < NARROW_WIDTH ? '' : 'train, ';
  return [
    { name: `${train}masked`, values: curves.trainMasked, colour: 'var(--train)' },
    { name: `${train}eval`, values: curves.trainEval, colour: 'var(--eval)', dash: '6 3' },
    { name: 'test', values: curves.test, colour: 'var(--ink)', dash: '2 3' },
  ];
}

function Curves({ run, totalSteps }: InstrumentProps) {
  if (run.nonFiniteStep !== null) {
    return <p className="museum-nan">NaN at step {grouped(run.nonFiniteStep)}. Training ends there, and every weight is NaN.</p>;
  }
  return (
    <Measured maxWidth={520}>
      {(width) => (
        <LineChart steps={run.curves.step} lastStep={totalSteps} curves={curvesOf(run, width)} width={width} height={156} title="loss" />
      )}
    </Measured>
  );
}

function Means({ run, other }: InstrumentProps) {
  return (
    <Measured maxWidth={420}>{(width) => <LayerMeans run={run} values={[...meansOf(run), ...meansOf(other)]} width={width} />}</Measured>
  );
}

/** Returns masks to lay side by side; masks of one row are stacked into one. */
export function plates({ masks, rows, units }: TracedTraining): readonly { readonly mask: Uint8Array; readonly rows: number }[] {
  if (rows > 1) return masks.slice(0, SHOWN_MASKS).map((mask) => ({ mask, rows }));
  if (masks.length === 0) return [];
  const stacked = new Uint8Array(masks.length * units);
  masks.forEach((mask, index) => {
    stacked.set(mask, index * units);
  });
  return [{ mask: stacked, rows: masks.length }];
}

function Masks({ run }: InstrumentProps) {
  const shown = plates(run);
  if (shown.length === 0) return <p className="museum-nan">No masks yet.</p>;
  return (
    <>
      <div className="museum-plates">
        {shown.map(({ mask, rows }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <MaskPlate key={index} mask={mask} rows={rows} columns={run.units} />
        ))}
      </div>
      <p className="museum-note">
        {run.rows === 1
          ? 'Layer 1, one example a step: a row is a step, twelve in a row.'
          : 'Layer 1, three steps in a row: examples down, units across.'}{' '}
        {run.rows > 1 && `${run.distinctRows} different rows of ${run.rows}. `}
        {percent(run.maskChange)} of the cells change from step to step.
      </p>
    </>
  );
}

function Gradients({ run }: InstrumentProps) {
  const rows = Math.min(run.gradientRows, SHOWN_GRADIENT_ROWS);
  const numCells = rows * run.gradientUnits;
  return (
    <>
      <MaskPlate
        className="museum-gradient"
        mask={run.gradientMask.subarray(0, numCells)}
        gradient={run.gradient.subarray(0, numCells)}
        rows={rows}
        columns={run.gradientUnits}
      />
      <p className="museum-note">
        Last hidden layer, first step. Square: the gradient is positive, disc: negative; hatched: dropped.{' '}
        {percent(run.droppedGradientShare)} of the dropped cells have one.
      </p>
    </>
  );
}

function Predictions({ run }: InstrumentProps) {
  return (
    <>
      <FieldPlate className="museum-field" values={run.surface} side={run.surfaceSide} />
      <p className="museum-note">
        What is predicted on the plane, right for {percent(run.testAccuracy)} of the test set.{' '}
        {run.flicker === 0
          ? 'Asked twice, it says the same.'
          : `Asked twice, its answers lie ${Number.isNaN(run.flicker) ? 'NaN' : fixed(run.flicker, 3)} apart on average.`}
      </p>
    </>
  );
}

function Weights({ run }: InstrumentProps) {
  const moved = Math.round((1 - run.stillShare) * WAFFLE * WAFFLE);
  return (
    <>
      <svg className="plate museum-waffle" viewBox={`0 0 ${WAFFLE * 10} ${WAFFLE * 10}`} aria-hidden="true">
        {Array.from({ length: WAFFLE * WAFFLE }, (_, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: squares have no identity but their place
            key={index}
            className={index < moved ? 'waffle-moved' : 'waffle-still'}
            x={(index % WAFFLE) * 10 + 1}
            y={Math.floor(index / WAFFLE) * 10 + 1}
            width={8}
            height={8}
          />
        ))}
      </svg>
      <p className="museum-note">
        Of a hundred weights {moved} have moved since the start and {WAFFLE * WAFFLE - moved} never have.
      </p>
    </>
  );
}

const VIEWS: Readonly<Record<Betrayer, (props: InstrumentProps) => ReactNode>> = {
  curves: Curves,
  layerMeans: Means,
  masks: Masks,
  gradients: Gradients,
  predictions: Predictions,
  weights: Weights,
};

export function Instrument(props: InstrumentProps) {
  const View = VIEWS[props.instrument];
  return <View {...props} />;
}
