/** What a teacher can do with the lab, each with a sentence. */
import { Button } from '../controls/Button';
import { useNotify, useSetView } from '../hooks/labContext';
import type { Classroom } from '../present/classroom';
import { closeModal, Modal } from '../present/Modal';
import { openSecondWindow } from '../present/secondWindow';
import { useClassState } from '../present/useClassroom';

interface ClassMenuProps {
  readonly classroom: Classroom;
  readonly onWorksheet: () => void;
  readonly onClose: () => void;
}

export function ClassMenu({ classroom, onWorksheet, onClose }: ClassMenuProps) {
  const notify = useNotify();
  const setView = useSetView();
  const { room } = useClassState(classroom);
  const entries: readonly (readonly [string, string, () => void])[] = [
    ['Present', 'Large type and no panels, with freeze, questions and a code to scan. Key P.', () => setView({ present: true })],
    [
      'Second window',
      room === null
        ? 'For the projector: it follows this one, step by step and bit for bit.'
        : 'This window leads one. Brings it to the front, or opens it again.',
      () => openSecondWindow(classroom, notify),
    ],
    ...(room === null ? [] : [['End the second window', 'Tells it to stand by itself.', classroom.stopLeading] as const]),
    ['Lesson', 'Scenes in order, with notes and questions: write one here, open one, walk it.', () => classroom.set({ panel: true })],
    ['Worksheet', 'Questions with the numbers of this run, blank charts, answers on a page of their own. To print.', onWorksheet],
  ];
  return (
    <Modal className="class-dialog class-menu" titleId="class-title" onClosed={onClose}>
      <h2 id="class-title">For a class</h2>
      <ul>
        {entries.map(([name, words, act]) => (
          <li key={name}>
            <button
              type="button"
              className="class-entry"
              onClick={(event) => {
                closeModal(event);
                onClose(); // the dialog's own word comes late where another window takes the focus
                act();
              }}
            >
              <b>{name}</b>
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="class-note">
        Under the name of the lab, wherever it rests, stand two words: the fingerprint of its weights. Screens that show the same two words
        have the same network.
      </p>
      <div className="class-buttons">
        <Button onClick={closeModal}>Close</Button>
      </div>
    </Modal>
  );
}
