/**
 * Saves the study of a figure as a JAX script that runs it over seeds and p. What is on the screen goes along, so only a study that is
 * done can be saved. The writer of the scripts is loaded when somebody asks for one.
 */
import { useState } from 'react';
import type { StudyName } from '../../../protocol/studyParams';
import { saveFile } from '../../code/saveFile';
import type { StudyState, StudyView } from './useStudy';

const NOT_YET: Readonly<Record<StudyState, string>> = {
  idle: 'The study has not run yet.',
  queued: 'The study has to be done first.',
  running: 'The study has to be done first.',
  cancelled: 'The study was stopped before it was done.',
  failed: 'The study failed.',
  done: '',
};

interface SweepButtonProps {
  /** Title of the figure. */
  readonly title: string;
  readonly view: StudyView<StudyName>;
}

export function SweepButton({ title, view }: SweepButtonProps) {
  const { study, params, result, state, isStale } = view;
  const [said, setSaid] = useState({ of: '', text: '' });
  const isReady = state === 'done' && !isStale && result !== null;
  const now = `${state} ${JSON.stringify(params)}`;
  const say = (text: string) => setSaid({ of: now, text });
  const save = async () => {
    if (!isReady) {
      say(NOT_YET[state] || NOT_YET.running);
      return;
    }
    try {
      const { createStudySweep } = await import('../../../export/sweeps');
      const { name, content, type } = createStudySweep(study, { params, result });
      saveFile(name, content, type);
      say(`Saved ${name}.`);
    } catch (error) {
      say(`The script could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <>
      <button
        type="button"
        className="table-toggle sweep-button"
        aria-disabled={!isReady}
        aria-label={`${title} as a JAX sweep (.py)`}
        title="A script that runs this study over seeds and p, on whatever devices JAX has"
        onClick={() => void save()}
      >
        JAX sweep (.py)
      </button>{' '}
      <span className="sweep-words" role="status">
        {said.of === now ? said.text : ''}
      </span>
    </>
  );
}
