/** Where the teacher types a question and its answer. The answer is typed in dots, for the class may be watching. */
import { type MouseEvent, useState } from 'react';
import { MAX_OPTIONS, type Prompt } from '../../protocol/lesson';
import { Button } from '../controls/Button';
import { Toggle } from '../controls/Toggle';
import { closeModal, Modal } from './Modal';

interface PromptDialogProps {
  readonly prompt: Prompt | null;
  readonly onAsk: (prompt: Prompt | null) => void;
  readonly onClose: () => void;
}

const EMPTY: Prompt = { question: '', options: [], answer: '' };

export function PromptDialog({ prompt, onAsk, onClose }: PromptDialogProps) {
  const [draft, setDraft] = useState(prompt ?? EMPTY);
  const [isSeen, setIsSeen] = useState(false);
  const options = draft.options.map((option) => option.trim()).filter((option) => option !== '');
  const ask = (event: MouseEvent<HTMLButtonElement>) => {
    onAsk(draft.question.trim() === '' ? null : { ...draft, options });
    closeModal(event);
  };
  return (
    <Modal className="class-dialog" titleId="prompt-title" onClosed={onClose}>
      <h2 id="prompt-title">Ask the class</h2>
      <label className="class-field">
        <span>Question</span>
        <textarea rows={2} value={draft.question} onChange={(event) => setDraft({ ...draft, question: event.currentTarget.value })} />
      </label>
      <label className="class-field">
        <span>Choices, one a line (none, or up to {MAX_OPTIONS})</span>
        <textarea
          rows={3}
          value={draft.options.join('\n')}
          onChange={(event) => setDraft({ ...draft, options: event.currentTarget.value.split('\n').slice(0, MAX_OPTIONS) })}
        />
      </label>
      <label className="class-field">
        <span>Answer, hidden until you press Q</span>
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          className={isSeen ? '' : 'is-masked'}
          value={draft.answer}
          onChange={(event) => setDraft({ ...draft, answer: event.currentTarget.value })}
        />
      </label>
      <Toggle label="show the answer while I type" checked={isSeen} onChange={setIsSeen} />
      <div className="class-buttons">
        <Button kind="main" onClick={ask}>
          {draft.question.trim() === '' ? 'Ask nothing' : 'Ask'}
        </Button>
        <Button onClick={closeModal}>Cancel</Button>
      </div>
    </Modal>
  );
}
