/** The charts of a worksheet: axes to sketch on, and the same axes with what the run drew. SVG, and told apart by dashes: paper is black and white. */
import type { ReactNode } from 'react';
import type { Snapshot } from '../../protocol/snapshot';
import { grouped, trimmed } from '../words/format';
import { curveWords, maskedMeans } from './questions';

const WIDTH = 560;
const HEIGHT = 190;
const BOX = { x: 52, y: 26, width: WIDTH - 68, height: HEIGHT - 62 };
const BOTTOM = BOX.y + BOX.height;

/** Returns round numbers, evenly spaced, from at or below `low` to at or above `high`. Range: `low < high`; else 0 and 1. */
export function roundTicks(low: number, high: number, most = 6): readonly number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [0, 1];
  const raw = (high - low) / (most - 1);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((times) => times * unit >= raw * 0.999) ?? 10) * unit;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(6)));
}

interface LegendEntry {
  readonly words: string;
  readonly className: string;
  readonly isBar?: boolean;
}

interface AxesProps {
  readonly label: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [low: number, high: number];
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly legend: readonly LegendEntry[];
  readonly children?: ReactNode;
}

function Axes({ label, xLabel, yLabel, xRange, xTicks, yTicks, legend, children }: AxesProps) {
  const [low, high] = xRange;
  const yTop = yTicks.at(-1) ?? 1;
  return (
    <svg className="sheet-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {legend.map(({ words, className, isBar = false }, index) => (
        <g key={words} className="sheet-key">
          <path className={className} d={`M${BOX.x + 150 * index} 10h26${isBar ? 'v7h-26z' : ''}`} />
          <text x={BOX.x + 32 + 150 * index} y={14}>
            {words}
          </text>
        </g>
      ))}
      <path className="sheet-axis" d={`M${BOX.x} ${BOX.y}V${BOTTOM}H${BOX.x + BOX.width}`} />
      {yTicks.map((tick) => {
        const y = BOTTOM - (tick / yTop) * BOX.height;
        return (
          <g key={tick}>
            <path className="sheet-grid" d={`M${BOX.x} ${y}h${BOX.width}`} />
            <text x={BOX.x - 6} y={y + 4} textAnchor="end">
              {trimmed(tick, 0)}
            </text>
          </g>
        );
      })}
      {xTicks
        .filter((tick) => tick >= low && tick <= high)
        .map((tick) => {
          const x = BOX.x + ((tick - low) / (high - low)) * BOX.width;
          return (
            <g key={tick}>
              <path className="sheet-axis" d={`M${x} ${BOTTOM}v4`} />
              <text x={x} y={BOTTOM + 17} textAnchor="middle">
                {tick >= 1000 ? grouped(tick) : trimmed(tick, 0)}
              </text>
            </g>
          );
        })}
      <text x={BOX.x + BOX.width / 2} y={HEIGHT - 3} textAnchor="middle">
        {xLabel}
      </text>
      <text x={10} y={BOX.y + BOX.height / 2} textAnchor="middle" transform={`rotate(-90 10 ${BOX.y + BOX.height / 2})`}>
        {yLabel}
      </text>
      {children}
    </svg>
  );
}

const CURVE_CLASSES = ['sheet-curve sheet-train', 'sheet-curve sheet-eval', 'sheet-curve sheet-test'] as const;

interface LossChartProps {
  readonly snapshot: Pick<Snapshot, 'settings' | 'curves' | 'step'>;
  readonly isBlank: boolean;
}

export function LossChart({ snapshot, isBlank }: LossChartProps) {
  const { curves, step } = snapshot;
  const series = [maskedMeans(curves), curves.map(({ trainEval }) => trainEval), curves.map(({ test }) => test)];
  const yTicks = roundTicks(0, Math.max(...series.flat().filter(Number.isFinite), 0), 4);
  const yTop = yTicks.at(-1) ?? 1;
  const end = Math.max(step, 1);
  const path = (values: readonly number[]) =>
    curves
      .flatMap((point, index) => {
        const value = values[index] ?? Number.NaN;
        const x = BOX.x + (point.step / end) * BOX.width;
        return Number.isFinite(value) ? [`${x.toFixed(1)} ${(BOTTOM - (value / yTop) * BOX.height).toFixed(1)}`] : [];
      })
      .map((at, index) => `${index === 0 ? 'M' : 'L'}${at}`)
      .join('');
  const words = curveWords(snapshot);
  return (
    <Axes
      label={isBlank ? 'Blank axes: loss over steps' : 'The losses of this run'}
      xLabel="step"
      yLabel="loss"
      xRange={[0, end]}
      xTicks={roundTicks(0, end).filter(Number.isInteger)}
      yTicks={yTicks}
      legend={CURVE_CLASSES.map((className, index) => ({ className, words: words[index] ?? '' }))}
    >
      {!isBlank &&
        CURVE_CLASSES.map((className, index) => <path key={className} className={`${className} is-drawn`} d={path(series[index] ?? [])} />)}
    </Axes>
  );
}

export interface HistogramData {
  readonly low: number;
  readonly high: number;
  /** Shares of the batch in each bin. */
  readonly train: readonly number[];
  readonly eval: readonly number[];
}

interface HistogramChartProps {
  readonly data: HistogramData;
  readonly isBlank: boolean;
}

/** One bin so much taller than the rest, as the zeros are, is cut off, and its height written. */
const TOWERS = 2.5;

export function HistogramChart({ data, isBlank }: HistogramChartProps) {
  const { low, high, train } = data;
  const heights = train.map((share, bin) => Math.max(share, data.eval[bin] ?? 0));
  const sorted = heights.toSorted((a, b) => b - a);
  const [tallest = 0, second = 0] = sorted;
  const isCut = second > 0 && tallest > TOWERS * second;
  const yTicks = roundTicks(0, isCut ? second * 1.3 : tallest, 4);
  const yTop = yTicks.at(-1) ?? 1;
  const width = BOX.width / Math.max(train.length, 1);
  const y = (share: number) => BOTTOM - Math.min(share / yTop, 1) * BOX.height;
  const bars = train.map((share, bin) => `M${BOX.x + bin * width} ${BOTTOM}V${y(share)}h${Math.max(width - 1, 1)}V${BOTTOM}z`).join('');
  const outline = data.eval.map((share, bin) => `${bin === 0 ? `M${BOX.x} ${y(share)}` : `V${y(share)}`}h${width}`).join('');
  const cut = heights.indexOf(tallest);
  const isRight = cut > heights.length / 2;
  return (
    <Axes
      label={isBlank ? 'Blank axes: share of outputs by their value' : 'The histograms of this run'}
      xLabel="output"
      yLabel="share"
      xRange={[low, high]}
      xTicks={roundTicks(low, high)}
      yTicks={yTicks}
      legend={[
        { words: 'train', className: 'sheet-bar', isBar: true },
        { words: 'eval', className: 'sheet-curve sheet-eval' },
      ]}
    >
      {!isBlank && (
        <>
          <path className="sheet-bar is-drawn" d={bars} />
          <path className="sheet-curve sheet-eval is-drawn" d={outline} />
        </>
      )}
      {isCut && (
        <text x={BOX.x + (cut + (isRight ? 0 : 1)) * width + (isRight ? -4 : 4)} y={BOX.y + 12} textAnchor={isRight ? 'end' : 'start'}>
          {isBlank
            ? 'one bar leaves at the top'
            : `cut off: train ${trimmed(train[cut] ?? 0, 2, 2)}, eval ${trimmed(data.eval[cut] ?? 0, 2, 2)}`}
        </text>
      )}
    </Axes>
  );
}
