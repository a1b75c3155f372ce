/** The mean of Monte-Carlo passes, pass after pass, drawing near the arithmetic mean of the crowd and not the one-pass answer. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { fixed, grouped } from '../../words/format';
import type { Crowd } from './useCrowd';

const HEIGHT = 180;
const TOP = 22;
const BOTTOM = 34;
const LEFT = 38;
const RIGHT = 8;
const MAX_POINTS = 160;

interface PassesProps {
  readonly crowd: Crowd;
  readonly width: number;
  /** Draws the one-pass answer as well. */
  readonly isMarked: boolean;
}

/** Returns the passes that are drawn: evenly spread on a logarithmic axis, the first and the last among them. */
export function drawnPasses(numPasses: number): readonly number[] {
  const passes = new Set<number>();
  for (let point = 0; point < MAX_POINTS; point++) passes.add(Math.round(numPasses ** (point / (MAX_POINTS - 1))));
  return [...passes];
}

export function Passes({ crowd, width, isMarked }: PassesProps) {
  const { passMeans, passError, arithmeticMean, weightScaling, sd } = crowd;
  const passes = drawnPasses(passMeans.length);
  const reach = Math.max(0.02, 1.4 * sd, 1.3 * Math.abs(weightScaling - arithmeticMean));
  const right = width - RIGHT;
  const x = scaleLog([1, Math.max(2, passMeans.length)], [LEFT, right]);
  const y = scaleLinear([arithmeticMean - reach, arithmeticMean + reach], [HEIGHT - BOTTOM, TOP]).clamp(true);
  const errorAt = (pass: number) => passError[pass - 1] ?? 0;
  const band = area<number>()
    .x((pass) => x(pass))
    .y0((pass) => y(arithmeticMean - errorAt(pass)))
    .y1((pass) => y(arithmeticMean + errorAt(pass)));
  const walk = line<number>()
    .x((pass) => x(pass))
    .y((pass) => y(passMeans[pass - 1] ?? Number.NaN));
  const scaledAbove = weightScaling >= arithmeticMean;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <path className="passes-band" d={band(passes as number[]) ?? ''} />
      <line className="passes-mean" x1={LEFT} x2={right} y1={y(arithmeticMean)} y2={y(arithmeticMean)} />
      {isMarked && <line className="passes-scaling" x1={LEFT} x2={right} y1={y(weightScaling)} y2={y(weightScaling)} />}
      <path className="chart-line passes-walk" d={walk(passes as number[]) ?? ''} />
      <text className="passes-mean-label" x={right} y={y(arithmeticMean) + (scaledAbove ? 14 : -6)} textAnchor="end">
        mean of all masks {fixed(arithmeticMean, 4)}
      </text>
      {isMarked && (
        <text className="passes-scaling-label" x={right} y={y(weightScaling) + (scaledAbove ? -6 : 14)} textAnchor="end">
          weight scaling {fixed(weightScaling, 4)}
        </text>
      )}
      {y.ticks(4).map((tick) => (
        <text key={tick} x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
          {fixed(tick)}
        </text>
      ))}
      <line className="chart-axis" x1={LEFT} x2={right} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <text x={LEFT} y={HEIGHT - 18}>
        pass 1
      </text>
      <text x={right} y={HEIGHT - 18} textAnchor="end">
        {grouped(passMeans.length)}
      </text>
      <text x={0} y={10}>
        mean of the first passes
      </text>
    </svg>
  );
}
