import { describe, expect, test } from 'vitest';
import { shareHeight } from '../../../src/ui/present/useFit';

describe('CL2 the room on a projector', () => {
  test.each([
    [400, [42, 30, 28], [100, 60, 56], [168, 120, 112]],
    [270, [42, 30, 28], [100, 95, 56], [105, 95, 70]],
    [300, [42, 0, 28], [100, 95, 56], [180, 0, 120]],
    [100, [42, 30, 28], [100, 95, 56], [100, 95, 56]],
    [0, [1], [112], [112]],
  ])('CL2 %d px are shared so that none is too low while the others have room', (room, weights, least, heights) => {
    expect(shareHeight(room, { weights, least })).toEqual(heights);
  });

  test('CL2 none is higher than it may be', () => {
    expect(shareHeight(900, { weights: [1], least: [112], most: 352 })).toEqual([352]);
  });
});
