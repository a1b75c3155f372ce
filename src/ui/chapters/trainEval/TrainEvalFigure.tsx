/** Three loss curves of one training, and what becomes of them when eval() or train() is forgotten. */
import './trainEval.css';
import { useState } from 'react';
import { STUDIES } from '../../../protocol/studyParams';
import type { TracedTraining, TrainEvalResult } from '../../../protocol/studyResults';
import { Toggle } from '../../controls/Toggle';
import { fixed, percent } from '../../words/format';
import { type ChartCurve, LineChart } from '../charts/LineChart';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { ProbabilityKnob } from '../shell/Knob';
import { StudyStatus } from '../shell/StudyStatus';
import { type StudyView, useStudy } from '../shell/useStudy';
import { type Forgotten, newest, trainEvalText } from './trainEvalWords';

const STEPS = STUDIES.trainEval.params.steps.default;
const MAX_P = 0.9;

export interface TrainEvalState extends Forgotten {
  readonly p: number;
  readonly study: StudyView<'trainEval'>;
  setP(p: number): void;
  setForgotEval(isForgotten: boolean): void;
  setForgotTrain(isForgotten: boolean): void;
}

export function useTrainEval(): TrainEvalState {
  const [p, setP] = useState<number>(STUDIES.trainEval.params.p.default);
  const [forgotEval, setForgotEval] = useState(false);
  const [forgotTrain, setForgotTrain] = useState(false);
  const study = useStudy('trainEval', { p, forgotEval, forgotTrain, steps: STEPS });
  return { p, forgotEval, forgotTrain, study, setP, setForgotEval, setForgotTrain };
}

function curvesOf({ curves }: TracedTraining, forgotEval: boolean): readonly ChartCurve[] {
  return [
    { name: 'train, masks on', values: curves.trainMasked, colour: 'var(--train)' },
    { name: forgotEval ? 'train, “eval”' : 'train, eval', values: curves.trainEval, colour: 'var(--eval)', dash: '5 3' },
    { name: 'test', values: curves.test, colour: 'var(--ink)', dash: '1 2.5', width: 2.25 },
  ];
}

function curveTable({ curves }: TracedTraining): NumberTable {
  const every = Math.max(1, Math.ceil(curves.step.length / 24));
  const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '–' : fixed(value, 3));
  return {
    caption: 'Mean loss',
    headers: ['step', 'train, masks on', 'train, masks off', 'test'],
    rows: curves.step.flatMap((step, index) =>
      index % every === 0 || index === curves.step.length - 1
        ? [[String(step), cell(curves.trainMasked[index]), cell(curves.trainEval[index]), cell(curves.test[index])]]
        : [],
    ),
  };
}

/** What a reader could measure: each number as it is, beside what it is when nothing is forgotten. */
function Readings({ result, forgotten }: { readonly result: TrainEvalResult; readonly forgotten: Forgotten }) {
  const { switched, correct } = result;
  const isSwitched = forgotten.forgotEval || forgotten.forgotTrain;
  const share = (value: number) => (Number.isNaN(value) ? '–' : percent(value));
  const rows: readonly (readonly [string, (training: TracedTraining) => string])[] = [
    ['same input twice, answers apart', ({ flicker }) => fixed(flicker, 3)],
    ['units kept in training', ({ layers }) => layers.map((layer) => share(layer.keptShare)).join(' · ')],
    ['units kept in evaluation', ({ layers }) => layers.map((layer) => share(layer.evalKeptShare)).join(' · ')],
    ['test accuracy', ({ testAccuracy }) => percent(testAccuracy)],
    ['test loss', ({ curves }) => fixed(newest(curves.test), 3)],
  ];
  return (
    <table className="train-readings">
      <thead>
        <tr>
          <th scope="col">measured</th>
          <th scope="col">this run</th>
          {isSwitched && <th scope="col">nothing forgotten</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, read]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={isSwitched && read(switched) !== read(correct) ? 'say-differ' : ''}>{read(switched)}</td>
            {isSwitched && <td>{read(correct)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TrainEvalView({ state, isExplained }: { readonly state: TrainEvalState; readonly isExplained: boolean }) {
  const { p, forgotEval, forgotTrain, study } = state;
  const { result } = study;
  return (
    <FigureBox
      title="Three losses of one training"
      study={study}
      summary={result ? trainEvalText(result, state, isExplained) : 'The training has not started.'}
      table={result ? curveTable(result.switched) : { caption: 'No numbers yet', headers: [], rows: [] }}
      controls={
        <>
          <Toggle label="forgot eval()" checked={forgotEval} onChange={state.setForgotEval} />
          <Toggle label="forgot train()" checked={forgotTrain} onChange={state.setForgotTrain} />
          <ProbabilityKnob p={p} max={MAX_P} onChange={state.setP} />
        </>
      }
    >
      <div className={`train-losses ${study.isStale ? 'is-stale' : ''}`}>
        {result ? (
          <>
            <Measured>
              {(width) => (
                <LineChart
                  title="mean loss"
                  width={width}
                  height={width < 500 ? 220 : 244}
                  steps={result.switched.curves.step}
                  lastStep={result.totalSteps}
                  curves={curvesOf(result.switched, forgotEval)}
                />
              )}
            </Measured>
            <Readings result={result} forgotten={state} />
          </>
        ) : (
          study.state !== 'failed' && <p className="chapter-wait">The network trains when this figure is in view.</p>
        )}
      </div>
      <StudyStatus view={study} what={`${forgotEval || forgotTrain ? 'two trainings' : 'a training'} of ${STEPS} steps`} />
    </FigureBox>
  );
}

export default function TrainEvalFigure() {
  return <TrainEvalView state={useTrainEval()} isExplained />;
}
