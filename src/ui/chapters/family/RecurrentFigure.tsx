/** Dropout in a recurrence, unrolled: masks on input, state and output, fresh at each time or one for all, shared by the batch or not. */
import './family.css';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useState } from 'react';
import type { MaskScope } from '../../../protocol/settings';
import { defaultParams } from '../../../protocol/studyParams';
import type { RecurrenceResult } from '../../../protocol/studyResults';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { Toggle } from '../../controls/Toggle';
import { counted, fixed, percent } from '../../words/format';
import { MaskPlate } from '../charts/MaskPlate';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { ProbabilityKnob } from '../shell/Knob';
import { SourceLink } from '../shell/SourceLink';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';

const FIRST = defaultParams('recurrence');
const { time: TIME, batch: BATCH, inputs: INPUTS, units: UNITS } = FIRST;
const HEIGHT = 112;
const TOP = 12;
const BOTTOM = 22;
const LEFT = 42;
const RIGHT = 6;

/** Turns one example of [time, batch, width] on its side: units down, time across. */
export function unrolled(mask: ArrayLike<number>, example: number, width: number): Uint8Array {
  return Uint8Array.from({ length: width * TIME }, (_, index) => {
    const [unit, time] = [Math.floor(index / TIME), index % TIME];
    return mask[(time * BATCH + example) * width + unit] ?? 0;
  });
}

function MaskRow({ name, mask, width }: { readonly name: string; readonly mask: Uint8Array; readonly width: number }) {
  return (
    <>
      <h4 className="family-title recurrent-name">{name}</h4>
      {Array.from({ length: BATCH }, (_, example) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity but their place
        <MaskPlate key={example} mask={unrolled(mask, example, width)} rows={width} columns={TIME} />
      ))}
    </>
  );
}

interface OverTimeProps {
  readonly values: readonly number[];
  readonly top: number;
  readonly width: number;
  readonly format: (value: number) => string;
}

function OverTime({ values, top, width, format }: OverTimeProps) {
  const x = scaleLinear([1, Math.max(2, values.length)], [LEFT + 4, width - RIGHT]);
  const y = scaleLinear([0, top], [HEIGHT - BOTTOM, TOP]);
  const path = line<number>()
    .x((_, time) => x(time + 1))
    .y((value) => y(value))(values as number[]);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {y.ticks(3).map((tick) => (
        <g key={tick}>
          <line className="chart-grid" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      <path className="chart-line recurrent-line" d={path ?? ''} />
      <text x={LEFT} y={HEIGHT - 5}>
        time 1
      </text>
      <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end">
        {values.length}
      </text>
    </svg>
  );
}

function timesTable(result: RecurrenceResult | null): NumberTable {
  return {
    caption: 'Time by time',
    headers: ['time', 'state units kept at every time so far', 'distance from the run without dropout'],
    rows: (result?.survivors ?? []).map((share, time) => [String(time + 1), percent(share), fixed(result?.drift[time] ?? Number.NaN, 3)]),
  };
}

const SCOPES: readonly { readonly value: MaskScope; readonly label: string }[] = [
  { value: 'example', label: 'a mask for each example' },
  { value: 'batch', label: 'one for the batch' },
];

export default function RecurrentFigure() {
  const [ps, setPs] = useState({ inputP: FIRST.inputP, stateP: FIRST.stateP, outputP: FIRST.outputP });
  const [variational, setVariational] = useState(FIRST.variational);
  const [maskScope, setMaskScope] = useState<MaskScope>(FIRST.maskScope);
  const view = useStudy('recurrence', { ...ps, variational, maskScope });
  const { result } = view;
  const survivors = result?.survivors.at(-1) ?? Number.NaN;
  const how = `${variational ? 'one mask for all times' : 'fresh masks at each time'}, ${maskScope === 'batch' ? 'shared by the batch' : 'one for each example'}`;
  return (
    <FigureBox
      title="A recurrence, unrolled in time"
      study={view}
      summary={
        result
          ? `${how}: ${counted(result.distinctStateMasks, 'different state mask')} of ${TIME * BATCH}; ${percent(survivors)} of the state units are kept at every time.`
          : 'No masks yet.'
      }
      table={timesTable(result)}
      controls={
        <>
          <ProbabilityKnob where="input" p={ps.inputP} onChange={(inputP) => setPs({ ...ps, inputP })} />
          <ProbabilityKnob where="state" p={ps.stateP} onChange={(stateP) => setPs({ ...ps, stateP })} />
          <ProbabilityKnob where="output" p={ps.outputP} onChange={(outputP) => setPs({ ...ps, outputP })} />
          <Toggle label="variational: one mask for all times" checked={variational} onChange={setVariational} />
          <SegmentedRadio legend="who shares a mask" choices={SCOPES} value={maskScope} onChange={setMaskScope} />
        </>
      }
      caption={
        result && (
          <>
            Time runs across, {BATCH} examples side by side. Now: {how}. Of {TIME * BATCH} masks of the state{' '}
            {counted(result.distinctStateMasks, 'is different', 'are different')}. {percent(survivors)} of its units are kept at every one
            of {TIME} times{variational ? '' : ', for what is dropped once is forgotten'}.{' '}
            <SourceLink href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/keras/layers/legacy_rnn/rnn_cell_wrapper_impl.py">
              TF 1’s wrapper
            </SourceLink>{' '}
            with variational_recurrent shares one mask over time and batch;{' '}
            <SourceLink href="https://github.com/keras-team/keras/blob/master/keras/src/layers/rnn/dropout_rnn_cell.py">Keras</SourceLink>{' '}
            draws one for each example and keeps it over time; without either, every time has its own.
          </>
        )
      }
    >
      <Gate view={view} what="unrolling the recurrence">
        {(shown) => (
          <>
            <div className="recurrent">
              <MaskRow name="input x" mask={shown.inputMask} width={INPUTS} />
              <MaskRow name="state h" mask={shown.stateMask} width={UNITS} />
              <MaskRow name="output y" mask={shown.outputMask} width={UNITS} />
            </div>
            <div className="family-pair">
              <div>
                <h4 className="family-title">state units kept at every time so far</h4>
                <Measured maxWidth={480}>
                  {(width) => <OverTime values={shown.survivors} top={1} width={width} format={(v) => percent(v)} />}
                </Measured>
              </div>
              <div>
                <h4 className="family-title">distance of h from the run without dropout</h4>
                <Measured maxWidth={480}>
                  {(width) => (
                    <OverTime values={shown.drift} top={Math.max(0.1, ...shown.drift)} width={width} format={(v) => fixed(v, 1)} />
                  )}
                </Measured>
              </div>
            </div>
          </>
        )}
      </Gate>
    </FigureBox>
  );
}
