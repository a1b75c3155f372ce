/** Figures of chapters where no worker can be had: what went wrong is said, and nothing beside it promises numbers. */
import { expect, test } from 'vitest';
import SchemesFigure from '../../../src/ui/chapters/scaling/SchemesFigure';
import TrainEvalFigure from '../../../src/ui/chapters/trainEval/TrainEvalFigure';
import { openAlone } from './openAlone';
import { until } from './openChapters';

const connect = () => new Worker(new URL('/no/such/worker.js', location.href), { type: 'module' });

test.each([
  ['four schemes', <SchemesFigure key="schemes" />],
  ['three losses', <TrainEvalFigure key="losses" />],
])('%s: the error stands alone', async (_name, figure) => {
  const container = await openAlone(figure, undefined, undefined, { connect });
  await until(() => container.querySelector('[role=alert]') !== null, 'it has failed');
  expect(container.querySelector('[role=alert]')?.textContent).toContain('blocked or missing');
  expect(container.querySelector('.chapter-wait')).toBeNull();
  // What is said to the ear is said once it has settled.
  await until(() => !container.textContent.includes('being computed'), 'the ear is told, too');
});
