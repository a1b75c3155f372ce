/**
 * A whole sweep as one JAX script: every p with every seed, trained side by side by `vmap`, spread over all devices that JAX has.
 *
 * It takes nothing from the page but the data: weights, orders and masks are drawn again from each seed. One of its runs is the page's
 * own, by which it checks itself; live changes are not swept, so that check ends where the first of them was made.
 */
import type { Mode, Optimizer } from '../../protocol/settings';
import type { RunRecord } from '../record';
import { DIFFERENCE } from './check';
import { dataCode } from './data';
import { SPREAD } from './devices';
import { describeRun, type Section, writeSection } from './experiment';
import { JAX_ACTIVATIONS, JAX_LOSSES } from './jax';
import { createPlan, type Plan } from './plan';
import { indent, lines, pyFloat, pyList, pyTuple, wrapProse } from './text';

export interface SweepOptions {
  /** Drop probabilities to try; the page's own is added if missing. */
  readonly ps?: readonly number[];
  /** Seeds to try, the page's own first. */
  readonly numSeeds?: number;
  readonly steps?: number;
}

const DEFAULT_PS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const LIMITS: Readonly<Record<string, string>> = { relu: '6 / inputs', selu: '3 / inputs' };

interface Sweep extends Plan {
  readonly ps: readonly number[];
  readonly numSeeds: number;
  readonly steps: number;
}

function createSweepPlan(record: RunRecord, { ps = DEFAULT_PS, numSeeds = 8, steps = record.checks.length }: SweepOptions): Sweep {
  const isOpen = record.settings.mode === 'gaussian' || record.settings.mode === 'alpha';
  const all = [...new Set([...ps, record.settings.p])].filter((p) => p >= 0 && (isOpen ? p < 1 : p <= 1));
  return { ...createPlan(record), ps: all.sort((a, b) => a - b), numSeeds, steps };
}

function experimentSection({ settings, sizes, ps, numSeeds, steps }: Sweep): Section {
  const ownP = [settings.inputP, ...settings.hidden.map((_, index) => settings.layerP[index] ?? null)];
  const { optimizer } = settings;
  return {
    title: 'The sweep',
    prose:
      'Change PS, SEEDS and STEPS as you like: a hundred seeds cost little more than one. p is always the probability of being dropped.',
    code: lines(
      `PS = ${pyTuple(ps.map(pyFloat))}  # drop probabilities of the hidden layers`,
      `SEEDS = tuple((${settings.seed} + i) % 2**32 for i in range(${numSeeds}))  # the first is the page's`,
      `STEPS = ${steps}`,
      '',
      `SIZES = ${pyTuple(sizes.map(String))}  # units of the input, the hidden layers, the output`,
      `OWN_P = ${pyTuple(ownP.map((p) => (p === null ? 'None' : pyFloat(p))))}  # of the input and each hidden layer; None follows the sweep`,
      `BATCH_SIZE = ${settings.batchSize}`,
      `ROWS = ${settings.maskScope === 'example' ? 'BATCH_SIZE  # every example has its own mask' : '1  # all examples of a batch share one mask'}`,
      settings.mode === 'spatial' && `CHANNEL_SIZE = ${settings.channelSize}  # neighbouring units that share their fate`,
      `LEARNING_RATE = ${pyFloat(settings.learningRate)}`,
      optimizer !== 'sgd' && `MOMENTUM = ${pyFloat(settings.momentum)}`,
      settings.weightDecay > 0 && `WEIGHT_DECAY = ${pyFloat(settings.weightDecay)}`,
      settings.maxNorm > 0 && `MAX_NORM = ${pyFloat(settings.maxNorm)}`,
    ),
  };
}

