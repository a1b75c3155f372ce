/** Things to know above the figures: a refused setting, or a warning about the combination of settings. */
import { Button } from '../controls/Button';
import { useSettings } from '../hooks/labContext';
import { warnings } from '../words/modes';

interface NoticesProps {
  /** A line for each thing. */
  readonly message: string | null;
  readonly onDismiss: () => void;
}

export function Notices({ message, onDismiss }: NoticesProps) {
  const settings = useSettings();
  return (
    <div className="notices">
      <div role="alert">
        {message !== null && (
          <div className="notice notice-refused">
            <Lines text={message} />
            <Button kind="quiet" onClick={onDismiss}>
              Dismiss
            </Button>
          </div>
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

/** Several things at once are a list, so that each can be told from the next. */
function Lines({ text }: { readonly text: string }) {
  const lines = text.split('\n');
  if (lines.length === 1) return <p>{text}</p>;
  return (
    <ul>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
        <li key={index}>{line}</li>
      ))}
    </ul>
  );
}
