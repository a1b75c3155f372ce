/**
 * Python that the trained studies share: points in the plane drawn again from the seed, dropout as somebody's code does it, and the
 * training with momentum that both sides of a comparison go through.
 *
 * It reads the constants DATASET, HIDDEN, OUTPUTS, ACTIVATION, BATCH_SIZE, LEARNING_RATE, STEPS of the study, and its `start_net(seed)`.
 */
import { DEFAULT_SETTINGS } from '../../../protocol/settings';
import type { LossCurves } from '../../../protocol/studyResults';
import type { Check } from '../checks';
import { COMPARED_STEPS, NETWORK_PART, NORMAL_PART, part, trained } from './network';

const { trainSize, testSize, noise, labelNoise } = DEFAULT_SETTINGS;

const DATA = `TRAIN_SIZE, TEST_SIZE = ${trainSize}, ${testSize}
NOISE, WRONG_LABELS = ${noise}, ${Math.round(labelNoise * trainSize)}  # standard deviation of a place; training labels that are wrong


def moons(turn, u, v):
    """Two half circles, each reaching into the other."""
    return turn * (jnp.cos(np.pi * u) - 0.5), turn * (jnp.sin(np.pi * u) - 0.25)


def circles(turn, u, v):
    """A ring around another."""
    radius = jnp.where(turn < 0, 0.6, 1.4)
    return radius * jnp.cos(2 * np.pi * u), radius * jnp.sin(2 * np.pi * u)


def xor(turn, u, v):
    """Four squares of a chessboard."""
    side = jnp.where(u < 0.5, -1, 1)
    return side * (0.15 + 1.35 * (2 * u - (u >= 0.5))), side * turn * (0.15 + 1.35 * v)


def spiral(turn, u, v):
    """Two arms of 1.5 turns."""
    along = jnp.sqrt(0.02 + 0.98 * u)
    return turn * 1.5 * along * jnp.cos(3 * np.pi * along), turn * 1.5 * along * jnp.sin(3 * np.pi * along)


def gaussians(turn, u, v):
    """Two round clouds (Box and Muller)."""
    radius = 0.25 * jnp.sqrt(-2 * jnp.log(1 - u))
    return turn * (0.8 + radius * jnp.cos(2 * np.pi * v)), turn * (0.8 + radius * jnp.sin(2 * np.pi * v))


OUTLINES = dict(moons=moons, circles=circles, xor=xor, spiral=spiral, gaussians=gaussians)


def draw_examples(key, part, size):
    """Draw places [size, 2], outline + NOISE * N(0, 1), and their classes, which take turns."""
    y = jnp.arange(size) % 2
    u, v = jax.random.uniform(fold_in(key, part), (size, 2), jnp.float32).astype(jnp.float64).T
    outline = jnp.stack(OUTLINES[DATASET](1 - 2 * y, u, v), axis=1)
    return single(outline + NOISE * rounded_normal(fold_in(key, part + 1), (size, 2))), y


def draw_data(seed):
    """Draw training set and test set from the seed, and turn the training labels with the smallest lots."""
    key = fold_in(jax.random.key(seed), np.uint32(0x80000002))
    train_x, train_y = draw_examples(key, 0, TRAIN_SIZE)
    test_x, test_y = draw_examples(key, 2, TEST_SIZE)
    lots = jax.random.uniform(fold_in(key, 4), (TRAIN_SIZE,), jnp.float32)
    wrong = jnp.argsort(lots, stable=True)[:WRONG_LABELS]
    return train_x, train_y.at[wrong].set(1 - train_y[wrong]), test_x, test_y


def draw_batches(seed):
    """Draw the examples of each step, [steps, BATCH_SIZE], a new order each epoch; and which of them are no padding."""
    per_epoch = -(-TRAIN_SIZE // BATCH_SIZE)
    padding = per_epoch * BATCH_SIZE - TRAIN_SIZE
    key = stream_key(seed, "order")
    lots = jax.vmap(lambda epoch: jax.random.bits(fold_in(key, epoch), (TRAIN_SIZE,), jnp.uint32))
    orders = jnp.argsort(lots(jnp.arange(STEPS // per_epoch + 1)), axis=1, stable=True)
    examples = jnp.pad(orders, ((0, 0), (0, padding))).reshape(-1, BATCH_SIZE)
    is_example = np.pad(np.ones(TRAIN_SIZE, bool), (0, padding)).reshape(per_epoch, BATCH_SIZE)
    return examples, jnp.asarray(np.resize(is_example, examples.shape))`;