function streamsSection({ settings }: Sweep): Section {
  const limit = LIMITS[settings.activation] ?? '6 / (inputs + outputs)';
  return {
    title: 'What a seed decides',
    prose: 'Initial weights and the order of the examples, each from a key of its own; masks are drawn as they are needed.',
    code: `fold_in = jax.random.fold_in


def initial_parameters(key):
    """Draw the weights, uniform within a limit that suits the activation; biases are zero."""
    params = []
    for layer, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
        u = jax.random.uniform(fold_in(fold_in(key, np.uint32(0x80000000)), layer), (outputs, inputs))
        params.append(((2 * u - 1) * np.float32(math.sqrt(${limit})), jnp.zeros(outputs)))
    return params


def epoch_order(key, epoch):
    """Return the examples in the order of an epoch: a Fisher-Yates shuffle."""
    count = len(TRAIN_X)
    bits = jax.random.bits(fold_in(fold_in(key, np.uint32(0x80000001)), epoch), (count,))

    def swap(i, order):
        last = count - 1 - i
        places = jnp.uint32(last + 1)
        other = ((bits[last] >> 16) * places + ((bits[last] & 0xFFFF) * places >> 16)) >> 16  # bits * places / 2**32
        return order.at[last].set(order[other]).at[other].set(order[last])

    return jax.lax.fori_loop(0, count - 1, swap, jnp.arange(count))


def all_batches(key):
    """Return the examples of each step, [STEPS, BATCH_SIZE], and their shares in the mean, 0 for padding."""
    per_epoch = -(-len(TRAIN_X) // BATCH_SIZE)
    padding = per_epoch * BATCH_SIZE - len(TRAIN_X)
    orders = jax.vmap(lambda epoch: epoch_order(key, epoch))(jnp.arange(-(-STEPS // per_epoch)))
    examples = jnp.pad(orders, ((0, 0), (0, padding))).reshape(-1, BATCH_SIZE)[:STEPS]
    present = np.pad(np.ones(len(TRAIN_X), np.float32), (0, padding)).reshape(per_epoch, BATCH_SIZE)
    shares = present / present.sum(1, keepdims=True)
    return examples, jnp.asarray(np.resize(shares, (STEPS, BATCH_SIZE)))`,
  };
}

const MASK = `units = SIZES[layer]
mask = jax.random.bernoulli(fold_in(step_key, layer), keep, (ROWS, units))`;
const CHANNEL_MASK = `units, channels = SIZES[layer], -(-SIZES[layer] // CHANNEL_SIZE)
mask = jax.random.bernoulli(fold_in(step_key, layer), keep, (ROWS, channels))
mask = mask.repeat(CHANNEL_SIZE, axis=1)[:, :units]`;

/** The body of `dropout(a, step_key, layer, keep)` for modes that act on units. */
function dropoutBody(mode: Mode): string {
  switch (mode) {
    case 'gaussian':
      return `noise = jax.random.normal(fold_in(step_key, layer), (ROWS, SIZES[layer]))
return a * (1 + jnp.sqrt((1 - keep) / keep) * noise)`;
    case 'alpha':
      return `${MASK}
dropped = -1.7580993408473766  # what SELU tends to on the left
scale = (keep * (1 + (1 - keep) * dropped**2)) ** -0.5  # gives mean 0 and variance 1 back
return scale * jnp.where(mask, a, dropped) - scale * dropped * (1 - keep)`;
    case 'spatial':
      return `${CHANNEL_MASK}
return a * mask / jnp.maximum(keep, 1e-30)  # keep 0: all is 0, and nothing is divided by 0`;
    case 'inverted':
      return `${MASK}
return a * mask / jnp.maximum(keep, 1e-30)  # keep 0: all is 0, and nothing is divided by 0`;
    default:
      return `${MASK}
return a * mask`;
  }
}

