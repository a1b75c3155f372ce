/** The list of keys. Loaded on demand; a native dialog keeps the focus and closes on Escape. */
import { MODES } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { closeModal, Modal } from '../present/Modal';
import { MODE_NAMES } from '../words/modes';

const KEYS: readonly (readonly [string, string])[] = [
  ['space', 'play or pause'],
  ['→', 'one step'],
  ['shift →', 'to the end of the epoch'],
  ['←', 'one step back'],
  ['R', 'reset: step 0, the same initial weights'],
  ['T  E  M', 'show train, eval, Monte-Carlo'],
  [`1 – ${MODES.length}`, `mode: ${MODES.map((mode) => MODE_NAMES[mode]).join(', ')}`],
  ['[  ]', 'drop probability down or up by 0.05'],
  ['K', 'the lab as code, and as files'],
  ['P', 'present: large type, no panels; again or Escape leaves'],
  ['F  Q  A', 'presenting: freeze the picture, ask and answer, write the question'],
  ['C  V', 'presenting: code of the address, what is shown'],
  ['page ↓  ↑', 'presenting: next and previous scene of the lesson, or page of a chapter'],
  ['?', 'this list'],
  ['arrows', 'on a figure: walk its units, cells, bins or steps; Enter acts, Escape leaves'],
];

interface HelpDialogProps {
  readonly onClose: () => void;
}

export default function HelpDialog({ onClose }: HelpDialogProps) {
  return (
    <Modal className="help" titleId="help-title" onClosed={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Button kind="main" onClick={closeModal}>
        Close
      </Button>
    </Modal>
  );
}
