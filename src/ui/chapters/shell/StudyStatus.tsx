/** How a study is getting on: progress, time left and Cancel while it runs; what went wrong, and a way to start again, when it does not. */
import type { StudyName } from '../../../protocol/studyParams';
import { Button } from '../../controls/Button';
import { counted } from '../../words/format';
import type { StudyView } from './useStudy';

interface StudyStatusProps<Name extends StudyName> {
  readonly view: StudyView<Name>;
  /** What is running, e.g. "two trainings of 300 steps". */
  readonly what: string;
  /** Text of the button that starts it. */
  readonly startLabel?: string;
}

export function StudyStatus<Name extends StudyName>({ view, what, startLabel = 'Run' }: StudyStatusProps<Name>) {
  const { state, progress, secondsLeft, message } = view;
  if (state === 'running' || state === 'queued') {
    const left = secondsLeft === null ? '' : `, about ${counted(Math.max(1, Math.ceil(secondsLeft)), 'second')} left`;
    return (
      <div className="study-status">
        <progress value={progress} max={1} aria-label={what} />
        <span className="study-words">{state === 'queued' ? `${what}: waiting for its turn` : `${what}${left}`}</span>
        <Button kind="quiet" onClick={view.cancel}>
          Cancel
        </Button>
      </div>
    );
  }
  const words = { idle: what, done: `${what}: done`, cancelled: `${what}: stopped`, failed: message }[state];
  return (
    <div className="study-status">
      <span className={`study-words ${state === 'failed' ? 'study-failed' : ''}`} role={state === 'failed' ? 'alert' : undefined}>
        {words}
      </span>
      <Button kind={state === 'done' ? 'quiet' : 'plain'} onClick={view.start}>
        {state === 'idle' ? startLabel : 'Run again'}
      </Button>
    </div>
  );
}
