/** How the chapter "The family" lays masks out, against masks that the studies draw. */
import { expect, test } from 'vitest';
import { defaultParams } from '../../../../src/protocol/studyParams';
import { dropConnectStudy } from '../../../../src/studies/family/dropConnect';
import { maskShapesStudy } from '../../../../src/studies/family/maskShapes';
import { recurrenceStudy } from '../../../../src/studies/family/recurrence';
import { runStudy } from '../../../../src/studies/study';
import { spreadUnitMask } from '../../../../src/ui/chapters/family/DropConnectFigure';
import { unrolled } from '../../../../src/ui/chapters/family/RecurrentFigure';
import { shapeText } from '../../../../src/ui/chapters/family/ShapesFigure';
import { tabAfter } from '../../../../src/ui/chapters/family/Tabs';

test('a dropped unit takes its whole column of weights', () => {
  const { unitMask, weightMask } = runStudy(dropConnectStudy, { ...defaultParams('dropConnect'), draws: 100 });
  const spread = spreadUnitMask(unitMask, 2);
  expect([...spread]).toEqual([...unitMask, ...unitMask]);
  expect(spread).toHaveLength(weightMask.length);
});

test('the covariance that the page writes as a formula is the one in its table', () => {
  const params = { ...defaultParams('dropConnect'), draws: 100, p: 0.3 };
  const { weights, inputs, unitDropout, dropConnect } = runStudy(dropConnectStudy, params);
  const sum = inputs.reduce((total, x, k) => total + (weights[k] ?? 0) * (weights[inputs.length + k] ?? 0) * x * x, 0);
  expect(unitDropout.predictedCovariance[1]).toBeCloseTo((0.3 / 0.7) * sum, 9);
  expect(dropConnect.predictedCovariance[1]).toBe(0);
});

test('unrolled: units down, time across, of one example', () => {
  const params = { ...defaultParams('recurrence'), variational: true };
  const { stateMask } = runStudy(recurrenceStudy, params);
  const rows = unrolled(stateMask, 2, params.units);
  expect(rows).toHaveLength(params.units * params.time);
  for (let unit = 0; unit < params.units; unit++) {
    const row = rows.subarray(unit * params.time, (unit + 1) * params.time);
    expect([...row]).toEqual(Array(params.time).fill(stateMask[2 * params.units + unit]));
  }
  const fresh = runStudy(recurrenceStudy, { ...params, variational: false }).stateMask;
  expect(unrolled(fresh, 1, params.units)[3 * params.time + 5]).toBe(fresh[(5 * params.batch + 1) * params.units + 3]);
});

test('a noise shape is written with 1 where a draw is shared', () => {
  const { batch, time, features, ...rest } = defaultParams('maskShapes');
  const { shapes } = runStudy(maskShapesStudy, { batch, time, features, ...rest });
  const written = Object.values(shapes).map(({ noiseShape }) => shapeText(noiseShape, [batch, time, features]));
  expect(written).toEqual(['(B, T, F)', '(1, T, F)', '(B, 1, F)', '(B, T, 1)', '(1, 1, F)', '(B, 1, 1)']);
});

test('tabs: arrows go round, Home and End to the ends, other keys nowhere', () => {
  expect([tabAfter('ArrowRight', 5, 6), tabAfter('ArrowLeft', 0, 6), tabAfter('Home', 4, 6), tabAfter('End', 0, 6)]).toEqual([0, 5, 0, 5]);
  expect(tabAfter('Enter', 2, 6)).toBeNull();
});
