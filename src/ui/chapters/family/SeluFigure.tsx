/** SELU layers one after another: mean and variance with no dropout, with alpha dropout, with plain dropout. */
import './family.css';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useState } from 'react';
import { defaultParams, STUDIES } from '../../../protocol/studyParams';
import type { AlphaDropoutResult } from '../../../protocol/studyResults';
import { bothWays } from '../../words/convention';
import { counted, fixed } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';

const FIRST = defaultParams('alphaDropout');
const HEIGHT = 190;
const TOP = 14;
const BOTTOM = 24;
const LEFT = 42;
const RIGHT = 128;
const MAX_P = 0.5;
const MAX_LAYERS = (STUDIES.alphaDropout.params.numLayers as { readonly max?: number }).max ?? FIRST.numLayers;
const LABEL_GAP = 15;

const KINDS = [
  { id: 'none', name: 'no dropout', className: 'selu-none' },
  { id: 'alpha', name: 'alpha dropout', className: 'selu-alpha' },
  { id: 'inverted', name: 'plain dropout', className: 'selu-plain' },
] as const;
type Moment = 'mean' | 'variance';

interface LayersProps {
  readonly result: AlphaDropoutResult;
  readonly moment: Moment;
  readonly width: number;
}

/** Returns label heights in the order of `ends`, apart by the height of a line. */
function spread(ends: readonly number[]): number[] {
  const order = ends.map((_, index) => index).sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
  const places = [...ends];
  let last = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    last = Math.max(last + LABEL_GAP, places[index] ?? 0);
    places[index] = last;
  }
  return places;
}

function Layers({ result, moment, width }: LayersProps) {
  const numLayers = result.none[moment].length;
  const values = KINDS.flatMap(({ id }) => [...result[id][moment]]);
  const right = width - RIGHT;
  const low = moment === 'mean' ? Math.min(-0.1, ...values) : 0;
  const high = moment === 'mean' ? Math.max(0.1, ...values) : Math.max(1.2, ...values);
  const x = scaleLinear([1, Math.max(2, numLayers)], [LEFT + 6, right]);
  const y = scaleLinear([low, high], [HEIGHT - BOTTOM, TOP]).nice(4);
  const draw = line<number>()
    .x((_, layer) => x(layer + 1))
    .y((value) => y(value));
  const labelYs = spread(KINDS.map(({ id }) => y(result[id][moment].at(-1) ?? 0)));
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line className="chart-grid" x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {fixed(tick, Math.abs(high - low) < 1 ? 2 : 1)}
          </text>
        </g>
      ))}
      {x.ticks(Math.min(numLayers, 8)).map((layer) => (
        <text key={layer} x={x(layer)} y={HEIGHT - 6} textAnchor="middle">
          {layer === 1 ? 'layer 1' : layer}
        </text>
      ))}
      {KINDS.map(({ id, name, className }, index) => (
        <g key={id} className={className}>
          <path className="chart-line" d={draw(result[id][moment] as number[]) ?? ''} />
          <text x={right + 8} y={(labelYs[index] ?? 0) + 4}>
            {name} {fixed(result[id][moment].at(-1) ?? Number.NaN)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function layersTable(result: AlphaDropoutResult | null): NumberTable {
  return {
    caption: 'Mean and variance of each layer’s output',
    headers: ['layer', ...KINDS.flatMap(({ name }) => [`mean, ${name}`, `variance, ${name}`])],
    rows: (result?.none.mean ?? []).map((_, layer) => [
      String(layer + 1),
      ...KINDS.flatMap(({ id }) => [
        fixed(result?.[id].mean[layer] ?? Number.NaN, 3),
        fixed(result?.[id].variance[layer] ?? Number.NaN, 3),
      ]),
    ]),
  };
}

export default function SeluFigure() {
  const { convention } = useHost();
  const [p, setP] = useState(FIRST.p);
  const [numLayers, setNumLayers] = useState(FIRST.numLayers);
  const view = useStudy('alphaDropout', { p, numLayers });
  const { result } = view;
  const last = (id: 'alpha' | 'inverted') => fixed(result?.[id].variance.at(-1) ?? Number.NaN);
  return (
    <FigureBox
      title="Layer after layer of SELU"
      study={view}
      summary={
        result
          ? `After ${counted(numLayers, 'layer')} the variance is ${last('alpha')} with alpha dropout and ${last('inverted')} with plain dropout.`
          : 'No layers yet.'
      }
      table={layersTable(result)}
      controls={
        <>
          <ProbabilityKnob p={p} max={MAX_P} onChange={setP} />
          <Knob label="layers" value={numLayers} min={1} max={MAX_LAYERS} step={1} format={String} onChange={setNumLayers} />
        </>
      }
      caption={
        result && (
          <>
            SELU keeps mean 0 and variance 1 by itself. Plain dropout at {bothWays(convention, p)} lets the variance climb to{' '}
            {last('inverted')}. Alpha dropout sets a dropped unit not to 0 but to SELU’s lowest value, then corrects by ×{' '}
            {fixed(result.scale, 3)} and + {fixed(result.shift, 3)}, so that it ends at {fixed(result.dropped, 3)}: mean and variance of the
            layer stay, {last('alpha')} after {counted(numLayers, 'layer')}. What it does not keep is each unit’s own mean.
          </>
        )
      }
    >
      <Gate view={view} what="running the layers">
        {(shown) => (
          <div className="family-pair">
            {(['mean', 'variance'] as const).map((moment) => (
              <div key={moment}>
                <h4 className="family-title">{moment} of the layer’s output</h4>
                <Measured maxWidth={500}>{(width) => <Layers result={shown} moment={moment} width={width} />}</Measured>
              </div>
            ))}
          </div>
        )}
      </Gate>
    </FigureBox>
  );
}
