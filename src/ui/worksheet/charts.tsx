/** The charts of a worksheet: axes to sketch on, and the same axes with what the run drew. SVG, so that paper is as sharp as it can be. */
import type { ReactNode } from 'react';
import type { CurvePoint } from '../../protocol/snapshot';
import { fixed, grouped } from '../words/format';

const WIDTH = 520;
const HEIGHT = 170;
const BOX = { x: 44, y: 10, width: WIDTH - 60, height: HEIGHT - 44 };

interface AxesProps {
  readonly label: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [low: number, high: number];
  readonly yTop: number;
  readonly isWhole: boolean;
  readonly children?: ReactNode;
}

function Axes({ label, xLabel, yLabel, xRange, yTop, isWhole, children }: AxesProps) {
  const [low, high] = xRange;
  const ticks = isWhole ? [low, high] : [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  const bottom = BOX.y + BOX.height;
  return (
    <svg className="sheet-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className="sheet-axis" d={`M${BOX.x} ${BOX.y}V${bottom}H${BOX.x + BOX.width}`} />
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path className="sheet-grid" d={`M${BOX.x} ${bottom - share * BOX.height}h${BOX.width}`} />
          <text x={BOX.x - 6} y={bottom - share * BOX.height + 4} textAnchor="end">
            {fixed(share * yTop)}
          </text>
        </g>
      ))}
      {ticks.map((tick) => {
        const x = BOX.x + ((tick - low) / (high - low)) * BOX.width;
        return (
          <g key={tick}>
            <path className="sheet-axis" d={`M${x} ${bottom}v4`} />
            <text x={x} y={bottom + 17} textAnchor="middle">
              {isWhole ? grouped(tick) : fixed(tick, 1)}
            </text>
          </g>
        );
      })}
      <text x={BOX.x + BOX.width / 2} y={HEIGHT - 2} textAnchor="middle">
        {xLabel}
      </text>
      <text x={12} y={BOX.y + BOX.height / 2} textAnchor="middle" transform={`rotate(-90 12 ${BOX.y + BOX.height / 2})`}>
        {yLabel}
      </text>
      {children}
    </svg>
  );
}

/** Rounds up to a number with one digit that counts, or a half between two. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return Number(((Math.ceil((value / unit) * 2) / 2) * unit).toPrecision(2));
}

const CURVES = [
  { name: 'trainMasked', className: 'sheet-train', words: 'train, masks' },
  { name: 'trainEval', className: 'sheet-eval', words: 'train, eval' },
  { name: 'test', className: 'sheet-test', words: 'test' },
] as const;

interface LossChartProps {
  readonly curves: readonly CurvePoint[];
  readonly step: number;
  readonly isBlank: boolean;
}

export function LossChart({ curves, step, isBlank }: LossChartProps) {
  const values = curves.flatMap((point) => CURVES.map(({ name }) => point[name])).filter(Number.isFinite);
  const yTop = roundUp(Math.max(...values, 0));
  const at = (point: CurvePoint, value: number) =>
    `${(BOX.x + (point.step / Math.max(step, 1)) * BOX.width).toFixed(1)} ${(BOX.y + BOX.height * (1 - Math.min(value / yTop, 1))).toFixed(1)}`;
  const path = (name: (typeof CURVES)[number]['name']) => {
    const points = curves.filter((point) => Number.isFinite(point[name]));
    return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point, point[name])}`).join('');
  };
  return (
    <Axes
      label={isBlank ? 'Blank axes: loss over steps' : 'The losses of this run'}
      xLabel="step"
      yLabel="loss"
      xRange={[0, Math.max(step, 1)]}
      yTop={yTop}
      isWhole
    >
      {!isBlank &&
        CURVES.map(({ name, className, words }, index) => (
          <g key={name}>
            <path className={`sheet-curve ${className}`} d={path(name)} />
            <path className={`sheet-curve ${className}`} d={`M${BOX.x + BOX.width - 108} ${BOX.y + 10 + 15 * index}h22`} />
            <text x={BOX.x + BOX.width - 80} y={BOX.y + 14 + 15 * index}>
              {words}
            </text>
          </g>
        ))}
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

export function HistogramChart({ data, isBlank }: HistogramChartProps) {
  const { low, high, train } = data;
  const yTop = roundUp(Math.max(...train, ...data.eval, 0));
  const width = BOX.width / Math.max(train.length, 1);
  const bottom = BOX.y + BOX.height;
  const y = (share: number) => bottom - (share / yTop) * BOX.height;
  const bars = train.map((share, bin) => `M${BOX.x + bin * width} ${bottom}V${y(share)}h${Math.max(width - 1, 1)}V${bottom}z`).join('');
  const outline = data.eval.map((share, bin) => `${bin === 0 ? `M${BOX.x} ${y(share)}` : `V${y(share)}`}h${width}`).join('');
  return (
    <Axes
      label={isBlank ? 'Blank axes: share of outputs by their value' : 'The histograms of this run'}
      xLabel="output"
      yLabel="share"
      xRange={[low, high]}
      yTop={yTop}
      isWhole={false}
    >
      {!isBlank && (
        <>
          <path className="sheet-bar" d={bars} />
          <path className="sheet-curve sheet-eval" d={outline} />
          <text x={BOX.x + BOX.width} y={BOX.y + 14} textAnchor="end">
            bars: train, line: eval
          </text>
        </>
      )}
    </Axes>
  );
}
