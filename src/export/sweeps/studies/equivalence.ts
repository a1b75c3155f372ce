/** Standard and inverted dropout as twins, for export. */
import { EQUIVALENCE_RULES } from '../../../protocol/studyParams';
import { type Check, nearly } from '../checks';
import type { StudyScript } from '../frame';
import { AFTER_DIFFERENCE, COMPARED_STEPS, GAP, isCompared, NETWORK_PART, NORMAL_PART, OF_TRAINING, part, trained } from '../parts/network';

const CONSTANTS = `SIZES = (5, 8, 7, 3)
BATCH, EXAMPLES = 6, 60
MOMENTUM, SECOND_DECAY = 0.9, 0.999  # Adam's two
INTERVAL = max(1, STEPS // 100)  # steps from one point of the curves to the next`;

const RULES = `def scales_of(q):
    """Return what the standard twin is given where the input of a weight is kept with probability q."""
    plain = dict(start=1.0, rate=1.0, bias_rate=1.0, epsilon=1.0, decay=1.0)
    rate = 1 / q if OPTIMIZER == "adam" else 1 / q**2
    exact = dict(plain, start=1 / q, rate=rate, epsilon=q, decay=q**2)
    rules = dict(
        naive=plain,
        exact=exact,
        startOnly=dict(plain, start=1 / q),
        biasesToo=dict(exact, bias_rate=rate),
        rateSquared=dict(exact, rate=1 / q**2),
        sameEpsilon=dict(exact, epsilon=1.0),
        sameDecay=dict(exact, decay=1.0),
    )
    return rules[RULE]`;

const UPDATE = `def move(value, gradient, memory, t, rate, epsilon, decay):
    """Update an array by step t = 1, 2, ... of SGD, momentum or Adam with coupled weight decay; return it and its memory."""
    m, v = memory
    g = gradient + decay * value
    if OPTIMIZER == "sgd":
        return value - rate * g, memory
    if OPTIMIZER == "momentum":
        m = MOMENTUM * m + g
        return value - rate * m, (m, v)
    m = MOMENTUM * m + (1 - MOMENTUM) * g
    v = SECOND_DECAY * v + (1 - SECOND_DECAY) * g * g
    direction = m / (1 - MOMENTUM**t) / (jnp.sqrt(v / (1 - SECOND_DECAY**t)) + epsilon)
    return value - rate * direction, (m, v)


def update(params, gradients, memories, t, scales):
    """Update all weights and biases of a twin."""
    moved = []
    for (w, b), (gw, gb), (mw, mb), s in zip(params, gradients, memories, scales):
        rates = LEARNING_RATE * s["rate"], EPSILON * s["epsilon"], WEIGHT_DECAY * s["decay"]
        weights = move(w, gw, mw, t, *rates)
        biases = move(b, gb, mb, t, LEARNING_RATE * s["bias_rate"], EPSILON, 0.0)
        moved.append(tuple(zip(weights, biases)))
    params, memories = zip(*moved)
    return list(params), list(memories)`;

