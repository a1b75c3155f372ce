/** The browser's half of engineBits.ts. */
import { expect, test } from 'vitest';
import { EXPECTED_NUMBERS, studyNumbers } from '../../unit/studies/engineBits';

test('DT1 studies have the same bits in the browser as in Node', async () => {
  expect(await studyNumbers()).toEqual(EXPECTED_NUMBERS);
});