const DROPOUT = `class Technique(NamedTuple):
    """How somebody's code does dropout. p is the drop probability that is meant; kept is the mask."""

    train: Callable  # (a, kept, p): what the next layer reads in train
    back: Callable  # (g, kept, p, a, output): dLoss/da, from g = dLoss/d(output)
    evaluate: Callable = lambda a, p: a  # what the next layer reads in eval
    drawn_p: Callable = lambda p: p  # the drop probability that masks are drawn with
    train_draws: Callable = lambda step: True  # whether training draws masks
    eval_draws: Callable = lambda layer: False  # whether eval draws masks, and treats activations as training does
    mask_step: Callable = lambda step: step  # the step whose key a mask is drawn under
    shares_rows: bool = False  # whether one row of mask serves all


INVERTED = Technique(
    train=lambda a, kept, p: jnp.where(kept, a / (1 - p), 0),
    back=lambda g, kept, p, a, output: jnp.where(kept, g / (1 - p), 0),
)


def dropout(technique, a, kept, is_drawn, p):
    """Pass activations on as a technique does; at p = 0 all techniques pass them as they are."""
    output = jnp.where(is_drawn, technique.train(a, kept, p), technique.evaluate(a, p))
    return jnp.where(p == 0, a, output)


def dropout_forward(technique, a, kept, is_drawn, p):
    """Pass activations on, and keep what the way back needs."""
    output = dropout(technique, a, kept, is_drawn, p)
    return output, (a, output, kept, is_drawn, p)


def dropout_backward(technique, saved, g):
    """Turn dLoss/d(output) into dLoss/da as the technique's own code does, right or wrong."""
    a, output, kept, is_drawn, p = saved
    back = jnp.where(is_drawn, technique.back(g, kept, p, a, output), technique.evaluate(g, p))
    return jnp.where(p == 0, g, back), None, None, None


dropout = jax.custom_vjp(dropout, nondiff_argnums=(0,))
dropout.defvjp(dropout_forward, dropout_backward)


def draw_layer_mask(technique, key, step, layer, shape, p):
    """Draw the mask of a layer as a technique does, 1 = kept."""
    layer_key = fold_in(fold_in(key, technique.mask_step(step)), layer)
    mask = draw_mask(layer_key, technique.drawn_p(p), shape)
    return jnp.broadcast_to(mask[:1], shape) if technique.shares_rows else mask


def run_masked(technique, params, x, p, draws, key, step, probe=0.0):
    """Run rows with dropout behind each hidden layer; draws(layer): whether masks are drawn there, under the key of a step.

    Return activations, what the next layers read, and the masks, all kept where none is drawn. A probe is added to the last hidden
    activations: its gradient is theirs.
    """
    masks = []

    def gate(layer, a):
        if layer == 0:
            return a
        is_drawn, kept = draws(layer), jnp.ones(a.shape, bool)
        if is_drawn is not False:
            kept = draw_layer_mask(technique, key, step, layer, a.shape, p) | jnp.logical_not(is_drawn) | (p == 0)
        masks.append(kept)
        return dropout(technique, a + probe if layer == len(HIDDEN) else a, kept, is_drawn, p)

    return *run_net(params, x, ACTIVATION, gate), masks`;

