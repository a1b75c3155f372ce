/** Mean of each layer in train (filled) and eval (outlined), with their ratio below: the instrument for everything that scales. */
import { scaleLinear } from 'd3-scale';
import type { TracedTraining } from '../../../protocol/studyResults';
import { fixed } from '../../words/format';

const HEIGHT = 160;
const TOP = 16;
const BOTTOM = 44;
const BAR = 30;
/** What "eval ÷ train = 0.25" takes. */
const LABEL_ROOM = 130;
/** How far a ratio may lie from 1 before it is marked. */
const TOLERANCE = 0.15;

interface LayerMeansProps {
  readonly run: TracedTraining;
  /** Values that the axis must hold, so that two pictures can be compared. */
  readonly values: readonly number[];
  readonly width: number;
}

/** Returns the means of all layers of a run. */
export function meansOf({ layers }: TracedTraining): readonly number[] {
  return layers.flatMap(({ trainMean, evalMean }) => [trainMean, evalMean]).filter(Number.isFinite);
}

export function LayerMeans({ run, values, width }: LayerMeansProps) {
  const y = scaleLinear([Math.min(0, ...values), Math.max(0.01, ...values)], [HEIGHT - BOTTOM, TOP]);
  const room = width / run.layers.length;
  // Around 0 a ratio says nothing.
  const isSigned = values.some((value) => value < 0);
  const box = (value: number) => {
    const known = Number.isFinite(value) ? value : 0;
    return { y: Math.min(y(0), y(known)), height: Math.abs(y(known) - y(0)) };
  };
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <line className="chart-axis" x1={0} x2={width} y1={y(0)} y2={y(0)} />
      {run.layers.map(({ trainMean, evalMean, ratio }, layer) => {
        const middle = (layer + 0.5) * room;
        const tone = isSigned ? '' : Math.abs(ratio - 1) <= TOLERANCE ? 'is-right' : 'is-off';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no identity but their place
          <g key={layer}>
            <rect className="means-train" x={middle - BAR - 2} width={BAR} {...box(trainMean)} />
            <rect className="means-eval" x={middle + 3} width={BAR - 1} {...box(evalMean)} />
            <text className="means-value" x={middle - BAR / 2 - 2} y={box(trainMean).y - 4} textAnchor="middle">
              {meanText(trainMean)}
            </text>
            <text className="means-value" x={middle + BAR / 2 + 3} y={box(evalMean).y - 4} textAnchor="middle">
              {meanText(evalMean)}
            </text>
            <text x={middle} y={HEIGHT - 24} textAnchor="middle">
              layer {layer + 1}
            </text>
            <text className={`means-ratio ${tone}`} x={middle} y={HEIGHT - 6} textAnchor="middle">
              {room < LABEL_ROOM ? '' : isSigned ? 'eval − train = ' : 'eval ÷ train = '}
              {meanText(isSigned ? evalMean - trainMean : ratio)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function meanText(value: number): string {
  return Number.isNaN(value) ? 'NaN' : fixed(value);
}
