/** The experiment as code and as files. Loaded on demand; a native dialog keeps the focus and closes on Escape. */
import './code.css';
import { useState } from 'react';
import { IDIOM_FRAMEWORKS, IDIOM_NAMES, type IdiomFramework } from '../../export/idioms';
import { SETTINGS } from '../../protocol/settings';
import { CONVENTIONS } from '../../store/labStore';
import { Button } from '../controls/Button';
import { SegmentedRadio } from '../controls/SegmentedRadio';
import { SelectField } from '../controls/SelectField';
import { useLabState, useSetView } from '../hooks/labContext';
import { closeModal, Modal } from '../present/Modal';
import { CONVENTION_NAMES } from '../words/convention';
import { counted, listed, sentence } from '../words/format';
import { CodeLines } from './CodeLines';
import { FilesSection } from './FilesSection';
import { RepeatSection } from './RepeatSection';
import { TaskLine } from './TaskLine';
import { type ShownIdiom, useIdiom } from './useIdiom';
import { useTask } from './useTask';

const FRAMEWORKS = IDIOM_FRAMEWORKS.map((value) => ({ value, label: IDIOM_NAMES[value] }));
const CONVENTION_CHOICES = CONVENTIONS.map((value) => ({ value, label: CONVENTION_NAMES[value] }));

interface CodeDialogProps {
  readonly onClose: () => void;
}

/** Says what changed last and where it has landed. */
function landingWords({ changed, marked }: ShownIdiom): string {
  const names = sentence(listed(changed.map((name) => SETTINGS[name].label)));
  return marked.length === 0
    ? `${names}, changed last, lands on no line.`
    : `Marked: ${counted(marked.length, 'line')} where ${listed(changed.map((name) => SETTINGS[name].label))} lands, changed last.`;
}

function IdiomSection({
  framework,
  onFramework,
}: {
  readonly framework: IdiomFramework;
  readonly onFramework: (value: IdiomFramework) => void;
}) {
  const convention = useLabState((state) => state.view.convention);
  const setView = useSetView();
  const idiom = useIdiom(framework);
  const task = useTask();
  const copy = () =>
    task.run(async () => {
      try {
        await navigator.clipboard.writeText(idiom.text);
        return 'copied';
      } catch {
        throw new Error('The browser refused: select the lines and copy them.');
      }
    });
  return (
    <section className="code-idiom" aria-label="The lab in your framework">
      <div className="code-bar">
        <SegmentedRadio<IdiomFramework>
          className="code-frameworks"
          legend="framework"
          choices={FRAMEWORKS}
          value={framework}
          onChange={onFramework}
        />
        <SelectField
          label="convention of the probability"
          choices={CONVENTION_CHOICES}
          value={convention}
          onChange={(value) => setView({ convention: value })}
        />
        <span className="code-copy">
          <TaskLine task={task} />
          <Button onClick={copy}>Copy</Button>
        </span>
      </div>
      <CodeLines label={`Code for ${IDIOM_NAMES[framework]}`} text={idiom.text} marked={idiom.marked} />
      <p className="code-note">{landingWords(idiom)}</p>
    </section>
  );
}

export default function CodeDialog({ onClose }: CodeDialogProps) {
  const [framework, setFramework] = useState<IdiomFramework>('torch');
  return (
    <Modal className="code-dialog" titleId="code-title" onClosed={onClose}>
      <div className="modal-head">
        <h2 id="code-title">This lab as code</h2>
        <Button kind="quiet" onClick={closeModal}>
          Close
        </Button>
      </div>
      <div className="code-body">
        <IdiomSection framework={framework} onFramework={setFramework} />
        <div className="code-side">
          <RepeatSection framework={framework} />
          <FilesSection />
        </div>
      </div>
    </Modal>
  );
}
