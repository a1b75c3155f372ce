/** Stories of what all chapters share: the contents, a question before and after its answer, code with a missing line. */
import { CHAPTERS } from '../../../../src/ui/chapters/chapterList';
import { CodeBox } from '../../../../src/ui/chapters/shell/CodeBox';
import { Contents } from '../../../../src/ui/chapters/shell/Contents';
import { Prediction, type PredictionSpec } from '../../../../src/ui/chapters/shell/Prediction';
import { loopCode } from '../../../../src/ui/chapters/trainEval/trainEvalWords';
import { story } from '../../registry';
import { StoryHost } from './storyHost';

const spec: PredictionSpec = {
  question: 'Drop 0.20 = keep 0.80. A cell that is kept holds 1.00. What does it hold after dropout in training?',
  choices: [
    { id: 'down', label: '0.80' },
    { id: 'same', label: '1.00' },
    { id: 'up', label: '1.25' },
  ],
  answer: 'up',
  reveal: 'Survivors are divided by keep: 1.00 ÷ 0.80 = 1.25.',
};

for (const [name, answers] of [
  ['asked', {}],
  ['right', { a: 'up' }],
  ['wrong', { a: 'down' }],
] as const) {
  story(
    `chapters/prediction-${name}`,
    () => (
      <StoryHost answers={answers}>
        <Prediction chapterId="a" spec={spec} />
      </StoryHost>
    ),
    { width: 640 },
  );
}

story(
  'chapters/contents',
  () => (
    <StoryHost answers={{ 'one-tensor': 'up', 'four-worlds': 'keep' }}>
      <Contents entries={CHAPTERS} currentId="divide-by-keep" onPrint={() => undefined} />
    </StoryHost>
  ),
  { width: 220 },
);

story('chapters/code-missing-line', () => <CodeBox title="PyTorch" lines={loopCode({ forgotEval: true, forgotTrain: false })} />, {
  width: 360,
});