function networkSection(sweep: Sweep): Section {
  const { settings, loss } = sweep;
  const { mode } = settings;
  const isWeights = mode === 'dropconnect';
  const isUnits = mode !== 'none' && !isWeights;
  const { word, perExample } = JAX_LOSSES[loss];
  const hits = loss === 'binary' ? '(z > 0) == (y > 0.5)' : 'z.argmax(1) == y';
  const units = isUnits && [
    'def dropout(a, step_key, layer, keep):',
    '    """Pass activations through dropout in train."""',
    indent(dropoutBody(mode)),
    '',
    '',
  ];
  const evaluated = mode === 'standard' ? 'a * keeps[layer]' : 'a';
  const forward = isUnits
    ? [`        h = ${evaluated} if step_key is None else dropout(a, step_key, layer, keeps[layer])`, '        z = h @ w.T + b']
    : isWeights
      ? [
          '        if step_key is None:',
          '            z = a @ w.T + b',
          '        else:',
          '            key = fold_in(step_key, layer + 0x100)',
          '            mask = jax.random.bernoulli(key, keeps[layer], (ROWS, *w.shape))',
          '            used = w * mask / jnp.maximum(keeps[layer], 1e-30)',
          '            z = jnp.einsum("noi,ni->no", jnp.broadcast_to(used, (len(a), *w.shape)), a) + b',
        ]
      : ['        z = a @ w.T + b'];
  return {
    title: 'The network',
    prose:
      'step_key None means eval. A batch that is not full is filled up: its masks are the same, since a draw depends on its position only.',
    code: lines(
      units,
      'def forward(params, x, keeps, step_key=None):',
      '    """Return the output before the loss; keeps: how likely the input and each hidden layer are kept."""',
      '    a = x',
      '    for layer, (w, b) in enumerate(params):',
      forward,
      `        a = ${JAX_ACTIVATIONS[settings.activation]}`,
      '    return z',
      '',
      '',
      'def losses_of(z, y):',
      `    """Return the ${word}, of each example."""`,
      `    return ${perExample}`,
      loss !== 'squared' && ['', '', 'def accuracy_of(z, y):', `    return jnp.mean(${hits})`],
    ),
  };
}

const UPDATES: Readonly<Record<Optimizer, string>> = {
  sgd: 'params = jax.tree.map(lambda w, g: w - LEARNING_RATE * g, params, gradients)',
  momentum: `state = jax.tree.map(lambda v, g: MOMENTUM * v + g, state, gradients)
params = jax.tree.map(lambda w, v: w - LEARNING_RATE * v, params, state)`,
  adam: `m = jax.tree.map(lambda m, g: MOMENTUM * m + (1 - MOMENTUM) * g, state[0], gradients)
v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state[1], gradients)
grown = lambda m, v: m / bias[0] / (jnp.sqrt(v / bias[1]) + 1e-8)
params = jax.tree.map(lambda w, m, v: w - LEARNING_RATE * grown(m, v), params, m, v)
state = m, v`,
};