const TRAIN = `TRAIN_SET, TEST_SET, REPEATS, MEANS = 0, 1, 2, 5  # numbers of the calls of eval at one step
MOMENTUM = 0.9
INTERVAL = max(1, STEPS // 80)  # steps from one point of the curves to the next; eval is first called after so many


def run_eval(technique, params, x, p, seed, step, call):
    """Run rows as this code evaluates; where it leaves masks on, they are drawn for the step and the call."""
    key = fold_in(stream_key(seed, "evaluation"), step)
    return run_masked(technique, params, x, p, technique.eval_draws, key, call)


def accuracy_of(z, y):
    """Return the share of rows whose class is the likeliest."""
    logs = log_probabilities(z)
    return jnp.mean(jnp.all(logs <= jnp.take_along_axis(logs, y[:, None], 1), axis=1), dtype=jnp.float64)


def prepare(seed):
    """Draw what both sides of a comparison share: data, initial weights, batches."""
    return draw_data(seed), start_net(seed), draw_batches(seed)


def train(seed, p, technique, prepared, notes, take, read):
    """Train a net; return its end, and its curves [points]. After a loss that is not finite nothing moves, and points are nan.

    take(notes, step, masks, present, gradient) adds to the notes of a step what it likes; read(notes) gives more for the curves.
    """
    (train_x, train_y, test_x, test_y), params, (examples, presents) = prepared
    key = jax.random.key(seed)
    probe = jnp.zeros((BATCH_SIZE, HIDDEN[-1]))

    def train_step(step, old):
        rows, present = examples[step], presents[step]

        def loss_of(params, probe):
            draws = lambda layer: technique.train_draws(step)
            activations, _, masks = run_masked(technique, params, train_x[rows], p, draws, key, step, probe)
            return jnp.sum(losses_of(activations[-1], train_y[rows]) * present) / present.sum(), masks

        (loss, masks), gradients = jax.value_and_grad(loss_of, argnums=(0, 1), has_aux=True)(old["params"], probe)
        velocity = jax.tree.map(lambda v, g: MOMENTUM * v + g, old["velocity"], gradients[0])
        params = jax.tree.map(lambda w, v: w - LEARNING_RATE * v, old["params"], velocity)
        new = dict(
            old,
            params=params,
            velocity=velocity,
            has_moved=jax.tree.map(lambda moved, w, now: moved | (w != now), old["has_moved"], old["params"], params),
            step=old["step"] + 1,
            is_finite=jnp.isfinite(loss),
            loss_sum=old["loss_sum"] + loss,
            notes=take(old["notes"], step, masks, present, gradients[1]),
        )
        return jax.tree.map(lambda now, before: jnp.where(old["is_finite"], now, before), new, old)

    def run_interval(state, first):
        """Train INTERVAL steps, none when first is below 0, and add a point to the curves."""
        was_finite, start = state["is_finite"], state["step"]
        last = jnp.minimum(first + INTERVAL, STEPS)
        state = jax.lax.fori_loop(jnp.maximum(first, 0), last, train_step, dict(state, loss_sum=0.0))
        sets = (train_x, train_y, TRAIN_SET), (test_x, test_y, TEST_SET)
        zs = [run_eval(technique, state["params"], x, p, seed, state["step"], call)[0][-1] for x, _, call in sets]
        point = dict(
            train_masked=state["loss_sum"] / (state["step"] - start),  # mean over the batches since the point before
            train_eval=losses_of(zs[0], train_y).mean(),
            test=losses_of(zs[1], test_y).mean(),
            **read(state["notes"]),
        )
        point = {name: jnp.where(was_finite, value, jnp.nan) for name, value in point.items()}
        return dict(state, accuracy=jnp.stack([accuracy_of(zs[0], train_y), accuracy_of(zs[1], test_y)])), point

    state = dict(
        params=params,
        velocity=jax.tree.map(jnp.zeros_like, params),
        has_moved=jax.tree.map(lambda w: jnp.zeros(w.shape, bool), params),
        step=0,
        is_finite=True,
        loss_sum=0.0,
        accuracy=jnp.zeros(2),
        notes=notes,
    )
    return jax.lax.scan(run_interval, state, jnp.arange(-INTERVAL, STEPS, INTERVAL))`;

/** All of the training in the order in which it is read, the network first. */
export const TRAINING_PARTS: readonly string[] = [
  NORMAL_PART,
  NETWORK_PART,
  part('Data and batches', DATA),
  part('Dropout, right or wrong', DROPOUT),
  part('One training', TRAIN),
];

/** Compares the start of curves; where the page stopped at a loss that is not finite, the script has NaN. */
export function curveChecks(prefix: string, { trainMasked, trainEval, test }: LossCurves, steps: number): Check[] {
  const interval = Math.max(1, Math.floor(steps / 80));
  const count = 1 + Math.floor(Math.min(steps + interval - 1, COMPARED_STEPS) / interval); // with the point of what is left over
  const whole = (values: readonly number[]) => Array.from({ length: count }, (_, index) => values[index] ?? Number.NaN);
  return [
    trained(`${prefix}train_masked`, whole(trainMasked)),
    trained(`${prefix}train_eval`, whole(trainEval)),
    trained(`${prefix}test`, whole(test)),
  ];
}

export const TRAINING_TOLERANCE =
  'Data, initial weights, orders and masks are the same to the bit; only additions in another order move the last bits of float64, in ' +
  `every step. Where losses jump these bits grow, and runs part in the end: beyond step ${COMPARED_STEPS} nothing is compared.`;
