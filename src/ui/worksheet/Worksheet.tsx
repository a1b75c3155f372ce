/**
 * A worksheet from the run as it stands: questions with its numbers, blank charts, the answers on a page of their own. It takes the place of
 * the lab until it is closed, so that what is on the screen is what the printer gets.
 */
import './worksheet.css';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { settingsPatch } from '../../protocol/changes';
import { DEFAULT_SETTINGS, dropProbability, SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';
import { Button } from '../controls/Button';
import { useLabState } from '../hooks/labContext';
import { wordPair } from '../present/words/wordPair';
import { bothWays } from '../words/convention';
import { grouped, sentence } from '../words/format';
import { MODE_NAMES } from '../words/modes';
import { DATASET_NAMES, networkSummary, optimiserSummary, valueText } from '../words/settings';
import { HistogramChart, LossChart } from './charts';
import type { Chart, Question } from './questionParts';
import { questionsOf } from './questions';
import { type Taken, useTakenSheet } from './useTakenSheet';

const QrCode = lazy(() => import('../share/QrCode'));

/** A longer address than this is nothing to type from paper. */
const MAX_TYPED = 160;

/** Says what is dropped where: one probability for all, or each its own. */
function dropWords(settings: Settings, convention: Convention): string {
  const { mode, inputP, hidden } = settings;
  if (mode === 'none') return 'None: nothing is dropped';
  const rates = hidden.map((_, index) => dropProbability(settings, index + 1));
  const places = rates.every((p) => p === rates[0])
    ? [bothWays(convention, rates[0] ?? settings.p)]
    : rates.map((p, index) => `hidden ${index + 1}: ${bothWays(convention, p)}`);
  const input = inputP > 0 ? [`input: ${bothWays(convention, inputP)}`] : [];
  return [MODE_NAMES[mode], ...places, ...input].join(', ');
}

interface WorksheetProps {
  readonly onClose: () => void;
}

export default function Worksheet({ onClose }: WorksheetProps) {
  const convention = useLabState((state) => state.view.convention);
  const taken = useTakenSheet(onClose);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (taken) head.current?.focus();
  }, [taken]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  if (!taken) return null;
  const { snapshot } = taken;
  const questions = questionsOf(snapshot, convention);
  return (
    <article className="worksheet" data-theme="light" aria-label="Worksheet">
      <Tools taken={taken} onClose={onClose} />
      <section className="sheet-page">
        <header className="sheet-head">
          <div>
            <h1 ref={head} tabIndex={-1}>
              Dropout: worksheet
            </h1>
            <p className="sheet-name">
              Name <span /> Date <span />
            </p>
          </div>
          <Suspense>
            <div className="sheet-code">
              <QrCode text={taken.link} />
            </div>
          </Suspense>
        </header>
        <Facts snapshot={snapshot} link={taken.link} />
        <Questions questions={questions} taken={taken} />
      </section>
      <Answers questions={questions} taken={taken} />
    </article>
  );
}

interface ToolsProps {
  readonly taken: Taken;
  readonly onClose: () => void;
}

function Tools({ taken: { snapshot, isStale }, onClose }: ToolsProps) {
  return (
    <div className="sheet-tools">
      <Button kind="main" onClick={() => print()}>
        Print
      </Button>
      <Button onClick={onClose}>Back to the lab</Button>
      {snapshot.step === 0 && <p>Train a few steps first: then there are masks and curves to ask about.</p>}
      {isStale && snapshot.step > 0 && <p>Settings have changed since the last step. Train one more: then there are masks to ask about.</p>}
    </div>
  );
}

function Facts({ snapshot, link }: Pick<Taken, 'snapshot' | 'link'>) {
  const { settings, step, fingerprint } = snapshot;
  const convention = useLabState((state) => state.view.convention);
  const changed = Object.entries(settingsPatch(DEFAULT_SETTINGS, settings));
  return (
    <dl className="sheet-facts">
      <dt>Data</dt>
      <dd>
        {DATASET_NAMES[settings.dataset]}, {grouped(settings.trainSize)} training points
      </dd>
      <dt>Network</dt>
      <dd>{networkSummary(settings)}</dd>
      <dt>Training</dt>
      <dd>{optimiserSummary(settings)}</dd>
      <dt>Dropout</dt>
      <dd>{sentence(dropWords(settings, convention))}</dd>
      <dt>Step</dt>
      <dd>{grouped(step)}</dd>
      <dt>Your screen must say</dt>
      <dd>
        <b>{wordPair(fingerprint)}</b>
      </dd>
      {changed.length > 0 && (
        <>
          <dt>Set in the lab</dt>
          <dd>
            {changed.map(([name, value]) => `${SETTINGS[name as SettingName].label} ${valueText(name as SettingName, value)}`).join(', ')}
          </dd>
        </>
      )}
      {link.length <= MAX_TYPED && (
        <>
          <dt>Open</dt>
          <dd className="sheet-link">{link}</dd>
        </>
      )}
    </dl>
  );
}

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly taken: Taken;
}

function Questions({ questions, taken }: QuestionsProps) {
  return (
    <ol className="sheet-questions">
      {questions.map(({ text, data, chart, lines }) => (
        <li key={text}>
          <p>{text}</p>
          {data !== null && <p className="sheet-data">{data}</p>}
          {chart ? <ChartOf chart={chart} taken={taken} isBlank /> : <Lines count={lines} />}
        </li>
      ))}
    </ol>
  );
}

/** Lines to write on. */
function Lines({ count }: { readonly count: number }) {
  return (
    <div className="sheet-lines" aria-hidden="true">
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one line is like the other
        <i key={line} />
      ))}
    </div>
  );
}

function Answers({ questions, taken }: QuestionsProps) {
  return (
    <section className="sheet-page sheet-answers" aria-label="Answers">
      <h2>Answers</h2>
      <p className="sheet-of">
        {wordPair(taken.snapshot.fingerprint)}, step {grouped(taken.snapshot.step)}
      </p>
      <ol className="sheet-questions">
        {questions.map((question) => (
          <li key={question.text}>
            <p>{question.answer}</p>
            {question.chart && <ChartOf chart={question.chart} taken={taken} isBlank={false} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ChartOfProps {
  readonly chart: Chart;
  readonly taken: Taken;
  readonly isBlank: boolean;
}

function ChartOf({ chart, taken, isBlank }: ChartOfProps) {
  const { snapshot, histogram } = taken;
  if (chart === 'losses') return <LossChart snapshot={snapshot} isBlank={isBlank} />;
  return histogram && <HistogramChart data={histogram} isBlank={isBlank} />;
}
