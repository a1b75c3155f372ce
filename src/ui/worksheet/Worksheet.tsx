/**
 * A worksheet from the run as it stands: questions with its numbers, blank charts, the answers on a page of their own. It takes the place of
 * the lab until it is closed, so that what is on the screen is what the printer gets.
 */
import './worksheet.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { settingsPatch } from '../../protocol/changes';
import { type Frame, readStat } from '../../protocol/frame';
import { DEFAULT_SETTINGS, dropProbability, SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import type { Snapshot } from '../../protocol/snapshot';
import { pageAddress } from '../../store/address';
import { experimentOf } from '../../store/experiment';
import type { Convention } from '../../store/labStore';
import { Button } from '../controls/Button';
import { useLab, useLabState, useNotify } from '../hooks/labContext';
import { wordPair } from '../present/words/wordPair';
import { linkOf } from '../share/snippets';
import { bothWays } from '../words/convention';
import { grouped, sentence } from '../words/format';
import { MODE_NAMES } from '../words/modes';
import { DATASET_NAMES, networkSummary, optimiserSummary, valueText } from '../words/settings';
import { HistogramChart, type HistogramData, LossChart } from './charts';
import { type Chart, type Question, questionsOf, subjectOf } from './questions';

const QrCode = lazy(() => import('../share/QrCode'));

interface Taken {
  readonly snapshot: Snapshot;
  readonly histogram: HistogramData | null;
  readonly link: string;
  /** Settings have changed since the last step, so that its masks would be asked about under the wrong p. */
  readonly isStale: boolean;
}

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

/** Reads from a frame the two histograms of a layer. */
function readHistogram(frame: Frame | null, layerIndex: number | undefined): HistogramData | null {
  const layer = layerIndex === undefined ? undefined : frame?.layers[layerIndex];
  if (!layer) return null;
  return {
    low: readStat(layer, 'binLow'),
    high: readStat(layer, 'binHigh'),
    train: [...layer.trainHistogram],
    eval: [...layer.evalHistogram],
  };
}

interface WorksheetProps {
  readonly onClose: () => void;
}

export default function Worksheet({ onClose }: WorksheetProps) {
  const lab = useLab();
  const notify = useNotify();
  const convention = useLabState((state) => state.view.convention);
  const [taken, setTaken] = useState<Taken | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const take = async () => {
      await lab.pause();
      const whole = await lab.snapshot();
      if (!isCurrent) return;
      const state = lab.store.getState();
      const isStale = state.run.changes.some(({ step }) => step === whole.step);
      const snapshot = isStale ? { ...whole, last: null } : whole;
      const experiment = experimentOf({ ...state, run: { ...state.run, step: snapshot.step } });
      const link = linkOf({ ...experiment, page: pageAddress(''), view: { convention: state.view.convention } });
      setTaken({ snapshot, isStale, link, histogram: readHistogram(lab.readout.get(), subjectOf(snapshot)?.layerIndex) });
    };
    take().catch((error: unknown) => {
      notify(error instanceof Error ? error.message : String(error));
      onClose();
    });
    return () => {
      isCurrent = false;
    };
  }, [lab, notify, onClose]);
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
      <div className="sheet-tools">
        <Button kind="main" onClick={() => print()}>
          Print
        </Button>
        <Button onClick={onClose}>Back to the lab</Button>
        {snapshot.step === 0 && <p>Train a few steps first: then there are masks and curves to ask about.</p>}
        {taken.isStale && snapshot.step > 0 && (
          <p>Settings have changed since the last step. Train one more: then there are masks to ask about.</p>
        )}
      </div>
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
        <ol className="sheet-questions">
          {questions.map((question) => (
            <li key={question.text}>
              <p>{question.text}</p>
              {question.data !== null && <p className="sheet-data">{question.data}</p>}
              {question.chart ? (
                <ChartOf chart={question.chart} taken={taken} isBlank />
              ) : (
                <div className="sheet-lines" aria-hidden="true">
                  {Array.from({ length: question.lines }, (_, line) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines to write on
                    <i key={line} />
                  ))}
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
      <Answers questions={questions} taken={taken} />
    </article>
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

interface AnswersProps {
  readonly questions: readonly Question[];
  readonly taken: Taken;
}

function Answers({ questions, taken }: AnswersProps) {
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
