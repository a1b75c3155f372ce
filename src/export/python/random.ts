/** The random numbers of a script: threefry written out for everything that is not JAX, `jax.random` itself where it is. */
import type { Section } from './experiment';
import type { Plan } from './plan';
import { lines } from './text';

const THREEFRY = `def threefry2x32(key, x0, x1):
    """Hash pairs of 32-bit words under a key: 20 rounds of add, rotate, xor (Salmon et al. 2011)."""
    word = np.uint32
    keys = key[0], key[1], key[0] ^ key[1] ^ word(0x1BD11BDA)
    x0, x1 = np.atleast_1d(word(x0)) + keys[0], np.atleast_1d(word(x1)) + keys[1]
    for group in range(5):
        for turn in ((13, 15, 26, 6), (17, 29, 16, 24))[group % 2]:
            x0 = x0 + x1
            x1 = ((x1 << word(turn)) | (x1 >> word(32 - turn))) ^ x0
        x0 = x0 + keys[(group + 1) % 3]
        x1 = x1 + keys[(group + 2) % 3] + word(group + 1)
    return x0, x1


def fold_in(key, data):
    """Derive the key of a part, as jax.random.fold_in."""
    x0, x1 = threefry2x32(key, 0, data)
    return x0[0], x1[0]


def random_bits(key, count):
    """Draw 32-bit words, as jax.random.bits: number i is a hash of (key, i), so there is no state."""
    x0, x1 = threefry2x32(key, np.zeros(count, np.uint32), np.arange(count, dtype=np.uint32))
    return x0 ^ x1


def uniform(key, shape):
    """Draw from [0, 1), as jax.random.uniform: the upper 23 bits."""
    bits = random_bits(key, math.prod(shape)) >> np.uint32(9)
    return (bits * np.float32(2**-23)).astype(np.float32).reshape(shape)


def bernoulli(key, keep, shape):
    """Draw 1 with probability keep, else 0, as jax.random.bernoulli."""
    return (uniform(key, shape) < np.float32(keep)).astype(np.float32)


KEY = np.uint32(0), np.uint32(SEED)  # jax.random.key(SEED)`;

const NORMAL = `def normal(key, shape):
    """Draw from N(0, 1), as jax.random.normal: the inverse error function of a uniform draw (Giles 2010)."""
    low = float(np.nextafter(np.float32(-1), np.float32(0)))
    x = np.maximum(low, 2.0 * uniform(key, shape).astype(np.float64) + low).astype(np.float32).astype(np.float64)
    w = -np.log1p(-x * x)
    centre = (2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
              -0.00417768164, 0.246640727, 1.50140941)
    tail = (-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
            0.00943887047, 1.00167406, 2.83297682)
    erfinv = x * np.where(w < 5, np.polyval(centre, w - 2.5), np.polyval(tail, np.sqrt(w) - 3))
    return (np.sqrt(2) * erfinv).astype(np.float32)`;

/** Writes the generator: JAX's threefry2x32 with partitionable counters, in plain NumPy. */
export function threefrySection(plan: Plan): Section {
  return {
    title: 'Random numbers',
    prose:
      "The generator of JAX, threefry2x32, in plain NumPy. A draw is a hash of (key, position), so any step's mask can be had without the steps before it.",
    code: lines(THREEFRY, plan.modes.includes('gaussian') && ['', '', NORMAL]),
  };
}

/** Writes the key for scripts that have `jax.random`. */
export function jaxRandomSection(): Section {
  return {
    title: 'Random numbers',
    prose:
      "JAX's own. A draw is a hash of (key, position), so any step's mask can be had without the steps before it. JAX before 0.5 needs jax_threefry_partitionable=True.",
    code: lines('KEY = jax.random.key(SEED)', 'fold_in = jax.random.fold_in'),
  };
}

/** Writes `batch(step)`: which examples a step trains on. */
export function orderSection(isJax: boolean): Section {
  const bits = isJax
    ? 'np.asarray(jax.random.bits(fold_in(fold_in(KEY, 0x80000001), epoch), (len(indices),)))'
    : 'random_bits(fold_in(fold_in(KEY, 0x80000001), epoch), len(indices))';
  return {
    title: 'Which examples in which step',
    prose: 'Every epoch goes through the training set in an order of its own; the last batch of an epoch may be smaller.',
    code: `@functools.cache
def order(epoch):
    """Return the examples in the order of an epoch: a Fisher-Yates shuffle."""
    indices = np.arange(len(TRAIN_X))
    bits = ${bits}
    for last in range(len(indices) - 1, 0, -1):
        other = int(bits[last]) * (last + 1) >> 32
        indices[[last, other]] = indices[[other, last]]
    return indices


def batch(step):
    """Return the indices of the examples of a training step."""
    epoch, index = divmod(step, -(-len(TRAIN_X) // BATCH_SIZE))
    return order(epoch)[index * BATCH_SIZE : (index + 1) * BATCH_SIZE]`,
  };
}
