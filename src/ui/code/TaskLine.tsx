/** Says what is under way and how it ended, where the eye is and for the ear. */
import { Button } from '../controls/Button';
import type { Task } from './useTask';

export function TaskLine({ task }: { readonly task: Task }) {
  const { text, isError, isBusy, progress } = task;
  return (
    <div className="code-task">
      <p className={isError ? 'is-error' : ''} role={isError ? 'alert' : 'status'}>
        {text}
      </p>
      {isBusy && progress !== null && <progress value={progress} aria-label="progress" />}
      {isBusy && (
        <Button kind="quiet" onClick={task.cancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
