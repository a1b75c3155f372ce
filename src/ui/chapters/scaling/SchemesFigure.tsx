/** Four ways to scale, on the same weights and the same masks: train and eval means of every layer, and what has become of their ratio. */
import './scaling.css';
import { useState } from 'react';
import type { Scheme } from '../../../protocol/studyParams';
import { SCHEMES, STUDIES } from '../../../protocol/studyParams';
import type { SchemeLayer, SchemesResult } from '../../../protocol/studyResults';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { fixed, trimmed } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { StudyStatus } from '../shell/StudyStatus';
import { type StudyView, useStudy } from '../shell/useStudy';

export const SCHEME_NAMES: Readonly<Record<Scheme, string>> = {
  unscaled: 'Unscaled',
  standard: 'Standard',
  inverted: 'Inverted',
  both: 'Both at once',
};

const MAX_LAYERS = 8;
const MAX_P = 0.9;
const DEEP = 4;
const SHALLOW = 2;
/** Means this close agree: what is left is the error of a few masks. */
const AGREEMENT = 0.03;
const HEIGHT = 136;
const FOOT = 20;
/** What "layer 1" takes. */
const LABEL_ROOM = 44;

const WEIGHTS = [
  {
    value: 'positive',
    label: 'averaging',
    title: 'Each unit takes a weighted mean of the layer below, so that only dropout moves the mean.',
  },
  { value: 'normal', label: 'random', title: 'He’s random weights: the means move by themselves, too.' },
] as const;

export interface SchemesState {
  readonly p: number;
  readonly numLayers: number;
  readonly weights: 'positive' | 'normal';
  readonly study: StudyView<'schemes'>;
  setP(p: number): void;
  setNumLayers(numLayers: number): void;
  setWeights(weights: 'positive' | 'normal'): void;
}

/** `isDeep`: starts with the layers that the question asks about, else with fewer. */
export function useSchemes(isDeep: boolean): SchemesState {
  const [p, setP] = useState<number>(STUDIES.schemes.params.p.default);
  const [chosenLayers, setNumLayers] = useState<number | null>(null);
  const [weights, setWeights] = useState<'positive' | 'normal'>('positive');
  const numLayers = chosenLayers ?? (isDeep ? DEEP : SHALLOW);
  const study = useStudy('schemes', { p, numLayers, weights });
  return { p, numLayers, weights, study, setP, setNumLayers, setWeights };
}

/** Writes what a scheme does: "train h·m ÷ 0.8, eval h". */
function recipe(scheme: Scheme, p: number): readonly [string, string] {
  const q = trimmed(1 - p, 1, 2);
  const isDivided = scheme === 'inverted' || scheme === 'both';
  const isMultiplied = scheme === 'standard' || scheme === 'both';
  return [isDivided ? `h·m/${q}` : 'h·m', isMultiplied ? `h·${q}` : 'h'];
}

function schemesTable({ schemes }: SchemesResult): NumberTable {
  return {
    caption: 'Mean output of each layer',
    headers: ['layer', 'scheme', 'train', 'eval', 'eval ÷ train', 'expected'],
    rows: SCHEMES.flatMap((scheme) =>
      schemes[scheme].map((layer, index) => [
        String(index + 1),
        SCHEME_NAMES[scheme],
        fixed(layer.trainMean, 3),
        fixed(layer.evalMean, 3),
        fixed(layer.ratio, 3),
        fixed(layer.expectedRatio, 3),
      ]),
    ),
  };
}

interface BarsProps {
  readonly layers: readonly SchemeLayer[];
  readonly top: number;
  readonly width: number;
}

