/**
 * What suits each data set, where the defaults do not: found by runs of 2000 steps, in which dropout stays ahead of no dropout on the test
 * points, or on the wave opens its band of doubt where there are no data. Only the screen's own choice of data brings these along; an
 * address or the handle sets what it names and no more.
 */
import { changedNames } from '../../protocol/changes';
import { type DatasetName, DEFAULT_SETTINGS, type SettingName, type Settings } from '../../protocol/settings';

export const COMPANIONS: Readonly<Record<DatasetName, Partial<Settings>>> = {
  moons: {},
  circles: { hidden: [48, 24], p: 0.2, trainSize: 72 },
  xor: { hidden: [24, 12], p: 0.2 },
  spiral: { hidden: [32, 32], p: 0.2, trainSize: 192, noise: 0.1, labelNoise: 0.05 },
  gaussians: {},
  wave: { hidden: [64, 64], p: 0.1, optimizer: 'adam', learningRate: 0.01 },
  digits: { hidden: [64], learningRate: 0.05, trainSize: 480, batchSize: 32 },
};

/** Returns the change to another data set: settings that stand as they suited the old one follow to what suits the new. */
export function followDataset(settings: Settings, dataset: DatasetName): Partial<Settings> {
  const before = { ...settings, ...DEFAULT_SETTINGS, ...COMPANIONS[settings.dataset] };
  const after = { ...settings, ...DEFAULT_SETTINGS, ...COMPANIONS[dataset] };
  const touched = new Set<SettingName>(changedNames(settings, before));
  const following = changedNames(before, after).filter((name) => !touched.has(name) && name !== 'dataset');
  return { dataset, ...Object.fromEntries(following.map((name) => [name, after[name]])) };
}
