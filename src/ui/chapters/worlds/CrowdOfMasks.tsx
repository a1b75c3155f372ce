/** The same sum shared among n units: the distribution over all 2ⁿ masks, which draws together as n grows. */
import './worlds.css';
import { useMemo, useState } from 'react';
import { fixed, grouped } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { Knob } from '../shell/Knob';
import { NUM_WORLDS, useWorlds, type WorldsState } from './useWorlds';
import { type Distribution, manyWorlds, NUM_BINS, UNIT_COUNTS } from './worlds';

const HEIGHT = 112;
const BOTTOM = 20;
const TOP = 22;

function binTable({ bins, low, high }: Distribution, n: number): NumberTable {
  const width = (high - low) / NUM_BINS;
  return {
    caption: `Distribution of z over the masks of ${n} units`,
    headers: ['z about', 'probability'],
    rows: [...bins].flatMap((chance, index) => (chance > 5e-5 ? [[fixed(low + (index + 0.5) * width, 3), fixed(chance, 4)]] : [])),
  };
}

interface BarsProps {
  readonly distribution: Distribution;
  readonly width: number;
  /** Marks the mean and one standard deviation about it. */
  readonly isMarked: boolean;
}

function Bars({ distribution, width, isMarked }: BarsProps) {
  const { bins, low, high, mean, variance } = distribution;
  const x = (value: number) => ((value - low) / (high - low)) * width;
  const top = Math.max(...bins);
  const sd = Math.sqrt(variance);
  const barWidth = width / NUM_BINS;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {isMarked && (
        <rect
          className="crowd-band"
          x={x(mean - sd)}
          width={Math.max(0, x(mean + sd) - x(mean - sd))}
          y={TOP}
          height={HEIGHT - TOP - BOTTOM}
        />
      )}
      {[...bins].map((chance, index) => {
        const height = (chance / top) * (HEIGHT - TOP - BOTTOM);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have no identity but their place
            key={index}
            className="crowd-bar"
            x={index * barWidth + 0.5}
            y={HEIGHT - BOTTOM - height}
            width={Math.max(1, barWidth - 1)}
            height={height}
          />
        );
      })}
      <line className="chart-axis" x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {isMarked && (
        <>
          <line className="crowd-mean" x1={x(mean)} x2={x(mean)} y1={TOP - 4} y2={HEIGHT - BOTTOM} />
          <text x={x(mean)} y={11} textAnchor="middle">
            E[z] = {fixed(mean)} ± {fixed(sd)}
          </text>
        </>
      )}
      <text x={0} y={HEIGHT - 5}>
        {fixed(low)}
      </text>
      <text x={width} y={HEIGHT - 5} textAnchor="end">
        {fixed(high)}
      </text>
    </svg>
  );
}

export function CrowdOfMasksView({ state }: { readonly state: WorldsState }) {
  const [place, setPlace] = useState(3);
  const n = UNIT_COUNTS[place] ?? UNIT_COUNTS[0];
  const distribution = useMemo(() => manyWorlds(state.units, n), [state.units, n]);
  const count = n <= 16 ? grouped(2 ** n) : `2^${n}`;
  const isMarked = state.numTerms === NUM_WORLDS; // the mean is not told here before it is added up above
  const how = distribution.isEnumerated ? 'every one visited' : 'kept units counted by the binomial';
  return (
    <FigureBox
      className="has-one-knob"
      title="The same sum, shared among n units"
      summary={`${n} units have ${count} masks, ${how}: ${isMarked ? `mean ${fixed(distribution.mean, 3)}, ` : ''}standard deviation ${fixed(Math.sqrt(distribution.variance), 3)}.`}
      table={binTable(distribution, n)}
      controls={
        <Knob
          label="units n"
          value={place}
          min={0}
          max={UNIT_COUNTS.length - 1}
          step={1}
          format={(index) => String(UNIT_COUNTS[index])}
          detail={`${count} masks, ${how}`}
          onChange={setPlace}
        />
      }
    >
      <Measured>{(width) => <Bars distribution={distribution} width={width} isMarked={isMarked} />}</Measured>
    </FigureBox>
  );
}

export default function CrowdOfMasks() {
  return <CrowdOfMasksView state={useWorlds()} />;
}
