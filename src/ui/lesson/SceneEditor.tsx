/** The words of a scene, to be written; what it shows is taken from the screen. */
import { useState } from 'react';
import { MAX_OPTIONS, MAX_TEXT, type Prompt, type Scene } from '../../protocol/lesson';
import { Button } from '../controls/Button';
import type { LessonDesk } from './lessonDesk';
import { sceneWords } from './SceneNotes';

interface SceneEditorProps {
  readonly desk: LessonDesk;
  readonly index: number;
  readonly scene: Scene;
}

const NO_PROMPT: Prompt = { question: '', options: [], answer: '' };

export function SceneEditor({ desk, index, scene }: SceneEditorProps) {
  const prompt = scene.prompt ?? NO_PROMPT;
  // Choices are typed as lines; an empty line that is being typed is none yet.
  const [lines, setLines] = useState({ index, text: prompt.options.join('\n') });
  const text = lines.index === index ? lines.text : prompt.options.join('\n');
  const ask = (patch: Partial<Prompt>) => {
    const next = { ...prompt, ...patch };
    const isEmpty = next.question === '' && next.answer === '' && next.options.length === 0;
    desk.change(index, { prompt: isEmpty ? null : next });
  };
  return (
    <section className="lesson-editor" aria-label="This scene">
      <label className="class-field">
        <span>Title, shown to the class</span>
        <input
          type="text"
          maxLength={MAX_TEXT}
          value={scene.title}
          onChange={(event) => desk.change(index, { title: event.currentTarget.value })}
        />
      </label>
      <label className="class-field">
        <span>Notes, for you alone</span>
        <textarea
          maxLength={MAX_TEXT}
          rows={4}
          value={scene.notes}
          onChange={(event) => desk.change(index, { notes: event.currentTarget.value })}
        />
      </label>
      <label className="class-field">
        <span>Question to predict the answer of</span>
        <textarea
          maxLength={MAX_TEXT}
          rows={2}
          value={prompt.question}
          onChange={(event) => ask({ question: event.currentTarget.value })}
        />
      </label>
      <label className="class-field">
        <span>Choices, one a line (none, or up to {MAX_OPTIONS})</span>
        <textarea
          rows={2}
          maxLength={MAX_TEXT}
          value={text}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setLines({ index, text: typed });
            ask({
              options: typed
                .split('\n')
                .filter((line) => line.trim() !== '')
                .slice(0, MAX_OPTIONS),
            });
          }}
        />
      </label>
      <label className="class-field">
        <span>Answer, hidden from the class until you show it</span>
        <input type="text" maxLength={MAX_TEXT} value={prompt.answer} onChange={(event) => ask({ answer: event.currentTarget.value })} />
      </label>
      <p className="lesson-shows">Shows {sceneWords(scene)}</p>
      <div className="class-buttons">
        <Button onClick={() => desk.retake(index)}>Take the screen as it is now</Button>
        <Button aria-pressed={scene.step === null} onClick={() => desk.change(index, { step: scene.step === null ? 0 : null })}>
          {scene.step === null ? 'Starts by itself' : 'Stands still'}
        </Button>
      </div>
    </section>
  );
}
