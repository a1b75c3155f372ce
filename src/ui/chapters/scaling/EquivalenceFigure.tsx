/** Two trainings on the same data and masks: inverted dropout, and standard dropout under a rule of the reader's choice. */
import './scaling.css';
import { type ReactNode, useState } from 'react';
import { type EquivalenceParams, type EquivalenceRule, STUDIES } from '../../../protocol/studyParams';
import type { EquivalenceResult } from '../../../protocol/studyResults';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { SelectField } from '../../controls/SelectField';
import { Toggle } from '../../controls/Toggle';
import { compact, fixed, trimmed } from '../../words/format';
import { LineChart } from '../charts/LineChart';
import { Measured } from '../charts/Measured';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { ProbabilityKnob } from '../shell/Knob';
import { StudyStatus } from '../shell/StudyStatus';
import { type StudyView, useStudy } from '../shell/useStudy';
import { exactRule, flawedRules, RULE_NAMES, verdictOf, verdictText } from './equivalenceWords';

type Optimizer = EquivalenceParams['optimizer'];
type MainRule = 'naive' | 'exact';

const MAIN_RULES: readonly { readonly value: MainRule; readonly label: string }[] = [
  { value: 'naive', label: 'naive' },
  { value: 'exact', label: 'exact' },
];
const OPTIMIZERS: readonly { readonly value: Optimizer; readonly label: string }[] = [
  { value: 'sgd', label: 'SGD' },
  { value: 'momentum', label: 'Momentum' },
  { value: 'adam', label: 'Adam' },
];
const STEPS = STUDIES.equivalence.params.steps.default;
const DECAY = 0.01;
const RATES: Readonly<Record<Optimizer, number>> = { sgd: 0.2, momentum: 0.05, adam: 0.01 };
const HEIGHT = 140;
const MIN_P = 0.05;
const MAX_P = 0.8;

export interface EquivalenceState {
  readonly rule: EquivalenceRule;
  readonly optimizer: Optimizer;
  readonly p: number;
  readonly weightDecay: number;
  readonly study: StudyView<'equivalence'>;
  setRule(rule: EquivalenceRule): void;
  setOptimizer(optimizer: Optimizer): void;
  setP(p: number): void;
  setWeightDecay(weightDecay: number): void;
}

export function useEquivalence(): EquivalenceState {
  const [chosenRule, setRule] = useState<EquivalenceRule>('naive');
  const [optimizer, setOptimizer] = useState<Optimizer>('sgd');
  const [p, setP] = useState(0.5);
  const [weightDecay, setWeightDecay] = useState(0);
  const isOffered = chosenRule === 'naive' || chosenRule === 'exact' || flawedRules(optimizer, weightDecay).includes(chosenRule);
  const rule = isOffered ? chosenRule : 'exact';
  const study = useStudy('equivalence', { rule, optimizer, p, inputP: p, weightDecay, learningRate: RATES[optimizer], steps: STEPS });
  return { rule, optimizer, p, weightDecay, study, setRule, setOptimizer, setP, setWeightDecay };
}

function curveTable({ step, invertedLoss, standardLoss, difference }: EquivalenceResult): NumberTable {
  const every = Math.max(1, Math.ceil(step.length / 20));
  return {
    caption: 'Loss in eval, and the greatest difference of any layer',
    headers: ['step', 'inverted', 'standard', 'difference'],
    rows: step.flatMap((at, index) =>
      index % every === 0 || index === step.length - 1
        ? [[String(at), fixed(invertedLoss[index] ?? 0, 4), fixed(standardLoss[index] ?? 0, 4), compact(difference[index] ?? 0)]]
        : [],
    ),
  };
}

