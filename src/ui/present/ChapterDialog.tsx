/** What the projector shows: the lab, or one of the chapters. Links, so that the address says which and back leads back. */

import { CHAPTERS } from '../chapters/chapterList';
import { Button } from '../controls/Button';
import { closeModal, Modal } from './Modal';

interface ChapterDialogProps {
  readonly currentId: string | null;
  readonly onClose: () => void;
}

export default function ChapterDialog({ currentId, onClose }: ChapterDialogProps) {
  const entries = [{ id: null, title: 'The lab' }, ...CHAPTERS];
  return (
    <Modal className="class-dialog" titleId="chapter-choice" onClosed={onClose}>
      <h2 id="chapter-choice">On the projector</h2>
      <ul className="chapter-choice">
        {entries.map(({ id, title }) => (
          <li key={title}>
            <a href={`#${id ?? 'figures'}`} aria-current={id === currentId ? 'page' : undefined} onClick={closeModal}>
              {title}
            </a>
          </li>
        ))}
      </ul>
      <p className="class-note">A second window shows the same chapter, its page and what is set in it.</p>
      <div className="class-buttons">
        <Button onClick={closeModal}>Close</Button>
      </div>
    </Modal>
  );
}
