/** One keep probability: the mean of the sums so far, trial after trial, inside the funnel of its standard error, and the published mean. */
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { useId } from 'react';
import type { MillionWeightsColumn } from '../../../protocol/studyResults';
import { fixed, grouped } from '../../words/format';
import { runningMean } from './million';

const HEIGHT = 156;
const TOP = 10;
const BOTTOM = 24;
const LEFT = 40;
const RIGHT_OF_ONE = 42;
const RIGHT_OF_TWO = 76;
/** What the vertical axis holds, in standard errors of the last trial. */
const REACH = 4.5;
const FUNNEL_POINTS = 80;

interface FunnelProps {
  readonly column: MillionWeightsColumn;
  readonly trials: number;
  readonly totalTrials: number;
  /** Whether the published mean is of as many weights, and stands beside. */
  readonly isPublishedSize: boolean;
  readonly width: number;
}

/** The whiskers of one standard error around a mean. */
function Whiskers({ x, y, low, high, className }: { x: number; y: number; low: number; high: number; className: string }) {
  return (
    <g className={className}>
      <path d={`M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8`} />
      <circle cx={x} cy={y} r={4} />
    </g>
  );
}

export function Funnel({ column, trials, totalTrials, isPublishedSize, width }: FunnelProps) {
  const clip = useId();
  const { predictedSd, error } = column;
  const published = isPublishedSize ? column.published : null;
  const finalError = predictedSd / Math.sqrt(totalTrials);
  const reach = REACH * (finalError > 0 ? finalError : 1);
  const right = width - (published ? RIGHT_OF_TWO : RIGHT_OF_ONE);
  const x = scaleLinear([0, totalTrials], [LEFT, right]);
  const y = scaleLinear([-reach, reach], [HEIGHT - BOTTOM, TOP]);
  const walk = runningMean(column);
  const newest = walk.deviation.at(-1) ?? 0;
  const counts = Array.from({ length: FUNNEL_POINTS }, (_, index) => Math.max(1, ((index + 1) / FUNNEL_POINTS) ** 2 * totalTrials));
  const band = (errors: number) =>
    area<number>()
      .x((count) => x(count))
      .y0((count) => y((-errors * predictedSd) / Math.sqrt(count)))
      .y1((count) => y((errors * predictedSd) / Math.sqrt(count)))(counts) ?? '';
  const path = line<number>()
    .x((_, index) => x(walk.trials[index] ?? 0))
    .y((value) => y(value))(walk.deviation as number[]);
  const theirs = published && published.mean - published.expected;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <clipPath id={clip}>
        <rect x={LEFT} y={TOP} width={Math.max(0, right - LEFT)} height={HEIGHT - TOP - BOTTOM} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path className="funnel-two" d={band(2)} />
        <path className="funnel-one" d={band(1)} />
        <line className="funnel-expected" x1={LEFT} x2={right} y1={y(0)} y2={y(0)} />
        <path className="chart-line funnel-mean" d={path ?? ''} />
      </g>
      {y.ticks(4).map((tick) => (
        <text key={tick} x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
          {fixed(tick, 0)}
        </text>
      ))}
      <line className="chart-axis" x1={LEFT} x2={right} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <text x={LEFT} y={HEIGHT - 6}>
        trial 1
      </text>
      <text x={right} y={HEIGHT - 6} textAnchor="end">
        {grouped(totalTrials)}
      </text>
      {trials > 0 && (
        <Whiskers
          className="whiskers-here"
          x={right + 22}
          y={y(clamp(newest, reach))}
          low={y(clamp(newest - error, reach))}
          high={y(clamp(newest + error, reach))}
        />
      )}
      {theirs !== null && published && (
        <Whiskers
          className="whiskers-published"
          x={right + 56}
          y={y(clamp(theirs, reach))}
          low={y(clamp(theirs - published.error, reach))}
          high={y(clamp(theirs + published.error, reach))}
        />
      )}
      <text x={right + 22} y={HEIGHT - 6} textAnchor="middle">
        here
      </text>
      {published && (
        <text x={right + 56} y={HEIGHT - 6} textAnchor="middle">
          publ.
        </text>
      )}
    </svg>
  );
}

function clamp(value: number, reach: number): number {
  return Math.min(Math.max(value, -reach), reach);
}
