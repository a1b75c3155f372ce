/** The opening of every script: what was run, with which settings, and what was changed by hand on the way. */
import { FRAMEWORK_NAMES, type Framework, type Live, type Plan } from './plan';
import { indent, lines, pyFloat, pyTuple, wrapProse } from './text';

/** One cell of a notebook, one part of a script. */
export interface Section {
  readonly title: string;
  readonly prose: string;
  readonly code: string;
}

/** Writes a part of a script: its title as a cell of an editor, its prose as a comment, two empty lines before a definition. */
export function writeSection({ title, prose, code }: Section): string {
  return lines(`# %% ${title}`, ...wrapProse(prose).map((row) => `# ${row}`), '', /^(def|class|@)/.test(code) && '', code);
}

const NEEDS: Readonly<Record<Framework, string>> = {
  numpy: 'NumPy',
  torch: 'PyTorch and NumPy',
  keras: 'Keras 3 on any backend, and NumPy',
  jax: 'JAX 0.5 or newer',
  nnx: 'Flax 0.12 or newer, with JAX and Optax',
};

/** Returns what was run in one or two sentences, for the head of a script. */
export function describeRun(plan: Plan): string {
  const { settings, sizes, start, record } = plan;
  const [inputP, ...hiddenP] = start.p;
  const shown = new Set(hiddenP).size <= 1 ? String(hiddenP[0] ?? 0) : hiddenP.join(', ');
  const dropout = start.mode === 'none' ? 'no dropout' : `${start.mode} dropout, p = ${shown} (input ${inputP})`;
  const changes = plan.changes.length === 0 ? '' : ` Settings were changed by hand at ${plan.changes.length} step(s).`;
  return (
    `Data set "${settings.dataset}", ${sizes.join('-')} units, ${settings.activation}, ${dropout}, ${settings.optimizer}, ` +
    `seed ${settings.seed}, ${record.checks.length} steps.${changes}`
  );
}

/** Returns the title and the text of a framework's script. */
export function introduce(plan: Plan, framework: Framework): { title: string; text: string } {
  return {
    title: `A run of Dropout Lab, repeated in ${FRAMEWORK_NAMES[framework]}`,
    text: `${describeRun(plan)} Needs ${NEEDS[framework]}.`,
  };
}

const LIVE_NAMES: readonly (readonly [keyof Live, string])[] = [
  ['mode', 'mode'],
  ['p', 'p'],
  ['maskScope', 'mask_scope'],
  ['learningRate', 'learning_rate'],
  ['momentum', 'momentum'],
  ['weightDecay', 'weight_decay'],
  ['maxNorm', 'max_norm'],
];

function liveLiteral(value: Live[keyof Live]): string {
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'number' ? pyFloat(value) : pyTuple(value.map(pyFloat));
}

/** Returns whether a script mentions a live setting at all. */
function isUsed(plan: Plan, name: keyof Live): boolean {
  if (name === 'momentum') return plan.settings.optimizer !== 'sgd';
  if (name === 'weightDecay') return plan.decays;
  if (name === 'maxNorm') return plan.clips;
  return true;
}

function keywordArguments(plan: Plan, values: Partial<Live>): string {
  return LIVE_NAMES.filter(([name]) => isUsed(plan, name) && values[name] !== undefined)
    .map(([name, python]) => `${python}=${liveLiteral(values[name] as Live[keyof Live])}`)
    .join(', ');
}

function changesLiteral(plan: Plan): string {
  const entries = plan.changes
    .map(({ step, patch }) => ({ step, text: keywordArguments(plan, patch) }))
    .filter(({ text }) => text !== '')
    .map(({ step, text }) => `    (${step}, dict(${text})),`);
  if (entries.length === 0) return 'CHANGES = []  # nothing was changed by hand while it trained';
  return lines('CHANGES = [  # what was changed by hand: from which step on, and to what', ...entries, ']');
}

const LAG = `def lag(step):
    """Return by how much Adam's first moment still falls short of a mean: the product of its decays so far."""
    return math.prod(settings_at(earlier).momentum for earlier in range(step + 1))`;

/** Returns the Python expression of what Adam's first moment still lacks after step `step`. */
export function lagExpression(plan: Plan, settings: string, step: string): string {
  return plan.changesAdam ? `lag(${step})` : `${settings}.momentum ** (${step} + 1)`;
}

/** Writes the settings, those that may change as a tuple that has names, and `settings_at(step)`. */
export function experimentSection(plan: Plan): Section {
  const { settings, sizes, start, modes } = plan;
  const uses = (name: keyof Live) => isUsed(plan, name);
  const momentumWord = settings.optimizer === 'adam' ? "Adam's first decay, beta 1" : 'share of the last update that is carried on';
  const fields = lines(
    'mode: str',
    'p: tuple  # drop probability of the input, then of each hidden layer',
    'mask_scope: str  # "example": each has its own mask; "batch": all share one',
    'learning_rate: float',
    uses('momentum') && `momentum: float  # ${momentumWord}`,
    uses('weightDecay') && 'weight_decay: float  # times the weight, added to its gradient; not for biases',
    uses('maxNorm') && 'max_norm: float  # longest vector of weights into a unit; 0 = off',
  );
  return {
    title: 'The experiment',
    prose: 'p is always the probability of being dropped; 1 - p, the probability of being kept, is what the original paper calls p.',
    code: lines(
      `SEED = ${settings.seed}`,
      `SIZES = ${pyTuple(sizes.map(String))}  # units of the input, the hidden layers, the output`,
      `BATCH_SIZE = ${settings.batchSize}`,
      modes.includes('spatial') && `CHANNEL_SIZE = ${settings.channelSize}  # neighbouring units that share their fate`,
      '',
      '',
      'class Settings(NamedTuple):',
      '    """What may change while the network trains."""',
      '',
      indent(fields),
      '',
      '',
      `START = Settings(${keywordArguments(plan, start)})`,
      changesLiteral(plan),
      '',
      '',
      'def settings_at(step):',
      '    """Return the settings in force in a training step: the start, and every change up to it."""',
      '    settings = START',
      '    for since, change in CHANGES:',
      '        if step >= since:',
      '            settings = settings._replace(**change)',
      '    return settings',
      plan.changesAdam && ['', '', LAG],
    ),
  };
}
