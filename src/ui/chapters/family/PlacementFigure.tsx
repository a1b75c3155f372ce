/** Dropout before the activation or after it, with the same mask: the difference, unit by unit. */
import './family.css';
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { ACTIVATIONS, type Activation } from '../../../protocol/settings';
import { defaultParams } from '../../../protocol/studyParams';
import type { PlacementResult } from '../../../protocol/studyResults';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { bothWays } from '../../words/convention';
import { fixed } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { ProbabilityKnob } from '../shell/Knob';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';
import { MAX_P } from './Numbers';

const FIRST = defaultParams('placement');
const CHOICES = ACTIVATIONS.map((value) => ({ value, label: value }));
const HEIGHT = 240;
const TOP = 12;
const BOTTOM = 24;
const LEFT = 34;

function Units({ result, width }: { readonly result: PlacementResult; readonly width: number }) {
  const { z, mask, before, after } = result;
  const [low = -1, high = 1] = extent(z);
  const [bottom = 0, top = 1] = extent([...before, ...after]);
  const x = scaleLinear([low, high], [LEFT + 8, width - 8]);
  const y = scaleLinear([Math.min(0, bottom), Math.max(0.1, top)], [HEIGHT - BOTTOM, TOP]).nice(4);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line className="chart-grid" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {fixed(tick, 1)}
          </text>
        </g>
      ))}
      {x.ticks(6).map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 6} textAnchor="middle">
          {tick === 0 ? 'z = 0' : fixed(tick, 0)}
        </text>
      ))}
      {[...z].map((value, unit) => {
        const [a, b] = [y(before[unit] ?? 0), y(after[unit] ?? 0)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: units have no identity but their place
          <g key={unit} className={mask[unit] ? 'place-kept' : 'place-dropped'}>
            <line x1={x(value)} x2={x(value)} y1={a} y2={b} />
            <circle className="place-before" cx={x(value)} cy={a} r={4} />
            <path className="place-after" d={`M${x(value) - 4} ${b - 4}l8 8m0 -8l-8 8`} />
          </g>
        );
      })}
    </svg>
  );
}

/** The largest difference for one activation, so that all stand side by side. */
function Difference({ activation, p }: { readonly activation: Activation; readonly p: number }) {
  const { result } = useStudy('placement', { activation, p });
  if (result === null) return null;
  return (
    <span className="place-difference">
      {activation} <b className={result.maxDifference === 0 ? 'is-exact' : 'is-apart'}>{fixed(result.maxDifference, 3)}</b>
    </span>
  );
}

function unitsTable(result: PlacementResult | null): NumberTable {
  return {
    caption: 'The same mask before and after the activation',
    headers: ['unit', 'z', 'mask', 'f(drop(z))', 'drop(f(z))', 'difference'],
    rows: [...(result?.z ?? [])].map((z, unit) => {
      const [before, after] = [result?.before[unit] ?? 0, result?.after[unit] ?? 0];
      return [String(unit + 1), fixed(z), String(result?.mask[unit]), fixed(before, 3), fixed(after, 3), fixed(before - after, 3)];
    }),
  };
}

function why(activation: Activation, result: PlacementResult): string {
  const { keptDifference: kept, droppedDifference: dropped } = result;
  if (activation === 'relu') return 'ReLU of c · z is c · ReLU(z) for any positive c, and ReLU(0) is 0: the order does not matter.';
  if (activation === 'linear') return 'Without an activation there is no order to speak of.';
  const parts = [
    `Kept units differ by up to ${fixed(kept, 3)}, because the scale goes through the bend.`,
    dropped > 0 ? `Dropped units differ by ${fixed(dropped, 3)}: f(0) is not 0.` : 'Dropped units agree: f(0) is 0.',
  ];
  return parts.join(' ');
}

export default function PlacementFigure() {
  const { convention } = useHost();
  const [activation, setActivation] = useState<Activation>(FIRST.activation);
  const [p, setP] = useState(FIRST.p);
  const view = useStudy('placement', { activation, p });
  const { result } = view;
  const largest = result ? fixed(result.maxDifference, 3) : '';
  return (
    <FigureBox
      title="Before the activation, or after it"
      study={view}
      summary={result ? `${activation} at ${bothWays(convention, p)}: the largest difference is ${largest}.` : 'No units yet.'}
      table={unitsTable(result)}
      controls={
        <>
          <SegmentedRadio legend="activation" choices={CHOICES} value={activation} onChange={setActivation} />
          <ProbabilityKnob p={p} max={MAX_P} onChange={setP} />
        </>
      }
      caption={
        <>
          Each unit at its z. Disc: dropped, then activated. Cross: activated, then dropped. The line between them is the difference.{' '}
          {result && why(activation, result)}
        </>
      }
    >
      <Gate view={view} what="running the units">
        {(shown) => (
          <>
            <p className="family-verdict">
              max difference:
              {ACTIVATIONS.map((name) => (
                <Difference key={name} activation={name} p={p} />
              ))}
            </p>
            <Measured maxWidth={820}>{(width) => <Units result={shown} width={width} />}</Measured>
          </>
        )}
      </Gate>
    </FigureBox>
  );
}
