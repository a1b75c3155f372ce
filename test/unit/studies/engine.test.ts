/** Node's half of engineBits.ts. */
import { expect, test } from 'vitest';
import { EXPECTED_NUMBERS, studyNumbers } from './engineBits';

test('DT1 studies have the same bits in Node as in the browser', async () => {
  expect(await studyNumbers()).toEqual(EXPECTED_NUMBERS);
});
