/** What stands on the projector and what is left out: the same names as `hide=` in the address. */
import { CONTROL_NAMES, CONTROLS, type ControlName } from '../../store/controls';
import { Button } from '../controls/Button';
import { Toggle } from '../controls/Toggle';
import { useLabState, useSetView } from '../hooks/labContext';
import { closeModal, Modal } from './Modal';

/** Parts that present mode has; the others it never shows. */
const PARTS: readonly ControlName[] = [
  'diagram',
  'equation',
  'masks',
  'activations',
  'belief',
  'loss',
  'story',
  'transport',
  'mode',
  'p',
  'phase',
  'counters',
  'words',
  'compare',
];

interface ShownDialogProps {
  readonly onClose: () => void;
}

export function ShownDialog({ onClose }: ShownDialogProps) {
  const hidden = useLabState((state) => state.view.hidden);
  const setView = useSetView();
  const show = (name: ControlName, isShown: boolean) => {
    setView({ hidden: CONTROL_NAMES.filter((each) => (each === name ? !isShown : hidden.includes(each))) });
  };
  return (
    <Modal className="class-dialog" titleId="shown-title" onClosed={onClose}>
      <h2 id="shown-title">What the class sees</h2>
      <div className="shown-list">
        {PARTS.map((name) => (
          <Toggle key={name} label={CONTROLS[name]} checked={!hidden.includes(name)} onChange={(isShown) => show(name, isShown)} />
        ))}
      </div>
      <div className="class-buttons">
        <Button kind="main" onClick={closeModal}>
          Close
        </Button>
      </div>
    </Modal>
  );
}
