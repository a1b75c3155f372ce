/**
 * Curves over steps as SVG: each named with its newest value at the right, so that no legend is needed. Colours are tokens and every
 * curve has its own dash, for nothing is told by colour alone.
 */
import { max, min } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { compact, grouped } from '../../words/format';

export interface ChartCurve {
  readonly name: string;
  readonly values: readonly number[];
  /** A token: 'var(--train)'. */
  readonly colour: string;
  readonly dash?: string;
  readonly width?: number;
  /** Colour of its name, where its own would be too faint for letters. */
  readonly labelColour?: string;
}

interface LineChartProps {
  /** Where each value stands; the same length as every curve's values. */
  readonly steps: readonly number[];
  /** Right end of the axis, when more is to come. */
  readonly lastStep: number;
  readonly curves: readonly ChartCurve[];
  readonly width?: number;
  readonly height?: number;
  readonly isLog?: boolean;
  /** Text over the vertical axis. */
  readonly title?: string;
  readonly format?: (value: number) => string;
}

const LEFT = 44;
const TOP = 18;
const BOTTOM = 22;
const LABEL_GAP = 14;
const CHARACTER = 6.4;

/** Moves labels apart that would lie on each other, from the top down. */
function spreadLabels(places: readonly number[], lowest: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] as number) - (places[b] as number));
  const spread = [...places];
  let last = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    last = Math.max(last + LABEL_GAP, spread[index] as number);
    spread[index] = last;
  }
  const excess = Math.max(0, last - lowest);
  return spread.map((y) => y - excess);
}

function newest(values: readonly number[]): number {
  return values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
}

/** The vertical scale: from 0 for losses, in powers of ten for differences. */
function valueScale(all: readonly number[], isLog: boolean, height: number) {
  const range = [height - BOTTOM, TOP];
  if (!isLog) return scaleLinear([0, max(all) ?? 1], range).nice(4);
  const positive = all.filter((value) => value > 0);
  return scaleLog([min(positive) ?? 1e-16, max(positive) ?? 1], range).nice();
}

export function LineChart(props: LineChartProps) {
  const { steps, lastStep, curves, width = 640, height = 240, isLog = false, title = '', format = compact } = props;
  const labels = curves.map(({ name, values }) => `${name} ${format(newest(values))}`);
  const right = width - Math.max(60, ...labels.map((label) => label.length * CHARACTER + 10));
  const x = scaleLinear([0, Math.max(1, lastStep)], [LEFT, right]);
  const y = valueScale(
    curves.flatMap(({ values }) => values.filter(Number.isFinite)),
    isLog,
    height,
  );
  const draw = line<number>()
    .defined((value) => Number.isFinite(value) && (!isLog || value > 0))
    .x((_, index) => x(steps[index] ?? 0))
    .y((value) => y(value));
  const labelYs = spreadLabels(
    curves.map(({ values }) => {
      const place = y(newest(values));
      return Number.isFinite(place) ? place : height - BOTTOM;
    }),
    height - BOTTOM,
  );
  const ticks = isLog ? y.ticks(4).filter((tick) => Number.isInteger(Math.log10(tick))) : y.ticks(4);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {title !== '' && (
        <text x={0} y={9}>
          {title}
        </text>
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="chart-grid" x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {isLog ? tick.toExponential(0).replace('-', '−') : tick}
          </text>
        </g>
      ))}
      <line className="chart-axis" x1={LEFT} x2={right} y1={height - BOTTOM} y2={height - BOTTOM} />
      <text x={LEFT} y={height - 6}>
        step 0
      </text>
      <text x={right} y={height - 6} textAnchor="end">
        {grouped(lastStep)}
      </text>
      {curves.map(({ name, values, colour, labelColour = colour, dash, width: strokeWidth }, index) => (
        <g key={name}>
          <path
            className="chart-line"
            d={draw(values as number[]) ?? ''}
            stroke={colour}
            strokeDasharray={dash}
            style={strokeWidth === undefined ? undefined : { strokeWidth }}
          />
          <text className="chart-end" x={right + 8} y={(labelYs[index] ?? 0) + 4} style={{ fill: labelColour, fontWeight: 600 }}>
            {labels[index]}
          </text>
        </g>
      ))}
    </svg>
  );
}
