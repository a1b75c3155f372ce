/** Bernoulli and Gaussian multipliers of equal mean and variance, and the moments in which they part. */
import './family.css';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { defaultParams } from '../../../protocol/studyParams';
import type { MomentsResult, NoiseFamilyMember } from '../../../protocol/studyResults';
import { bothWays } from '../../words/convention';
import { fixed, grouped, percent } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { ProbabilityKnob } from '../shell/Knob';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';
import { MAX_P, Numbers } from './Numbers';

const FIRST = defaultParams('moments');
const MOMENTS = ['mean', 'variance', 'third', 'fourth'] as const;
const NAMES = { mean: 'mean', variance: 'variance', third: 'third central moment', fourth: 'fourth central moment' } as const;
const HEIGHT = 150;
const TOP = 10;
const BOTTOM = 22;

function Multipliers({
  member,
  result,
  width,
}: {
  readonly member: NoiseFamilyMember;
  readonly result: MomentsResult;
  readonly width: number;
}) {
  const { low, high } = result;
  const x = scaleLinear([low, high], [0, width]);
  const tallest = Math.max(...member.histogram);
  const room = HEIGHT - TOP - BOTTOM;
  const barWidth = width / member.histogram.length;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {[...member.histogram].map((share, bin) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bins have no identity but their place
          key={bin}
          className="family-bin"
          x={bin * barWidth}
          y={HEIGHT - BOTTOM - (share / tallest) * room}
          width={Math.max(1, barWidth - 1)}
          height={(share / tallest) * room}
        />
      ))}
      <line className="chart-axis" x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {x.ticks(6).map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 6} textAnchor="middle">
          {fixed(tick, 0)}
        </text>
      ))}
      <line className="family-mean" x1={x(1)} x2={x(1)} y1={TOP - 6} y2={HEIGHT - BOTTOM} />
    </svg>
  );
}

function momentsTable(result: MomentsResult | null): NumberTable {
  const headers = ['', 'Bernoulli', 'in theory', 'Gaussian', 'in theory'];
  if (result === null) return { caption: 'No draws yet', headers, rows: [] };
  const { bernoulli, gaussian, draws } = result;
  return {
    caption: `Multipliers, ${grouped(draws)} draws of each`,
    headers,
    rows: [
      ...MOMENTS.map((name) => [
        NAMES[name],
        fixed(bernoulli.measured[name], 3),
        fixed(bernoulli.predicted[name], 3),
        fixed(gaussian.measured[name], 3),
        fixed(gaussian.predicted[name], 3),
      ]),
      ['below 0', percent(bernoulli.negativeShare, 1), '', percent(gaussian.negativeShare, 1), ''],
    ],
  };
}

export default function NoiseFigure() {
  const { convention } = useHost();
  const [p, setP] = useState(FIRST.p);
  const view = useStudy('moments', { p });
  const table = momentsTable(view.result);
  const variance = p / (1 - p);
  return (
    <FigureBox
      title="What a unit is multiplied by"
      study={view}
      summary={`At ${bothWays(convention, p)} both have mean 1 and variance ${fixed(variance)}. The third moment parts them.`}
      table={table}
      controls={<ProbabilityKnob p={p} min={0} max={MAX_P} onChange={setP} />}
      caption={
        <>
          Inverted dropout multiplies by 0 or 1 ÷ keep; Gaussian dropout by a normal number with mean 1 and variance drop ÷ keep, here{' '}
          {fixed(variance)}. Mean and variance agree for every p. The Gaussian drops nothing and now and then turns a sign.
        </>
      }
    >
      <Gate view={view} what="drawing multipliers">
        {(result) => (
          <>
            <div className="family-pair">
              {(['bernoulli', 'gaussian'] as const).map((name) => (
                <div key={name}>
                  <h4 className="family-title">{name === 'bernoulli' ? 'Bernoulli, as inverted dropout draws it' : 'Gaussian'}</h4>
                  <Measured maxWidth={480}>{(width) => <Multipliers member={result[name]} result={result} width={width} />}</Measured>
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
