/** A lesson comes and goes as a file: saved, opened by dialog or drop, or linked. What is refused is said, and nothing is lost. */
import { type DragEvent, useId, useState } from 'react';
import { saveFile } from '../code/saveFile';
import { Button } from '../controls/Button';
import type { LessonDesk } from './lessonDesk';

interface LessonFilesProps {
  readonly desk: LessonDesk;
  readonly canSave: boolean;
  readonly onLink: () => void;
  readonly onOpened: () => void;
}

/** Names a file after the lesson: letters, digits and dashes. */
function fileName(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${plain || 'lesson'}.lesson.json`;
}

export function LessonFiles({ desk, canSave, onLink, onOpened }: LessonFilesProps) {
  const inputId = useId();
  const [isOver, setIsOver] = useState(false);
  const mayLose = () => !desk.get().isChanged || confirm('The lesson that is open is in no file. Go on and lose it?');
  const open = async (file: File | undefined) => {
    if (!file || !mayLose()) return;
    try {
      desk.open(await file.text());
      onOpened();
    } catch (error) {
      desk.say(`${file.name}: ${error instanceof Error ? error.message : String(error)}. Nothing has changed.`);
    }
  };
  const onDrag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    event.stopPropagation();
    setIsOver(over);
  };
  const save = () => {
    saveFile(fileName(desk.get().lesson.title), desk.file(), 'application/json');
    desk.saved();
  };
  return (
    <section
      className="lesson-files"
      aria-label="Lesson file"
      data-over={isOver}
      onDragOver={(event) => onDrag(event, true)}
      onDragLeave={(event) => onDrag(event, false)}
      onDrop={(event) => {
        onDrag(event, false);
        void open(event.dataTransfer.files[0]);
      }}
    >
      <Button disabled={!canSave} onClick={save}>
        Save
      </Button>
      <Button disabled={!canSave} onClick={onLink}>
        Link
      </Button>
      <label className="button lesson-open" htmlFor={inputId}>
        Open
        <input
          id={inputId}
          className="visually-hidden"
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <Button disabled={!canSave} onClick={() => mayLose() && desk.clear()}>
        New
      </Button>
      <p>or drop a lesson file here</p>
    </section>
  );
}