function trainingSection({ settings, loss }: Sweep): Section {
  const { optimizer } = settings;
  const isAdam = optimizer === 'adam';
  const zeros = 'jax.tree.map(jnp.zeros_like, params)';
  const state = optimizer === 'sgd' ? '()' : isAdam ? `(${zeros}, ${zeros})` : zeros;
  const clip = `norms = [jnp.linalg.norm(w, axis=1, keepdims=True) for w, _ in params]
params = [(w * jnp.minimum(1, MAX_NORM / jnp.maximum(norm, 1e-30)), b) for (w, b), norm in zip(params, norms)]`;
  const measures =
    loss === 'squared'
      ? 'return losses, dict(train_loss=losses_of(train_z, TRAIN_Y).mean(), test_loss=losses_of(test_z, TEST_Y).mean())'
      : lines(
          'return losses, dict(',
          '    train_loss=losses_of(train_z, TRAIN_Y).mean(),',
          '    test_loss=losses_of(test_z, TEST_Y).mean(),',
          '    train_accuracy=accuracy_of(train_z, TRAIN_Y),',
          '    test_accuracy=accuracy_of(test_z, TEST_Y),',
          ')',
        );
  return {
    title: 'One training',
    prose: 'A function of a seed and of the probabilities of being kept, without side effects: that is what vmap can multiply.',
    code: lines(
      isAdam && [
        'T = np.arange(1, STEPS + 1)',
        'BIAS = np.float32(1 - MOMENTUM**T), np.float32(1 - 0.999**T)  # how far the moments still lag behind',
        '',
        '',
      ],
      'def train(seed, keeps):',
      '    """Train one network; return the loss of each step, masks on, and what it is worth in the end, masks off."""',
      '    key = jax.random.key(seed)',
      '    params = initial_parameters(key)',
      '    examples, shares = all_batches(key)',
      '',
      '    def train_step(carry, now):',
      '        params, state = carry',
      `        step, rows, share${isAdam ? ', *bias' : ''} = now`,
      '',
      '        def loss_of(params):',
      '            z = forward(params, TRAIN_X[rows], keeps, fold_in(key, step))',
      '            return jnp.sum(losses_of(z, TRAIN_Y[rows]) * share)',
      '',
      '        loss, gradients = jax.value_and_grad(loss_of)(params)',
      settings.weightDecay > 0 &&
        '        gradients = [(gw + WEIGHT_DECAY * w, gb) for (gw, gb), (w, _) in zip(gradients, params)]  # not the biases',
      indent(UPDATES[optimizer], 2),
      settings.maxNorm > 0 && indent(clip, 2),
      '        return (params, state), loss',
      '',
      `    steps = jnp.arange(STEPS), examples, shares${isAdam ? ', *BIAS' : ''}`,
      `    start = params, ${state}`,
      '    (params, _), losses = jax.lax.scan(train_step, start, steps)',
      '    train_z, test_z = forward(params, TRAIN_X, keeps), forward(params, TEST_X, keeps)',
      indent(measures),
    ),
  };
}

function runSection(sweep: Sweep): Section {
  const { loss } = sweep;
  const hasAccuracy = loss !== 'squared';
  return {
    title: 'All of them at once',
    prose:
      'Every p with every seed is one entry of a batch; the batch is cut evenly among the devices, filled up with repeats of the first.',
    code: lines(
      SPREAD,
      '',
      '',
      'def run_sweep():',
      '    """Train all; return the (p, seed) pairs, their losses [pairs, STEPS] and what they are worth."""',
      '    pairs = [(p, seed) for p in PS for seed in SEEDS]',
      '    seeds = np.array([seed for _, seed in pairs], np.uint32)',
      '    keeps = np.float32([[1 - (p if own is None else own) for own in OWN_P] for p, _ in pairs])',
      '    losses, worth = jax.jit(jax.vmap(train))(*spread((seeds, keeps)))',
      '    return pairs, np.asarray(losses)[: len(pairs)], {name: np.asarray(v)[: len(pairs)] for name, v in worth.items()}',
      '',
      '',
      'def print_table(worth):',
      '    """Print mean and standard deviation over the seeds, for each p."""',
      '    for i, p in enumerate(PS):',
      '        rows = slice(i * len(SEEDS), (i + 1) * len(SEEDS))',
      '        train_loss, test_loss = worth["train_loss"][rows], worth["test_loss"][rows]',
      '        text = f"p = {p:<6} train loss {train_loss.mean():.4f}   test loss {test_loss.mean():.4f} +- {test_loss.std():.4f}"',
      hasAccuracy && '        text += f"   test accuracy {worth[\'test_accuracy\'][rows].mean():.3f}"',
      '        print(text)',
      '',
      '',
      'def write_csv(path, pairs, worth):',
      '    """Write one line for each run."""',
      '    with open(path, "w", newline="") as file:',
      '        writer = csv.writer(file)',
      '        writer.writerow(["p", "seed", *worth])',
      '        writer.writerows([p, seed, *(float(v[i]) for v in worth.values())] for i, (p, seed) in enumerate(pairs))',
    ),
  };
}

