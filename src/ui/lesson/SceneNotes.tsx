/** A scene as the teacher reads it while walking: what is on the screen, the notes, the question and its answer. */

import { settingsPatch } from '../../protocol/changes';
import type { Scene } from '../../protocol/lesson';
import { DEFAULT_SETTINGS, SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import { counted, grouped, listed } from '../words/format';
import { valueText } from '../words/settings';
import { sceneSettings } from './lessonDesk';

function settingWords(patch: Partial<Settings>): readonly string[] {
  return Object.entries(patch).map(([name, value]) => `${SETTINGS[name as SettingName].label} ${valueText(name as SettingName, value)}`);
}

function besideWords(compare: Scene['compare']): string {
  if (compare === null) return '';
  const parts = settingWords(compare);
  return parts.length === 0 ? '; compared' : `; beside it B with ${listed(parts)}`;
}

/** Says what a scene shows: "drop rate p 0.30, mode gaussian; at step 40". */
export function sceneWords(scene: Scene): string {
  const patch = settingsPatch(DEFAULT_SETTINGS, sceneSettings(scene));
  const parts = settingWords(patch);
  const settings = parts.length === 0 ? 'the settings of the start' : listed(parts);
  const changes = scene.changes.length === 0 ? '' : `, ${counted(scene.changes.length, 'change')} on the way`;
  const place = scene.step === null ? 'training from step 0' : `still at step ${grouped(scene.step)}`;
  return `${settings}${changes}; ${place}${besideWords(scene.compare)}.`;
}

export function SceneNotes({ scene }: { readonly scene: Scene }) {
  const { notes, prompt } = scene;
  return (
    <section className="lesson-notes" aria-label="Notes">
      <p className="lesson-shows">{sceneWords(scene)}</p>
      {notes !== '' && <p className="lesson-text">{notes}</p>}
      {prompt && (
        <>
          <p className="lesson-question">{prompt.question}</p>
          {prompt.options.length > 0 && <p className="lesson-shows">{prompt.options.join('  ·  ')}</p>}
          {prompt.answer !== '' && (
            <details className="lesson-answer">
              <summary>Answer</summary>
              {prompt.answer}
            </details>
          )}
        </>
      )}
    </section>
  );
}
