/**
 * Python that the trained studies share: normal numbers with the page's own rounding, and a small dense network in float64.
 *
 * A training magnifies every difference, so here nothing may differ but the order of additions.
 */
import { writeSection } from '../../python/experiment';
import { type Check, nearly } from '../checks';

/** What is left of rounding to float32 a number around 1, with some room. */
export const OF_SINGLE = 1e-6;
/**
 * How far trained numbers may part from the page's, relative: the order of additions differs in every sum of every step. Measured:
 * mostly below 1e-12 over the first thousand steps, 1e-8 at the worst.
 */
export const OF_TRAINING = 1e-7;
/** What is compared of a longer training is its start: by and by, last bits grow into the first. */
export const COMPARED_STEPS = 1000;

/** Between two parts. */
export const GAP = '\n\n\n';

/** Puts a part of a long study under a heading of its own, which editors show as a cell. */
export function part(title: string, ...texts: readonly string[]): string {
  return writeSection({ title, prose: '', code: texts.join(GAP) });
}

/** `rounded_normal(key, shape)`. Source: Giles 2010, "Approximating the erfinv function", with the coefficients that XLA uses. */
const ROUNDED_NORMAL = `ERFINV_CENTRE = (
    *(2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087),
    *(-0.00125372503, -0.00417768164, 0.246640727, 1.50140941),
)
ERFINV_TAIL = (
    *(-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773),
    *(-0.0076224613, 0.00943887047, 1.00167406, 2.83297682),
)


def single(x):
    """Round float64 to the digits of float32."""
    return jax.lax.reduce_precision(x, exponent_bits=8, mantissa_bits=23)


def rounded_normal(key, shape):
    """Draw from N(0, 1): sqrt(2) erfinv(x), x uniform in (-1, 1), each operation rounded as on the page.

    jax.random.normal gives the same but for the last digits of float32, which would grow from step to step.
    """
    low = 2.0**-24 - 1
    u = jax.random.uniform(key, shape, jnp.float32).astype(jnp.float64)
    x = jnp.maximum(single(2 * u + low), low)
    w = single(-jnp.log(1 - x * x))
    is_tail = w >= 5
    t = single(jnp.where(is_tail, jnp.sqrt(w) - 3, w - 2.5))
    series = 0.0
    for centre, tail in zip(np.float32(ERFINV_CENTRE), np.float32(ERFINV_TAIL)):
        series = single(jnp.where(is_tail, np.float64(tail), np.float64(centre)) + series * t)
    return single(np.float64(np.float32(math.sqrt(2))) * single(series * x))`;

/** `create_net`, `run_net`, `losses_of` and what they need. */
const NETWORK = `NUDGE = 0.0  # added to each initial weight, relative: to see what becomes of rounding errors


def relu(z):
    """Return max(0, z); nan stays nan, which XLA's own maximum does not promise on every device."""
    return jnp.where(z <= 0, 0.0, z)


ACTIVATIONS = dict(relu=relu, tanh=jnp.tanh, sigmoid=jax.nn.sigmoid, selu=jax.nn.selu, linear=lambda z: z)


def create_net(key, sizes, activation):
    """Draw weights [outputs, inputs] from N(0, gain / inputs), gain 2 before a ReLU and 1 elsewhere; biases are zero."""
    params = []
    for layer, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        gain = 2 if activation == "relu" and layer < len(sizes) - 2 else 1
        weights = math.sqrt(gain / inputs) * rounded_normal(fold_in(key, layer), (outputs, inputs))
        params.append(((1 + NUDGE) * weights, jnp.zeros(outputs)))
    return params


def run_net(params, x, activation, gate):
    """Return the activations of all layers, input first, and what the next layer reads of them: gate(layer, activation).

    The last activations are z, log odds of the classes.
    """
    activations, outputs = [x], []
    for layer, (w, b) in enumerate(params):
        outputs.append(gate(layer, activations[layer]))
        z = outputs[layer] @ w.T + b
        activations.append(ACTIVATIONS[activation](z) if layer < len(params) - 1 else z)
    return activations, outputs


def log_probabilities(z):
    """Return log P of each class; a single z is that of class 1, against 0."""
    return jax.nn.log_softmax(jnp.pad(z, ((0, 0), (1, 0))) if z.shape[1] == 1 else z)


def losses_of(z, y):
    """Return the cross-entropy, -log P(class y), of each row."""
    return -jnp.take_along_axis(log_probabilities(z), y[:, None], 1)[:, 0]


def say_if_wild(name, p, here, wanted):
    """Nudge the initial weights by 1e-14, and say so if that moves a number of the page's own study about as far as it differs."""
    global NUDGE
    NUDGE = 1e-14
    nudged = jax.jit(lambda seed, p: study(seed, p)[name])(np.uint32(PAGE_SEED), p)
    moved, apart = (np.max(abs(np.ravel(other)[: np.size(wanted)] - np.ravel(here)[: np.size(wanted)])) for other in (nudged, wanted))
    if moved > apart / 100:
        print(f"This run is so wild that 1e-14 more in the initial weights moves {name} by {moved:.2g}: rounding errors grow in it.")`;

/** What the script of a study with this network says of a difference. */
export const AFTER_DIFFERENCE = 'say_if_wild(name, p, here, wanted)';

/** Parts of every study that trains or recurs. */
export const NORMAL_PART = part('Normal numbers', ROUNDED_NORMAL);
export const NETWORK_PART = part('The network', NETWORK);

/** Compares numbers relative to the greatest of them, or to 1. */
export function trained(name: string, wanted: number | readonly number[]): Check {
  const sizes = [wanted].flat().filter(Number.isFinite).map(Math.abs);
  return nearly(name, wanted, Math.max(1, ...sizes), OF_TRAINING);
}

/** Whether what comes out in the end is compared. */
export function isCompared(steps: number): boolean {
  return steps <= COMPARED_STEPS;
}
