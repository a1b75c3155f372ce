/** What all sub-networks predict at one place, with the three numbers that stand for the crowd. */
import { scaleLinear } from 'd3-scale';
import { fixed } from '../../words/format';
import type { Crowd } from './useCrowd';

const HEIGHT = 184;
const TOP = 62;
const BOTTOM = 34;
const LABEL_TOP = 14;
const LABEL_STEP = 18;
const LABEL_GAP = 14;

interface HistogramProps {
  readonly crowd: Crowd;
  readonly width: number;
  /** Marks the three means. */
  readonly isMarked: boolean;
}

export function Histogram({ crowd, width, isMarked }: HistogramProps) {
  const { histogram, arithmeticMean, geometricMean, weightScaling } = crowd;
  const x = scaleLinear([0, 1], [0, width]);
  const floor = HEIGHT - BOTTOM;
  const tallest = Math.max(...histogram);
  const barWidth = width / histogram.length;
  const means = [
    { name: 'arithmetic mean', value: arithmeticMean, className: 'crowd-arithmetic' },
    { name: 'geometric mean (NWGM)', value: geometricMean, className: 'crowd-geometric' },
    { name: 'weight scaling, one pass', value: weightScaling, className: 'crowd-scaling' },
  ];
  const marks = isMarked ? means : [];
  // All labels stand on one side of all three lines, so that no line crosses a label.
  const places = marks.map(({ value }) => x(value));
  const isLeft = Math.min(...places) > width / 2;
  const edge = isLeft ? Math.min(...places) - LABEL_GAP : Math.max(...places) + LABEL_GAP;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {[...histogram].map((share, bin) => {
        const height = tallest > 0 ? (share / tallest) * (floor - TOP) : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have no identity but their place
            key={bin}
            className="crowd-bin"
            x={bin * barWidth + 0.5}
            y={floor - height}
            width={Math.max(1, barWidth - 1)}
            height={height}
          />
        );
      })}
      <line className="chart-axis" x1={0} x2={width} y1={floor} y2={floor} />
      {marks.map(({ name, value, className }, index) => {
        const y = LABEL_TOP + index * LABEL_STEP;
        return (
          <g key={name} className={className}>
            <path d={`M${isLeft ? edge + 4 : edge - 4} ${y - 4}H${x(value)}V${floor}`} />
            <text x={edge} y={y} textAnchor={isLeft ? 'end' : 'start'}>
              {name} {fixed(value, 4)}
            </text>
          </g>
        );
      })}
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 18} textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}>
          {tick}
        </text>
      ))}
      <text x={width / 2} y={HEIGHT - 3} textAnchor="middle">
        probability of class 1 that a sub-network gives
      </text>
    </svg>
  );
}
