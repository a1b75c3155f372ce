/**
 * What a script has to be able to do, read off the record of a run: which modes ever apply, whether weights decay, what was changed when.
 * A script carries only what its run needs, so that it stays short enough to be read.
 */
import { datasetShape, type Loss, layerSizes } from '../../protocol/network';
import { dropProbability, type MaskScope, type Mode, type Settings } from '../../protocol/settings';
import type { RunRecord } from '../record';

export const FRAMEWORKS = ['numpy', 'torch', 'keras', 'jax', 'nnx'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export const FRAMEWORK_NAMES: Readonly<Record<Framework, string>> = {
  numpy: 'NumPy',
  torch: 'PyTorch',
  keras: 'Keras 3',
  jax: 'JAX',
  nnx: 'Flax nnx',
};

/** The settings that may change while a network trains, with p resolved for the input and each hidden layer. */
export interface Live {
  readonly mode: Mode;
  readonly p: readonly number[];
  readonly maskScope: MaskScope;
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly maxNorm: number;
}

export interface Plan {
  readonly record: RunRecord;
  readonly settings: Settings;
  readonly sizes: readonly number[];
  readonly loss: Loss;
  readonly start: Live;
  /** From which step on, and what is then different from before. */
  readonly changes: readonly { readonly step: number; readonly patch: Partial<Live> }[];
  readonly modes: readonly Mode[]; // all that are ever in force
  readonly maskModes: readonly Mode[]; // of these, those that draw a 0/1 mask per unit
  readonly unitModes: readonly Mode[]; // and those that act on units at all
  readonly scopes: readonly MaskScope[];
  readonly hasDropConnect: boolean;
  readonly hasShift: boolean; // 'alpha' adds something, the others only multiply
  readonly hasFullDrop: boolean; // p = 1 somewhere, where 1 / (1 − p) must not be computed
  readonly decays: boolean;
  readonly clips: boolean;
  /** Adam's first decay, β₁, was changed by hand: its bias is then the product of all decays so far, not a power of the present one. */
  readonly changesAdam: boolean;
}

const MASK_MODES: readonly Mode[] = ['standard', 'inverted', 'unscaled', 'alpha', 'spatial'];
const DIVIDING_MODES: readonly Mode[] = ['inverted', 'spatial', 'dropconnect'];

function liveOf(settings: Settings): Live {
  const { mode, maskScope, learningRate, momentum, weightDecay, maxNorm } = settings;
  const p = [settings.inputP, ...settings.hidden.map((_, index) => dropProbability(settings, index + 1))];
  return { mode, p, maskScope, learningRate, momentum, weightDecay, maxNorm };
}

function difference(before: Live, after: Live): Partial<Live> {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const names = Object.keys(after) as (keyof Live)[];
  return Object.fromEntries(names.filter((name) => !isSame(before[name], after[name])).map((name) => [name, after[name]]));
}

/** Follows the changes of a record: each with only what it made different; changes at the same step are merged, those at step 0 into the start. */
function timeline(record: RunRecord): { start: Live; changes: { step: number; patch: Partial<Live> }[]; states: Live[] } {
  let settings = record.settings;
  let start = liveOf(settings);
  const states = [start];
  const changes: { step: number; patch: Partial<Live> }[] = [];
  for (const { step, patch } of [...record.changes].sort((a, b) => a.step - b.step)) {
    settings = { ...settings, ...patch };
    const now = liveOf(settings);
    const before = states.at(-1) as Live;
    if (step <= 0) {
      start = now;
      states[0] = now;
      continue;
    }
    const last = changes.at(-1);
    const delta = difference(before, now);
    if (last?.step === step) last.patch = { ...last.patch, ...delta };
    else if (Object.keys(delta).length > 0) changes.push({ step, patch: delta });
    states.push(now);
  }
  return { start, changes, states };
}

/** Returns what the script of a record has to do. */
export function createPlan(record: RunRecord): Plan {
  const { start, changes, states } = timeline(record);
  const modes = [...new Set(states.map((state) => state.mode))];
  const drops = states.some((state) => state.p.some((p) => p > 0));
  const active = drops ? modes : [];
  return {
    record,
    settings: record.settings,
    sizes: layerSizes(record.settings),
    loss: datasetShape(record.settings.dataset).loss,
    start,
    changes,
    modes,
    maskModes: active.filter((mode) => MASK_MODES.includes(mode)),
    unitModes: active.filter((mode) => mode !== 'none' && mode !== 'dropconnect'),
    scopes: [...new Set(states.map((state) => state.maskScope))],
    hasDropConnect: active.includes('dropconnect'),
    hasShift: active.includes('alpha'),
    hasFullDrop: states.some((state) => DIVIDING_MODES.includes(state.mode) && state.p.includes(1)),
    decays: states.some((state) => state.weightDecay > 0),
    clips: states.some((state) => state.maxNorm > 0),
    changesAdam: record.settings.optimizer === 'adam' && changes.some(({ patch }) => patch.momentum !== undefined),
  };
}
