/** A data set chosen on the screen brings along what suits it, but never touches what somebody has set. */
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../src/protocol/parse';
import { DATASETS, DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import { COMPANIONS, followDataset } from '../../../src/ui/lab/datasetCompanions';

const choose = (settings = DEFAULT_SETTINGS, dataset: (typeof DATASETS)[number] = 'wave') =>
  parseSettings(followDataset(settings, dataset), settings);

describe('the companions of a data set', () => {
  it.each(DATASETS)('%s: come in one valid change, and go again with the way back', (dataset) => {
    const there = choose(DEFAULT_SETTINGS, dataset);
    expect(there).toEqual({ ...DEFAULT_SETTINGS, dataset, ...COMPANIONS[dataset] });
    expect(choose(there, 'moons')).toEqual(DEFAULT_SETTINGS);
    for (const other of DATASETS) expect(choose(there, other)).toEqual({ ...DEFAULT_SETTINGS, dataset: other, ...COMPANIONS[other] });
  });

  it('leave alone what was set by hand, there and back', () => {
    const mine = parseSettings({ p: 0.3, hidden: [5], seed: 0 }, DEFAULT_SETTINGS);
    expect(choose(mine, 'wave')).toEqual({ ...DEFAULT_SETTINGS, ...COMPANIONS.wave, dataset: 'wave', p: 0.3, hidden: [5], seed: 0 });
    expect(choose(choose(mine, 'digits'), 'moons')).toEqual(mine);
  });
});
