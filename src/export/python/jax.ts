/** The JAX script's own part: a network as a pure function, its gradient by `jax.value_and_grad`, its update by `jax.tree.map`. */
import type { Loss } from '../../protocol/network';
import type { Activation, Optimizer } from '../../protocol/settings';
import { dropoutCall } from './dropout';
import { lagExpression, type Section } from './experiment';
import type { Plan } from './plan';
import { indent, lines } from './text';

/** How JAX names the activations; shared with Flax and the sweep. */
export const JAX_ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'jax.nn.relu(z)',
  tanh: 'jnp.tanh(z)',
  sigmoid: 'jax.nn.sigmoid(z)',
  selu: 'jax.nn.selu(z)',
  linear: 'z',
};

/** The losses in JAX; `per_example` keeps them apart. */
export const JAX_LOSSES: Readonly<Record<Loss, { word: string; perExample: string }>> = {
  binary: {
    word: 'cross-entropy of sigmoid(z) against 0 or 1',
    perExample: 'jax.nn.softplus(jnp.where(y > 0.5, -z, z))[:, 0]',
  },
  softmax: {
    word: 'cross-entropy of softmax(z) against the class',
    perExample: '-jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1)[:, 0]',
  },
  squared: { word: 'squared error', perExample: '(z - y)[:, 0] ** 2' },
};

/** The lines from `h` to `z` with the weights `w` [outputs, inputs]. */
function jaxLinear(plan: Plan): string {
  if (!plan.hasDropConnect) return 'z = h @ w.T + b';
  return lines(
    'if step is None:',
    '    z = h @ w.T + b',
    'else:',
    '    used = jnp.broadcast_to(w * weight_dropout(step, layer, len(x), s), (len(x), *w.shape))',
    '    z = jnp.einsum("noi,ni->no", used, h) + b',
  );
}

/** The network of the JAX script. */
export function jaxNetwork(plan: Plan): Section {
  const { word, perExample } = JAX_LOSSES[plan.loss];
  return {
    title: 'The network',
    prose: 'A pure function of its parameters. The input and every hidden activation pass through dropout; the output never does.',
    code: lines(
      'def forward(params, x, s, step=None):',
      '    """Return the output before the loss. A step number means train, masks on; None means eval."""',
      '    a = x',
      '    for layer, (w, b) in enumerate(params):',
      indent(dropoutCall(plan), 2),
      indent(jaxLinear(plan), 2),
      `        a = ${JAX_ACTIVATIONS[plan.settings.activation]}`,
      '    return z',
      '',
      '',
      'def loss_of(params, x, y, s, step=None):',
      `    """Return the mean ${word}."""`,
      '    z = forward(params, x, s, step)',
      `    return jnp.mean(${perExample})`,
    ),
  };
}

const STATES: Readonly<Record<Optimizer, string>> = {
  sgd: 'None',
  momentum: 'jax.tree.map(jnp.zeros_like, params)',
  adam: '(jax.tree.map(jnp.zeros_like, params), jax.tree.map(jnp.zeros_like, params))',
};

/** The update of an optimiser: from `gradients` and `state` to new `params` and `state`; shared with the sweep. */
const JAX_UPDATES: Readonly<Record<Optimizer, string>> = {
  sgd: 'params = jax.tree.map(lambda w, g: w - s.learning_rate * g, params, gradients)',
  momentum: `state = jax.tree.map(lambda v, g: s.momentum * v + g, state, gradients)
params = jax.tree.map(lambda w, v: w - s.learning_rate * v, params, state)`,
  adam: `m = jax.tree.map(lambda m, g: s.momentum * m + (1 - s.momentum) * g, state[0], gradients)
v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state[1], gradients)
grown = lambda m, v: m / bias[0] / (jnp.sqrt(v / bias[1]) + 1e-8)
params = jax.tree.map(lambda w, m, v: w - s.learning_rate * grown(m, v), params, m, v)
state = m, v`,
};

/** Weight decay before the update; biases stay out of it. */
const JAX_DECAY = 'gradients = [(gw + s.weight_decay * w, gb) for (gw, gb), (w, _) in zip(gradients, params)]';

/** Max-norm after the update: no row of weights, all that goes into one unit, longer than allowed. */
const JAX_CLIP = `norms = [jnp.linalg.norm(w, axis=1, keepdims=True) for w, _ in params]
scales = [jnp.where(norm > s.max_norm, s.max_norm / jnp.maximum(norm, 1e-30), 1) for norm in norms]
params = [(w * scale, b) for (w, b), scale in zip(params, scales)]`;

/** The training step of the JAX script. */
export function jaxTraining(plan: Plan): Section {
  const { optimizer } = plan.settings;
  const isAdam = optimizer === 'adam';
  return {
    title: 'Training',
    prose:
      'The settings are a static argument: a change by hand compiles the step anew, and every p is rounded to float32 once, as the page does.',
    code: lines(
      '@functools.partial(jax.jit, static_argnames="s")',
      `def update(params, state, x, y, s, step${isAdam ? ', bias' : ''}):`,
      '    """Return new parameters and state, and the loss of the batch, masks on."""',
      '    loss, gradients = jax.value_and_grad(loss_of)(params, x, y, s, step)',
      plan.decays && `    ${JAX_DECAY}`,
      indent(JAX_UPDATES[optimizer]),
      plan.clips && ['    if s.max_norm > 0:', indent(JAX_CLIP, 2)],
      '    return params, state, loss',
      '',
      '',
      'params = [(jnp.asarray(w), jnp.asarray(b)) for w, b in zip(WEIGHTS, BIASES)]',
      `state = ${STATES[optimizer]}`,
      '',
      '',
      'def train_step(step):',
      '    """Train one step and return the mean loss of its batch, masks on."""',
      '    global params, state',
      '    s, examples = settings_at(step), batch(step)',
      isAdam &&
        `    bias = 1 - ${lagExpression(plan, 's', 'step')}, 1 - 0.999 ** (step + 1)  # the moments still fall short of means by these`,
      `    params, state, loss = update(params, state, TRAIN_X[examples], TRAIN_Y[examples], s, step${isAdam ? ', bias' : ''})`,
      '    return float(loss)',
      '',
      '',
      'def evaluate(x, y, s):',
      '    """Return the mean loss with all masks off."""',
      '    return float(loss_of(params, x, y, s))',
    ),
  };
}
