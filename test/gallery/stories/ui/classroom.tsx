/** Stories of the classroom: the question band, a scene's notes, the charts of a worksheet. */
import '../../../../src/ui/lesson/lesson.css';
import '../../../../src/ui/present/dialog.css';
import '../../../../src/ui/present/present.css';
import '../../../../src/ui/worksheet/worksheet.css';
import type { Scene } from '../../../../src/protocol/lesson';
import { DEFAULT_SETTINGS } from '../../../../src/protocol/settings';
import type { CurvePoint } from '../../../../src/protocol/snapshot';
import { SceneNotes } from '../../../../src/ui/lesson/SceneNotes';
import { PromptBand } from '../../../../src/ui/present/PromptBand';
import { HistogramChart, LossChart } from '../../../../src/ui/worksheet/charts';
import { story } from '../../registry';

const nothing = () => undefined;
const PROMPT = {
  question: 'Four in ten units sit out. What does the next layer receive on average?',
  options: ['the same as in eval', '0.6 of it', '0.4 of it'],
  answer: '0.6 of it',
};
const SCENE: Scene = {
  title: 'What is left of the mean?',
  settings: { mode: 'standard', p: 0.4, seed: 0 },
  changes: [{ step: 40, patch: { p: 0.2 } }],
  step: 120,
  phase: 'train',
  compare: null,
  hide: [],
  notes: 'Wait for hands.\nThen ask why.',
  prompt: PROMPT,
};
const CURVES: readonly CurvePoint[] = Array.from({ length: 20 }, (_, index) => ({
  step: index * 10,
  trainMasked: 0.9 - index * 0.02 + (index % 3) * 0.05,
  trainEval: 0.8 - index * 0.022,
  test: 0.82 - index * 0.02,
  trainAccuracy: 0.8,
  testAccuracy: 0.8,
}));
const HISTOGRAM = {
  low: 0,
  high: 4,
  train: [0.62, 0.08, 0.07, 0.06, 0.05, 0.04, 0.04, 0.04],
  eval: [0.34, 0.2, 0.14, 0.12, 0.1, 0.06, 0.04, 0],
};

story('class/question', () => <PromptBand prompt={PROMPT} isTold={false} onTurn={nothing} />, { width: 1100 });
story('class/answer', () => <PromptBand prompt={PROMPT} isTold onTurn={nothing} />, { width: 1100 });
story('class/scene-notes', () => <SceneNotes scene={SCENE} />, { width: 340 });
for (const isBlank of [true, false]) {
  story(
    `class/charts-${isBlank ? 'blank' : 'drawn'}`,
    () => (
      <div className="worksheet" data-theme="light">
        <LossChart snapshot={{ settings: DEFAULT_SETTINGS, curves: [...CURVES], step: 190 }} isBlank={isBlank} />
        <HistogramChart data={HISTOGRAM} isBlank={isBlank} />
      </div>
    ),
    { width: 620, themes: ['light'] },
  );
}
