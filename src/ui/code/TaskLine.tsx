/** Says what is under way and how it ended, where the eye is and for the ear. */
import { Button } from '../controls/Button';
import type { Task } from './useTask';

export function TaskLine({ task }: { readonly task: Task }) {
  const { text, isError, isBusy, progress } = task;
  return (
    <div className="code-task">
      <p role="status">{isError ? '' : text}</p>
      {isError && (
        <p className="is-error" role="alert">
          {text}
        </p>
      )}
      {isBusy && progress !== null && (
        // Not for the ear: it would be told of every step.
        <>
          <progress value={progress.share} aria-label={progress.words} />
          <span>{progress.words}</span>
        </>
      )}
      {isBusy && (
        <Button kind="quiet" onClick={task.cancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