function Bars({ layers, top, width }: BarsProps) {
  const step = width / layers.length;
  const barWidth = Math.min(15, step / 3.2);
  const height = (mean: number) => Math.max(0, (mean / top) * (HEIGHT - FOOT - 4));
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {layers.map(({ trainMean, evalMean }, index) => {
        const middle = (index + 0.5) * step;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no identity but their place
          <g key={index}>
            <rect
              className="bar-train"
              x={middle - barWidth - 1.5}
              width={barWidth}
              y={HEIGHT - FOOT - height(trainMean)}
              height={height(trainMean)}
            />
            <rect
              className="bar-eval"
              x={middle + 2.25}
              width={barWidth - 1.5}
              y={HEIGHT - FOOT - height(evalMean) + 0.75}
              height={Math.max(0, height(evalMean) - 0.75)}
            />
            <text x={middle} y={HEIGHT - 5} textAnchor="middle">
              {step < LABEL_ROOM ? index + 1 : `layer ${index + 1}`}
            </text>
          </g>
        );
      })}
      <line className="chart-axis" x1={0} x2={width} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
    </svg>
  );
}

interface PanelProps {
  readonly scheme: Scheme;
  readonly p: number;
  readonly layers: readonly SchemeLayer[];
  readonly top: number;
}

function Panel({ scheme, p, layers, top }: PanelProps) {
  const ratio = layers.at(-1)?.ratio ?? Number.NaN;
  const isAgreed = Math.abs(ratio - 1) < AGREEMENT;
  const [train, evaluation] = recipe(scheme, p);
  return (
    <li className="scheme">
      <h4 className="scheme-title">{SCHEME_NAMES[scheme]}</h4>
      <p className="scheme-recipe">
        train {train} <br />
        eval {evaluation}
      </p>
      <Measured>{(width) => <Bars layers={layers} top={top} width={width} />}</Measured>
      <p className={`scheme-ratio ${isAgreed ? 'say-agree' : 'say-differ'}`}>
        eval / train = {fixed(ratio)}
        {'\u00a0'}×<span className="visually-hidden">, {isAgreed ? 'they agree' : 'they differ'}</span>
      </p>
      <p className="scheme-layers">{layers.map((layer) => fixed(layer.ratio)).join(' · ')}</p>
    </li>
  );
}

export function SchemesView({ state }: { readonly state: SchemesState }) {
  const { p, numLayers, weights, study } = state;
  const { result } = study;
  const hasStopped = study.state === 'failed' || study.state === 'cancelled';
  const waiting = hasStopped ? 'There are no means yet.' : 'The means are being computed.';
  const all = result ? SCHEMES.flatMap((scheme) => result.schemes[scheme]) : [];
  const top = Math.max(1e-9, ...all.flatMap(({ trainMean, evalMean }) => [trainMean, evalMean]).filter(Number.isFinite));
  const last = (scheme: Scheme) => fixed(result?.schemes[scheme].at(-1)?.ratio ?? Number.NaN);
  return (
    <FigureBox
      title="The same weights, the same masks, four ways to scale"
      study={study}
      summary={
        result
          ? `Eval over train in the last of ${numLayers} layers: ${SCHEMES.map((scheme) => `${SCHEME_NAMES[scheme]} ${last(scheme)}`).join(', ')}.`
          : waiting
      }
      table={result ? schemesTable(result) : { caption: 'No numbers yet', headers: [], rows: [] }}
      controls={
        <>
          <ProbabilityKnob p={p} max={MAX_P} onChange={state.setP} />
          <Knob label="layers" value={numLayers} min={1} max={MAX_LAYERS} step={1} format={String} onChange={state.setNumLayers} />
          <span className="labelled-choice">
            <span className="small-label">weights</span>
            <SegmentedRadio legend="weights" choices={WEIGHTS} value={weights} onChange={state.setWeights} />
          </span>
        </>
      }
      caption={
        <>
          Mean output of each layer in <b className="say-train">train</b> (masks on, filled) and <b className="say-eval">eval</b> (whole
          network, outlined). Under each: eval ÷ train, layer by layer.
        </>
      }
    >
      {result ? (
        <ul className={`schemes ${study.isStale ? 'is-stale' : ''}`}>
          {SCHEMES.map((scheme) => (
            <Panel key={scheme} scheme={scheme} p={p} layers={result.schemes[scheme]} top={top} />
          ))}
        </ul>
      ) : (
        !hasStopped && <p className="chapter-wait schemes-wait">{waiting}</p>
      )}
      {hasStopped && <StudyStatus view={study} what="Four schemes" />}
    </FigureBox>
  );
}

export default function SchemesFigure() {
  return <SchemesView state={useSchemes(true)} />;
}
