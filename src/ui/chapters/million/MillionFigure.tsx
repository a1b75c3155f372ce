/** The published experiment, run here: growing means with their errors, and the published ones beside them. */
import './million.css';
import { defaultParams } from '../../../protocol/studyParams';
import type { MillionWeightsResult } from '../../../protocol/studyResults';
import { Button } from '../../controls/Button';
import { SeedField } from '../../controls/SeedField';
import { bothWays } from '../../words/convention';
import { fixed, grouped } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { Knob } from '../shell/Knob';
import { StudyStatus } from '../shell/StudyStatus';
import { Funnel } from './Funnel';
import { millionTable, signed, TRIAL_SIZES, WEIGHT_SIZES, withError } from './million';
import { type MillionState, useMillion } from './useMillion';

/** Size of the published run. */
const { numWeights: PUBLISHED_WEIGHTS, trials: PUBLISHED_TRIALS } = defaultParams('millionWeights');

interface SizeKnobProps {
  readonly label: string;
  readonly sizes: readonly number[];
  readonly value: number;
  readonly onChange: (size: number) => void;
}

/** A slider over sizes that grow by factors. */
function SizeKnob({ label, sizes, value, onChange }: SizeKnobProps) {
  return (
    <Knob
      label={label}
      value={sizes.indexOf(value)}
      min={0}
      max={sizes.length - 1}
      step={1}
      format={(index) => grouped(sizes[index] ?? 0)}
      onChange={(index) => onChange(sizes[index] ?? value)}
    />
  );
}

function Controls({ state }: { readonly state: MillionState }) {
  return (
    <>
      <SizeKnob label="weights" sizes={WEIGHT_SIZES} value={state.numWeights} onChange={state.setNumWeights} />
      <SizeKnob label="trials" sizes={TRIAL_SIZES} value={state.trials} onChange={state.setTrials} />
      <span className="million-seed">
        <span className="small-label">seed</span> <SeedField label="seed of the weights" value={state.seed} onChange={state.setSeed} />
      </span>
    </>
  );
}

function Sums({ result }: { readonly result: MillionWeightsResult }) {
  const { convention } = useHost();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="million-scroll" aria-label="Sums here and as published" tabIndex={0}>
      <table className="million-sums">
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={4}>
              here, {grouped(result.trials)} trials
            </th>
            <th scope="colgroup" colSpan={3}>
              published, {grouped(PUBLISHED_TRIALS)} trials
            </th>
          </tr>
          <tr>
            <th scope="col">probability</th>
            <th scope="col">keep × Σw</th>
            <th scope="col">mean of the sums</th>
            <th scope="col">off by</th>
            <th scope="col">mean ÷ keep</th>
            <th scope="col">mean</th>
            <th scope="col">off by</th>
            <th scope="col">mean ÷ keep</th>
          </tr>
        </thead>
        <tbody>
          {result.columns.map(({ p, expected, mean, error, z, scaledMean, scaledError, published }) => (
            <tr key={p}>
              <th scope="row">{bothWays(convention, p)}</th>
              <td>{fixed(expected)}</td>
              <td className="million-here">{withError(mean, error)}</td>
              <td>{offBy(z, p)}</td>
              <td className="million-here">{withError(scaledMean, scaledError)}</td>
              <td>{published && fixed(published.mean)}</td>
              <td>{published && offBy(published.z, p)}</td>
              <td>{published && fixed(published.scaledMean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function offBy(z: number, p: number): string {
  return p === 0 ? 'nothing dropped' : `${signed(z)} SE`;
}

export function MillionView({ state }: { readonly state: MillionState }) {
  const { convention } = useHost();
  const { view, numWeights, trials } = state;
  const { result, isStale } = view;
  const dropped = result?.columns.filter(({ p }) => p > 0) ?? [];
  const what = `${grouped(trials)} trials on ${grouped(numWeights)} weights`;
  const isPublishedSize = result?.numWeights === PUBLISHED_WEIGHTS;
  const worst = Math.max(0, ...dropped.map(({ z }) => Math.abs(z)));
  return (
    <FigureBox
      title="Sums of normal weights under dropout, inputs of one"
      study={view}
      className="has-one-knob"
      summary={
        result
          ? `${grouped(result.trials)} of ${what}: every mean within ${fixed(worst)} standard errors of keep times the whole sum.`
          : what
      }
      table={millionTable(result)}
      controls={
        <>
          <Controls state={state} />
          <div className="million-run">
            <StudyStatus view={view} what={what} startLabel={`Run ${what}`} />
            {!state.isFull && (
              <Button kind="main" onClick={state.runFull}>
                Run it at full size, as published
              </Button>
            )}
          </div>
        </>
      }
      caption={
        <>
          Up and down: how far the mean of the sums so far lies from keep × Σw. The funnel is one and two standard errors (SE) wide, √(keep
          (1 − keep) Σw² ÷ trials): of three <b className="mark-train">blue</b> lines two end within one, of twenty nineteen within two. The
          published means stand beside them. All four probabilities share their draws, so their lines sway together.
        </>
      }
    >
      <div className={isStale && result !== null ? 'is-stale' : ''}>
        {result && (
          <div className="funnels">
            {dropped.map((column) => (
              <div key={column.p}>
                <h4 className="funnel-title">{bothWays(convention, column.p)}</h4>
                <Measured maxWidth={460}>
                  {(width) => (
                    <Funnel
                      column={column}
                      trials={result.trials}
                      totalTrials={result.totalTrials}
                      isPublishedSize={isPublishedSize}
                      width={width}
                    />
                  )}
                </Measured>
              </div>
            ))}
          </div>
        )}
        {result && <Sums result={result} />}
      </div>
    </FigureBox>
  );
}

export default function MillionFigure() {
  return <MillionView state={useMillion()} />;
}