function checkSection({ record, changes, settings, steps }: Sweep): Section {
  const untouched = changes[0]?.step ?? record.checks.length;
  const losses = record.checks.slice(0, Math.min(untouched, steps)).map(({ loss }) => pyFloat(loss));
  return {
    title: 'Is it the same?',
    prose: `One of the runs is the page's own. Its losses as the page measured them${
      changes.length > 0 ? ', up to the first change by hand' : ''
    }:`,
    code: lines(
      pyList('LOSSES', losses),
      '',
      '',
      DIFFERENCE,
      '',
      '',
      'def is_same_run(pairs, losses):',
      `    """Compare the run with p = ${settings.p} and seed ${settings.seed} with the page, and say so."""`,
      '    if SPOILED:',
      '        print(f"DIFFERENT: not the numbers that the page exported: {SPOILED}")',
      '        return False',
      `    if (${pyFloat(settings.p)}, ${settings.seed}) not in pairs:`,
      '        print("NOT CHECKED: the run of the page is no longer among these.")',
      '        return True',
      `    own = losses[pairs.index((${pyFloat(settings.p)}, ${settings.seed}))][: len(LOSSES)]`,
      '    differences = [difference_of(loss, wanted) for loss, wanted in zip(own, LOSSES)]',
      '    for step, difference in enumerate(differences):',
      '        if not difference <= 1e-4:',
      '            print(f"DIFFERENT: the run of the page, step {step}: loss {own[step]:.6f} here, {LOSSES[step]:.6f} on the page.")',
      '            return False',
      '    print(f"THE SAME RUN: {len(own)} losses of the page\'s own run agree within {max(differences):.1e} (allowed 1e-4).")',
      '    return True',
    ),
  };
}

const MAIN = `if __name__ == "__main__":
    PAIRS, ALL_LOSSES, WORTH = run_sweep()
    print(f"{len(PAIRS)} runs of {STEPS} steps on {len(jax.devices())} {jax.devices()[0].platform} device(s)")
    print_table(WORTH)
    write_csv("dropout_lab_sweep.csv", PAIRS, WORTH)
    print("Every run: dropout_lab_sweep.csv")
    sys.exit(0 if is_same_run(PAIRS, ALL_LOSSES) else 1)`;

/** The name under which a sweep is saved. */
export const SWEEP_FILE_NAME = 'dropout_lab_sweep.py';

/**
 * Returns a JAX script that sweeps p and seeds around the record of a run.
 * Errors: RangeError when `numSeeds` or `steps` is not a whole number from 1 up.
 */
export function createSweepScript(record: RunRecord, options: SweepOptions = {}): string {
  const sweep = createSweepPlan(record, options);
  for (const [name, value] of [['numSeeds', sweep.numSeeds] as const, ['steps', sweep.steps] as const]) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a whole number from 1 up, got ${value}`);
  }
  const data: Section = {
    title: 'Data',
    prose: 'As the page drew it. Targets are classes (0 or 1, or the digit) or values.',
    code: lines(dataCode(sweep), 'TRAIN_X, TRAIN_Y, TEST_X, TEST_Y = map(jnp.asarray, (TRAIN_X, TRAIN_Y, TEST_X, TEST_Y))'),
  };
  const sections = [
    experimentSection(sweep),
    data,
    streamsSection(sweep),
    networkSection(sweep),
    trainingSection(sweep),
    runSection(sweep),
    checkSection(sweep),
  ];
  const body = sections.map(writeSection);
  const head = lines(
    '"""A sweep around a run of Dropout Lab, in JAX: every p with every seed, on all devices.',
    '',
    ...wrapProse(`${describeRun(sweep)} Needs JAX 0.5 or newer.`),
    '',
    `    python ${SWEEP_FILE_NAME}`,
    '"""',
  );
  const imports =
    'import base64\nimport csv\nimport math\nimport sys\nimport zlib\n\nimport jax\nimport jax.numpy as jnp\nimport numpy as np';
  return `${[head, imports, ...body.map((part) => `\n${part}`), `\n${MAIN}`].join('\n\n')}\n`;
}
