/** Things to know above the figures: a refused setting, or a warning about the combination of settings. */
import { Button } from '../controls/Button';
import { useSettings } from '../hooks/labContext';
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
