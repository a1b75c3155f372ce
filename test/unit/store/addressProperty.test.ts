/** Experiments drawn at random: each goes into an address, is opened elsewhere from that text alone, and has the same bits there. */
import { afterEach, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import { bits, key } from '../../../src/math/threefry';
import { type Field, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../../../src/protocol/settings';
import { formatAddress, parseAddress } from '../../../src/store/address';
import { experimentOf } from '../../../src/store/experiment';
import { CONVENTIONS, type ViewState } from '../../../src/store/labStore';
import { openExperiment } from '../../../src/ui/share/openExperiment';
import { channelWorker } from '../bridge/channelWorker';

const NUM_EXPERIMENTS = 16;
/** So that a run takes milliseconds; the full ranges are drawn where nothing is trained. */
const SMALL: Partial<Record<SettingName, number>> = { trainSize: 40, testSize: 20, hidden: 12, channelSize: 4, passes: 3, batchSize: 16 };
const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

/** Draws of one experiment, the same in every run of this test. */
class Dice {
  private count = 0;

  constructor(private readonly seed: number) {}

  /** A whole number from 0 to `below` - 1. */
  pick(below: number): number {
    this.count += 1;
    return bits(key(this.seed), this.count) % below;
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.pick(items.length)] as Item;
  }

  /** Ends of the range are as likely as all between. */
  number({ min, max, integer }: { min: number; max: number; integer?: boolean }, most: number): number {
    const top = Math.min(max, most);
    const end = this.pick(6);
    if (end === 0) return min;
    if (end === 1) return top;
    const value = min + ((top - min) * this.pick(1_000_003)) / 1_000_003;
    return integer ? Math.round(value) : this.oneOf([value, Math.fround(value), Number(value.toPrecision(2))]);
  }

  value(name: SettingName, isSmall: boolean): unknown {
    const field: Field<unknown> = SETTINGS[name];
    const most = (isSmall ? SMALL[name] : undefined) ?? Number.POSITIVE_INFINITY;
    switch (field.kind) {
      case 'choice':
        return this.oneOf(field.choices.filter((choice) => !isSmall || choice !== 'digits'));
      case 'number':
        return this.number(field, name === 'learningRate' && isSmall ? 0.1 : most);
      case 'numbers':
        return Array.from({ length: this.pick(field.maxLength + 1) }, () =>
          field.nullable && this.pick(3) === 0 ? null : this.number(field, most),
        );
      case 'points':
        return Array.from({ length: this.pick(4) }, () => [this.number(field, 10), this.number(field, 10), this.pick(2)]);
      default:
        return field satisfies never;
    }
  }

  /** Some settings of those that `isWanted` takes; what the parser refuses together is left out. */
  patch(lab: Lab, isSmall: boolean, isWanted: (name: SettingName) => boolean): Partial<Settings> {
    const names = SETTING_NAMES.filter((name) => isWanted(name) && this.pick(2) === 0);
    const patch = Object.fromEntries(names.map((name) => [name, this.value(name, isSmall)])) as Partial<Settings>;
    const isOpen = ['gaussian', 'alpha'].includes(patch.mode ?? lab.store.getState().settings.mode);
    const probabilities = { p: 0.37, inputP: 0.1, layerP: [0.2, null] };
    return isOpen && isWanted('p') ? { ...patch, ...probabilities } : patch;
  }

  view(): Partial<ViewState> {
    return {
      convention: this.oneOf(CONVENTIONS),
      pace: this.oneOf([60, 1, 0.5, Number.POSITIVE_INFINITY]),
      showGradients: this.pick(2) === 0,
      hidden: this.oneOf<ViewState['hidden']>([[], ['mode'], ['seed', 'chapters']]),
      focused: this.oneOf([null, { layer: 1, unit: this.pick(5) }]),
    };
  }
}

function open(settings: Partial<Settings>, view: Partial<ViewState>): Lab {
  const lab = createLab({ connect: channelWorker, settings, view });
  labs.push(lab);
  return lab;
}

const addressOf = (lab: Lab) => {
  const { settings, changes, step } = experimentOf(lab.store.getState());
  return formatAddress(settings, { changes, step, view: lab.store.getState().view });
};

test.each(Array.from({ length: NUM_EXPERIMENTS }, (_, index) => index))('AD4 experiment %i is the same elsewhere', async (index) => {
  const dice = new Dice(index);
  const here = open({ trainSize: 30, testSize: 10, hidden: [5, 4], batchSize: 10 }, { ...dice.view() });
  await here.configure(dice.patch(here, true, () => true));
  for (let change = dice.pick(4); change > 0; change--) {
    await here.advance(1 + dice.pick(12));
    await here.configure(dice.patch(here, true, (name) => SETTINGS[name].effect !== 'restart'));
  }
  await here.advance(dice.pick(12) + 1);
  if (dice.pick(3) === 0) await here.seek(dice.pick(here.step));

  const address = addressOf(here);
  const { settings, changes, step, view, notices } = parseAddress(`?${address}`);
  expect(notices, address).toEqual([]);
  const there = open(settings, { pace: 60, ...view });
  await openExperiment(there, { changes, step });
  const [mine, theirs] = [await here.snapshot(), await there.snapshot()];
  expect([theirs.step, theirs.fingerprint], address).toEqual([mine.step, mine.fingerprint]);
  expect(there.store.getState().settings, address).toEqual(here.store.getState().settings);
  expect(there.store.getState().view, address).toEqual(here.store.getState().view);
  expect(addressOf(there)).toBe(address);
});

test('AD1 settings anywhere in their ranges come back from an address as they were', () => {
  const lab = open({}, {});
  for (let index = 0; index < 300; index++) {
    const { settings } = lab.store.getState();
    const patch = new Dice(10_000 + index).patch(lab, false, () => true);
    const drawn = { ...settings, ...patch };
    const address = formatAddress(drawn);
    expect(parseAddress(`?${address}`), address).toMatchObject({ settings: drawn, notices: [] });
  }
});
