/** Unit dropout against DropConnect on the same two outputs: the same means and variances, another covariance. */
import './family.css';
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { defaultParams } from '../../../protocol/studyParams';
import type { DropConnectResult, OutputStatistics } from '../../../protocol/studyResults';
import { bothWays } from '../../words/convention';
import { fixed, grouped } from '../../words/format';
import { MaskPlate } from '../charts/MaskPlate';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';
import { MAX_P, Numbers } from './Numbers';

const FIRST = defaultParams('dropConnect');
const HEIGHT = 220;
const EDGE = 24;
const MAX_INPUTS = 32;
const KINDS = [
  { id: 'unitDropout', title: 'Dropout: units go' },
  { id: 'dropConnect', title: 'DropConnect: weights go' },
] as const;

/** Spreads a mask of units over all the weights that leave them. */
export function spreadUnitMask(unitMask: ArrayLike<number>, outputs: number): Uint8Array {
  const inputs = unitMask.length;
  return Uint8Array.from({ length: outputs * inputs }, (_, index) => unitMask[index % inputs] ?? 0);
}

/** Returns the cloud's points. */
function points({ cloud }: OutputStatistics): readonly (readonly [number, number])[] {
  return Array.from({ length: cloud.length / 2 }, (_, index) => [cloud[2 * index] ?? 0, cloud[2 * index + 1] ?? 0]);
}

interface CloudProps {
  readonly result: DropConnectResult;
  readonly statistics: OutputStatistics;
  readonly width: number;
}

function Cloud({ result, statistics, width }: CloudProps) {
  const all = [...points(result.unitDropout), ...points(result.dropConnect)];
  const range = (axis: 0 | 1) => {
    const [low = 0, high = 1] = extent(all, (point) => point[axis]);
    return low === high ? [low - 1, high + 1] : [low, high];
  };
  const x = scaleLinear(range(0), [EDGE, width - 6]);
  const y = scaleLinear(range(1), [HEIGHT - EDGE, 8]);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <line className="chart-axis" x1={EDGE} x2={width} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} />
      <line className="chart-axis" x1={EDGE} x2={EDGE} y1={0} y2={HEIGHT - EDGE} />
      {points(statistics).map(([z1, z2], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: draws have no identity but their place
        <circle key={index} className="family-dot" cx={x(z1)} cy={y(z2)} r={2.2} />
      ))}
      <path
        className="family-cross"
        d={`M${x(statistics.mean[0] ?? 0)} 8V${HEIGHT - EDGE}M${EDGE} ${y(statistics.mean[1] ?? 0)}H${width}`}
      />
      <text x={width} y={HEIGHT - 7} textAnchor="end">
        z₁
      </text>
      <text x={4} y={14}>
        z₂
      </text>
    </svg>
  );
}

function statisticsTable(result: DropConnectResult | null): NumberTable {
  const headers = ['', 'dropout', 'in theory', 'DropConnect', 'in theory'];
  if (result === null) return { caption: 'No draws yet', headers, rows: [] };
  const { unitDropout: u, dropConnect: d } = result;
  const outputs = u.mean.length;
  const at = (matrix: ArrayLike<number>, row: number, column: number) => fixed(matrix[row * outputs + column] ?? Number.NaN);
  const row = (name: string, i: number, j: number) => [
    name,
    at(u.covariance, i, j),
    at(u.predictedCovariance, i, j),
    at(d.covariance, i, j),
    at(d.predictedCovariance, i, j),
  ];
  const mean = (i: number) => [u.mean[i], u.predictedMean[i], d.mean[i], d.predictedMean[i]].map((value) => fixed(value ?? Number.NaN));
  return {
    caption: `Two outputs, ${grouped(result.draws)} draws`,
    headers,
    rows: [
      ['mean of z₁', ...mean(0)],
      ['mean of z₂', ...mean(1)],
      row('variance of z₁', 0, 0),
      row('variance of z₂', 1, 1),
      row('covariance', 0, 1),
      ['correlation', ...[u.correlation, u.predictedCorrelation, d.correlation, d.predictedCorrelation].map((value) => fixed(value))],
    ],
  };
}

export default function DropConnectFigure() {
  const { convention } = useHost();
  const [p, setP] = useState(FIRST.p);
  const [inputs, setInputs] = useState(FIRST.inputs);
  const view = useStudy('dropConnect', { p, inputs });
  const { result } = view;
  const table = statisticsTable(result);
  return (
    <FigureBox
      title="Units out, or weights out"
      study={view}
      summary={
        result
          ? `At ${bothWays(convention, p)} two outputs correlate ${fixed(result.unitDropout.correlation)} under dropout and ${fixed(result.dropConnect.correlation)} under DropConnect.`
          : 'No draws yet.'
      }
      table={table}
      controls={
        <>
          <ProbabilityKnob p={p} max={MAX_P} onChange={setP} />
          <Knob label="inputs" value={inputs} min={1} max={MAX_INPUTS} step={1} format={String} onChange={setInputs} />
        </>
      }
      caption="One draw each: the weights from all inputs (across) to two outputs (down). A dropped unit takes a whole column with it, and so both outputs at once; a dropped weight is dropped alone. Each output has the same mean and variance either way. Only their covariance tells the two apart."
    >
      <Gate view={view} what="drawing masks">
        {(shown) => (
          <>
            <div className="family-pair">
              {KINDS.map(({ id, title }) => (
                <div key={id}>
                  <h4 className="family-title">{title}</h4>
                  <MaskPlate
                    className="family-matrix"
                    mask={id === 'unitDropout' ? spreadUnitMask(shown.unitMask, shown.unitDropout.mean.length) : shown.weightMask}
                    rows={shown.unitDropout.mean.length}
                    columns={shown.inputs.length}
                  />
                  <Measured maxWidth={420}>{(width) => <Cloud result={shown} statistics={shown[id]} width={width} />}</Measured>
                  <p className="family-verdict">
                    correlation {fixed(shown[id].correlation)}, in theory {fixed(shown[id].predictedCorrelation)}
                  </p>
                </div>
              ))}
            </div>
            <Numbers table={table} />
          </>
        )}
      </Gate>
    </FigureBox>
  );
}
