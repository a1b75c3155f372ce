/** A correct training beside one with a bug: six readings to choose from, and the chosen instrument drawn for both. */
import { useId } from 'react';
import type { Betrayer } from '../../../protocol/bugs';
import type { BugResult } from '../../../protocol/studyResults';
import type { NumberTable } from '../shell/FigureBox';
import { Instrument } from './Instruments';
import { INSTRUMENT_NAMES, INSTRUMENTS, readInstrument } from './readings';

interface EvidenceProps {
  readonly result: BugResult;
  readonly shown: Betrayer;
  readonly onShow: (instrument: Betrayer) => void;
  /** The instrument that gives the bug away; null while that is a question. */
  readonly betrayer: Betrayer | null;
  readonly isStale: boolean;
}

export function Evidence({ result, shown, onShow, betrayer, isStale }: EvidenceProps) {
  const name = useId();
  const { correct, wrong, totalSteps } = result;
  return (
    <div className={`evidence ${isStale ? 'is-stale' : ''}`}>
      <fieldset className="readings">
        <legend className="visually-hidden">instrument</legend>
        {INSTRUMENTS.map((instrument) => (
          <label key={instrument} className="reading">
            <input type="radio" name={name} checked={instrument === shown} onChange={() => onShow(instrument)} />
            <span className="reading-name">
              {INSTRUMENT_NAMES[instrument]}
              {instrument === betrayer && <span className="reading-tell">gives it away</span>}
            </span>
            <span className="reading-values">
              <span>{readInstrument(instrument, correct)}</span>
              <span className="reading-wrong">{readInstrument(instrument, wrong)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="evidence-pair">
        <div>
          <h4 className="evidence-title">done right</h4>
          <Instrument instrument={shown} run={correct} other={wrong} totalSteps={totalSteps} />
        </div>
        <div>
          <h4 className="evidence-title evidence-wrong">with the bug</h4>
          <Instrument instrument={shown} run={wrong} other={correct} totalSteps={totalSteps} />
        </div>
      </div>
    </div>
  );
}

/** Returns the readings of both runs as a table. */
export function evidenceTable(result: BugResult | null, caption: string): NumberTable {
  return {
    caption,
    headers: ['instrument', 'done right', 'with the bug'],
    rows:
      result === null
        ? []
        : INSTRUMENTS.map((instrument) => [
            INSTRUMENT_NAMES[instrument],
            readInstrument(instrument, result.correct),
            readInstrument(instrument, result.wrong),
          ]),
  };
}