/** What the standard twin was given, per weight matrix. */
function Given({ result, isAdam, hasDecay }: { readonly result: EquivalenceResult; readonly isAdam: boolean; readonly hasDecay: boolean }) {
  const times = (factor: number) => `× ${trimmed(factor, 0, 4)}`;
  return (
    <table className="twin-given">
      <caption>What the standard twin was given, against the inverted one</caption>
      <thead>
        <tr>
          <th scope="col">weights into</th>
          <th scope="col">keep q</th>
          <th scope="col">start</th>
          <th scope="col">rate</th>
          <th scope="col">bias rate</th>
          {isAdam && <th scope="col">ε</th>}
          {hasDecay && <th scope="col">decay</th>}
        </tr>
      </thead>
      <tbody>
        {result.set.map((set, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no identity but their place
          <tr key={index}>
            <th scope="row">{index === result.set.length - 1 ? 'output' : `layer ${index + 1}`}</th>
            <td>{trimmed(set.keepProb, 2, 2)}</td>
            <td>{times(set.startScale)}</td>
            <td>{times(set.rateScale)}</td>
            <td>{times(set.biasRateScale)}</td>
            {isAdam && <td>{times(set.epsilonScale)}</td>}
            {hasDecay && <td>{times(set.decayScale)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Charts({ result, children }: { readonly result: EquivalenceResult; readonly children: ReactNode }) {
  const isZero = result.difference.every((value) => value === 0);
  return (
    <div className="twin-charts">
      <Measured>
        {(width) => (
          <LineChart
            title="loss of the whole network"
            width={width}
            height={HEIGHT}
            steps={result.step}
            lastStep={result.totalSteps}
            curves={[
              { name: 'inverted', values: result.invertedLoss, colour: 'var(--rule-strong)', labelColour: 'var(--ink-soft)', width: 5 },
              { name: 'standard', values: result.standardLoss, colour: 'var(--ink)', dash: '5 3' },
            ]}
          />
        )}
      </Measured>
      {isZero ? (
        <p className="twin-zero">difference: 0 at every step</p>
      ) : (
        <Measured>
          {(width) => (
            <LineChart
              title="greatest difference of any layer, relative"
              width={width}
              height={HEIGHT}
              isLog
              steps={result.step}
              lastStep={result.totalSteps}
              curves={[{ name: 'now', values: result.difference, colour: 'var(--ink)' }]}
            />
          )}
        </Measured>
      )}
      {children}
    </div>
  );
}

export function EquivalenceView({ state }: { readonly state: EquivalenceState }) {
  const { rule, optimizer, p, weightDecay, study } = state;
  const { result } = study;
  const verdict = result ? verdictOf(result) : 'unknown';
  const flawed = [{ value: 'exact' as EquivalenceRule, label: 'none' }].concat(
    flawedRules(optimizer, weightDecay).map((value) => ({ value, label: RULE_NAMES[value] })),
  );
  return (
    <FigureBox
      title="Are standard and inverted the same?"
      study={study}
      summary={result ? verdictText(result) : 'The twins have not started.'}
      table={result ? curveTable(result) : { caption: 'No numbers yet', headers: [], rows: [] }}
      controls={
        <>
          <SegmentedRadio<MainRule | 'other'>
            legend="how the standard twin is set up"
            choices={MAIN_RULES}
            value={rule === 'naive' || rule === 'exact' ? rule : 'other'}
            onChange={(value) => state.setRule(value as MainRule)}
          />
          {rule !== 'naive' && (
            <span className="twin-flaw">
              <span className="small-label">one fault</span>{' '}
              <SelectField label="one fault in the exact rule" choices={flawed} value={rule} onChange={state.setRule} />
            </span>
          )}
          <SegmentedRadio legend="optimiser" choices={OPTIMIZERS} value={optimizer} onChange={state.setOptimizer} />
          <ProbabilityKnob p={p} min={MIN_P} max={MAX_P} onChange={state.setP} />
          <Toggle label={`weight decay ${DECAY}`} checked={weightDecay > 0} onChange={(isOn) => state.setWeightDecay(isOn ? DECAY : 0)} />
        </>
      }
      caption={rule === 'exact' ? exactRule(optimizer, weightDecay) : undefined}
    >
      <p className={`twin-verdict twin-${verdict} ${study.isStale ? 'is-stale' : ''}`}>
        {result ? verdictText(result) : 'Two trainings, one data set, the same masks.'}
      </p>
      {result && (
        <div className={study.isStale ? 'is-stale' : ''}>
          <Charts result={result}>
            <Given result={result} isAdam={optimizer === 'adam'} hasDecay={weightDecay > 0} />
          </Charts>
        </div>
      )}
      <StudyStatus view={study} what={`two trainings of ${STEPS} steps`} />
    </FigureBox>
  );
}

export default function EquivalenceFigure() {
  return <EquivalenceView state={useEquivalence()} />;
}
