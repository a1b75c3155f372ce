/** Things to know above the figures: a refused setting, a warning about the combination of settings, a pass that was not trained. */
import { Button } from '../controls/Button';
import { useLabState, useNumbers, useSettings } from '../hooks/labContext';
import { warnings } from '../words/modes';

interface NoticesProps {
  readonly message: string | null;
  readonly onDismiss: () => void;
}

export function Notices({ message, onDismiss }: NoticesProps) {
  const settings = useSettings();
  return (
    <div className="notices">
      <div role="alert">
        {message !== null && (
          <p className="notice notice-refused">
            {message}
            <Button kind="quiet" onClick={onDismiss}>
              Dismiss
            </Button>
          </p>
        )}
      </div>
      <div role="status">
        {warnings(settings).map((warning) => (
          <p key={warning} className="notice">
            {warning}
          </p>
        ))}
      </div>
    </div>
  );
}

/** Says that the pass on show was run for show only. */
export function RehearsalLabel() {
  const numbers = useNumbers();
  const isBooting = useLabState((state) => state.run.phase === 'booting');
  if (isBooting || numbers?.header.rehearsal !== 1) return null;
  return <p className="rehearsal">Rehearsal: this pass was run for show, nothing was trained by it.</p>;
}
