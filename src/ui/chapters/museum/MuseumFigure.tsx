/** The museum: a list of bugs, each with its story, its code and a training that has it next to one that has not. */
import './museum.css';
import { useId } from 'react';
import { BUG_IDS, BUGS, type BugId } from '../../../protocol/bugs';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { SelectField } from '../../controls/SelectField';
import { useMedia } from '../../hooks/useMedia';
import { bothWays, writesKeep } from '../../words/convention';
import { CodeBox } from '../shell/CodeBox';
import { FigureBox } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { StudyStatus } from '../shell/StudyStatus';
import { Evidence, evidenceTable } from './Evidence';
import { INSTRUMENT_NAMES, verdict } from './readings';
import { type MuseumState, useMuseum } from './useMuseum';

/** Where the list of bugs does not fit beside the exhibit. */
const NARROW = '(max-width: 1023px)';
const CHOICES = BUG_IDS.map((id) => ({ value: id, label: BUGS[id].title }));

function BugList({ bug, choose }: Pick<MuseumState, 'bug' | 'choose'>) {
  const name = useId();
  return (
    <fieldset className="bug-list">
      <legend className="bug-list-title">{BUG_IDS.length} bugs, each from somebody’s code</legend>
      {CHOICES.map(({ value, label }) => (
        <label key={value} className="bug-choice">
          <input type="radio" name={name} checked={value === bug} onChange={() => choose(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Marks the lines that the other version has not. */
function marked(lines: readonly string[], others: readonly string[]) {
  return lines.map((text) => (others.includes(text) ? text : ({ text, kind: 'marked' } as const)));
}

function Story({ bug }: { readonly bug: BugId }) {
  const { convention } = useHost();
  const { title, story, source, wrongCode, rightCode, fix } = BUGS[bug];
  return (
    <div className="bug-story">
      <div>
        <h4 className="bug-story-title">{title}</h4>
        <p className="bug-story-text">
          {story} <a href={source.link}>{source.words}</a>
        </p>
        <p className="bug-story-text">
          <strong>The fix.</strong> {fix}
          {writesKeep(convention) && ' In this code, and in what is said of it, p is the probability to drop.'}
        </p>
      </div>
      <div className="bug-story-code">
        <CodeBox title="as found, in short" lines={marked(wrongCode, rightCode)} />
        <CodeBox title="mended" lines={marked(rightCode, wrongCode)} />
      </div>
    </div>
  );
}

function Conditions({ state }: { readonly state: MuseumState }) {
  const { convention } = useHost();
  const { bug, shownAt, setShownAt, view, isHalfTold } = state;
  const isKnownAtHalf = isHalfTold || shownAt === 'half';
  const card = BUGS[bug];
  return (
    <div className="museum-conditions">
      <SegmentedRadio
        legend="drop probability of the two trainings"
        choices={[
          { value: 'own', label: bothWays(convention, card.p) },
          { value: 'half', label: `one half: ${card.hiddenAtHalf || !isKnownAtHalf ? 'does it still show?' : 'it still shows'}` },
        ]}
        value={shownAt}
        onChange={setShownAt}
      />
      {isKnownAtHalf && <span className="museum-hidden">{card.hiddenAtHalf ? 'p = 0.5 hides it.' : 'p = 0.5 does not hide it.'}</span>}
      <StudyStatus view={view} what="two trainings of 400 steps" />
    </div>
  );
}

function Look({ state: { bug, instrument } }: { readonly state: MuseumState }) {
  const card = BUGS[bug];
  return (
    <p className="museum-look">
      <strong>{INSTRUMENT_NAMES[card.betrayedBy]}</strong> give it away. {card.signature}
      {instrument !== card.betrayedBy && ` You are looking at ${INSTRUMENT_NAMES[instrument].toLowerCase()}.`}
    </p>
  );
}

export function MuseumView({ state }: { readonly state: MuseumState }) {
  const { bug, instrument, setInstrument, view } = state;
  const card = BUGS[bug];
  const { result, isStale } = view;
  const isNarrow = useMedia(NARROW);
  const found = result === null || isStale ? '' : verdict(result);
  return (
    <FigureBox
      title="The museum"
      study={view}
      summary={`${card.title}. ${found}`}
      table={evidenceTable(result, `${card.title}: what the instruments read`)}
      {...(isNarrow && { controls: <SelectField<BugId> label="bug" choices={CHOICES} value={bug} onChange={state.choose} /> })}
    >
      <div className="museum">
        {!isNarrow && <BugList bug={bug} choose={state.choose} />}
        <div className="exhibit">
          <div className="museum-case">
            <Story bug={bug} />
            <Conditions state={state} />
          </div>
          <div className="museum-case">
            <Look state={state} />
            <p className="museum-verdict">{found}</p>
            {result === null ? (
              <p className="evidence-wait">Both networks start from the same weights, on the same data, with the same masks.</p>
            ) : (
              <Evidence
                result={result}
                shown={instrument}
                onShow={setInstrument}
                betrayer={result.signature?.holds === false ? null : card.betrayedBy}
                isStale={isStale}
              />
            )}
          </div>
        </div>
      </div>
    </FigureBox>
  );
}

export default function MuseumFigure() {
  return <MuseumView state={useMuseum()} />;
}