const STUDY = `def relative_difference(a, b):
    """Return max |a - b| / max |a|."""
    difference, size = jnp.max(jnp.abs(a - b)), jnp.max(jnp.abs(a))
    return jnp.where(size == 0, difference, difference / size)


def study(seed, p):
    """Train both twins on the same data, masks and (rescaled) start; return how far they part. p is that of both hidden layers."""
    keeps = [1 - INPUT_P, 1 - p, 1 - p]
    plain = [dict.fromkeys(("start", "rate", "bias_rate", "epsilon", "decay"), 1.0)] * 3
    scales = [scales_of(q) for q in keeps]
    start = create_net(stream_key(seed, "weights"), SIZES, ACTIVATION)
    inputs = rounded_normal(stream_key(seed, "inputs"), (EXAMPLES, SIZES[0]))
    teacher = create_net(stream_key(seed, "targets"), (SIZES[0], 6, 3), "tanh")
    targets = jnp.argmax(run_net(teacher, inputs, "tanh", lambda layer, a: a)[0][-1], axis=1)

    def evaluate(twins):
        """Run all examples, masks off: the inverted twin as it is, the standard one with every dropped layer times q."""
        gates = [lambda layer, a: a, lambda layer, a: keeps[layer] * a]
        return [run_net(params, inputs, ACTIVATION, gate)[0] for params, gate in zip(twins, gates)]

    def train_step(step, carry):
        rows = step * BATCH % EXAMPLES + jnp.arange(BATCH)
        step_key = fold_in(jax.random.key(seed), step)
        masks = [draw_mask(fold_in(step_key, layer), 1 - q, (BATCH, SIZES[layer])) for layer, q in enumerate(keeps)]
        gates = [lambda layer, a: jnp.where(masks[layer], a / keeps[layer], 0), lambda layer, a: jnp.where(masks[layer], a, 0)]
        moved = []
        for params, memories, gate, scale in zip(*carry, gates, (plain, scales)):

            def loss(params):
                return losses_of(run_net(params, inputs[rows], ACTIVATION, gate)[0][-1], targets[rows]).mean()

            moved.append(update(params, jax.grad(loss)(params), memories, step + 1.0, scale))
        return tuple(zip(*moved))

    def run_interval(carry, first):
        """Train INTERVAL steps, none when first is below 0, and add a point to the curves."""
        carry = jax.lax.fori_loop(jnp.maximum(first, 0), jnp.minimum(first + INTERVAL, STEPS), train_step, carry)
        inverted, standard = evaluate(carry[0])
        layers = [relative_difference(a, b) for a, b in zip(inverted[1:], standard[1:])]
        losses = [losses_of(run[-1], targets).mean() for run in (inverted, standard)]
        return carry, (jnp.stack(layers), *losses)

    twins = start, [(s["start"] * w, b) for (w, b), s in zip(start, scales)]
    memories = tuple(jax.tree.map(lambda a: (jnp.zeros_like(a), jnp.zeros_like(a)), twin) for twin in twins)
    firsts = jnp.arange(-INTERVAL, STEPS, INTERVAL)
    (twins, _), (layers, inverted_loss, standard_loss) = jax.lax.scan(run_interval, (twins, memories), firsts)
    points = 1 + STEPS // INTERVAL  # the page adds none for what is left over
    return dict(
        final_difference=layers[-1].max(),
        final_inverted_loss=inverted_loss[-1],
        final_standard_loss=standard_loss[-1],
        layer_difference=layers[-1],
        weight_difference=jnp.stack([relative_difference(w, q * v) for (w, _), (v, _), q in zip(*twins, keeps)]),
        difference=layers.max(1)[:points],
        inverted_loss=inverted_loss[:points],
        standard_loss=standard_loss[:points],
    )`;

/** Two trainings side by side grow apart by more than either leaves the page's: while they coincide, only that they do is compared. */
const COINCIDING = 1e-5;

/** Compares how far the twins are apart. */
function apart(name: string, values: readonly number[]): Check {
  return nearly(
    name,
    values,
    values.map((value) => (value < COINCIDING ? COINCIDING / OF_TRAINING : Math.max(1, value))),
    OF_TRAINING,
  );
}

export const equivalenceScript: StudyScript<'equivalence', 'p'> = {
  title: 'standard and inverted dropout as twins, trained side by side',
  axis: 'p',
  axisWords: 'drop probabilities of both hidden layers',
  words: {
    rule: `how the standard twin is set up: ${EQUIVALENCE_RULES.join(', ')}`,
    optimizer: 'sgd, momentum or adam',
    activation: 'of the hidden layers: relu, tanh, sigmoid, selu or linear',
    inputP: 'drop probability of the input',
    learningRate: 'of the inverted twin',
    weightDecay: 'coupled L2, on weights only',
    epsilon: "Adam's",
    steps: 'batches trained on',
  },
  prose:
    'The inverted twin W divides what it keeps by q = 1 - p, the standard twin V multiplies by q in eval. Put V = W / q: then dLoss/dV = q dLoss/dW, ' +
    'and an update of V moves q V as one of W does only with rate / q^2 (with Adam rate / q and epsilon q), decay q^2 and biases as they are.',
  code: () =>
    [CONSTANTS, NORMAL_PART, NETWORK_PART, part('The rules', RULES), part('The optimizers', UPDATE), part('The twins', STUDY)].join(GAP),
  checks: ({ steps }, result) => {
    const count = result.step.filter((step) => step <= COMPARED_STEPS).length;
    return [
      apart('difference', result.difference.slice(0, count)),
      trained('inverted_loss', result.invertedLoss.slice(0, count)),
      trained('standard_loss', result.standardLoss.slice(0, count)),
      ...(isCompared(steps)
        ? [apart('layer_difference', result.layerDifference), apart('weight_difference', result.weightDifference)]
        : []),
    ];
  },
  tolerance:
    'Additions in another order move the last bits of float64 in every step. Where the twins coincide, what is left between them is noise, ' +
    `and only its size is compared. By and by bits grow: beyond step ${COMPARED_STEPS} nothing is compared.`,
  afterDifference: AFTER_DIFFERENCE,
  columns: ['final_difference', 'final_inverted_loss', 'final_standard_loss'],
};
