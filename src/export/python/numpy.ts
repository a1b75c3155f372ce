/** The NumPy script's own part: a network from scratch, its backward pass and its update, in plain arrays. */
import type { Loss } from '../../protocol/network';
import type { Activation, Optimizer } from '../../protocol/settings';
import { dropoutCall } from './dropout';
import { lagExpression, type Section } from './experiment';
import type { Plan } from './plan';
import { indent, lines } from './text';

/** The activation as an expression of `z`, and its slope as one of `a`. */
const ACTIVATIONS: Readonly<Record<Activation, { value: string; slope: string }>> = {
  relu: { value: 'np.maximum(z, 0)', slope: 'a > 0' },
  tanh: { value: 'np.tanh(z)', slope: '1 - a * a' },
  sigmoid: { value: 'np.exp(-np.logaddexp(0, -z))', slope: 'a * (1 - a)' },
  selu: {
    value: '1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0)))',
    slope: 'np.where(a > 0, 1.0507009873554805, a + 1.7580993408473766).astype(np.float32)',
  },
  linear: { value: 'z', slope: 'np.ones_like(a)' },
};

const LOSSES: Readonly<Record<Loss, string>> = {
  binary: `def loss_of(z, y):
    """Return the mean cross-entropy of sigmoid(z) against 0 or 1, and its gradient with respect to z."""
    loss = np.mean(np.logaddexp(0, z) - z * y)
    return loss, (np.exp(-np.logaddexp(0, -z)) - y) / len(z)  # sigmoid(z), which cannot overflow like this`,
  softmax: `def loss_of(z, y):
    """Return the mean cross-entropy of softmax(z) against the class, and its gradient with respect to z."""
    z = z - z.max(1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(1, keepdims=True))
    rows = np.arange(len(z))
    gradient = np.exp(log_p)
    gradient[rows, y] -= 1
    return -log_p[rows, y].mean(), gradient / len(z)`,
  squared: `def loss_of(z, y):
    """Return the mean squared error, and its gradient with respect to z."""
    return np.mean((z - y) ** 2), 2 * (z - y) / len(z)`,
};

function forwardFunction(plan: Plan): string {
  const { hasDropConnect, unitModes } = plan;
  const weights = hasDropConnect
    ? lines(
        'weight_factor = np.ones((1, 1, 1), np.float32) if step is None else weight_dropout(step, layer, len(x), s)',
        'used = w * weight_factor',
        'z = (used @ h[:, :, None])[:, :, 0] + b',
        `tape.append((a, ${unitModes.length > 0 ? 'factor' : '1.0'}, h, used, weight_factor))`,
      )
    : lines('z = h @ w.T + b', `tape.append((a, ${unitModes.length > 0 ? 'factor' : '1.0'}, h))`);
  return lines(
    'def forward(params, x, s, step=None):',
    '    """Return the output before the loss, and what backward needs. A step number means train; None means eval."""',
    '    a, tape = x, []',
    '    for layer, (w, b) in enumerate(params):',
    indent(dropoutCall(plan), 2),
    indent(weights, 2),
    '        a = activate(z)',
    '    return z, tape',
  );
}

function backwardFunction(plan: Plan): string {
  const body = plan.hasDropConnect
    ? lines(
        'a, factor, h, used, weight_factor = tape[layer]',
        'gw = (gradient[:, :, None] * h[:, None, :] * weight_factor).sum(0)',
        'gradients[layer] = gw, gradient.sum(0)',
        'if layer > 0:',
        '    gradient = (gradient[:, None, :] @ used)[:, 0, :] * factor * slope(a)',
      )
    : lines(
        'a, factor, h = tape[layer]',
        'gradients[layer] = gradient.T @ h, gradient.sum(0)',
        'if layer > 0:',
        '    gradient = (gradient @ params[layer][0]) * factor * slope(a)',
      );
  return lines(
    'def backward(params, tape, gradient):',
    '    """Return the gradients of weights and biases: the masks of forward, read backwards."""',
    '    gradients = [None] * len(params)',
    '    for layer in reversed(range(len(params))):',
    indent(body, 2),
    '    return gradients',
  );
}

/** The network of the NumPy script. */
export function numpyNetwork(plan: Plan): Section {
  const { value, slope } = ACTIVATIONS[plan.settings.activation];
  return {
    title: 'The network',
    prose: 'Forward and backward by hand. The input and every hidden activation pass through dropout; the output never does.',
    code: lines(
      'def activate(z):',
      `    return ${value}`,
      '',
      '',
      'def slope(a):',
      '    """Return the derivative of the activation, written in terms of its value a."""',
      `    return ${slope}`,
      '',
      '',
      LOSSES[plan.loss],
      '',
      '',
      forwardFunction(plan),
      '',
      '',
      backwardFunction(plan),
    ),
  };
}

const STATES: Readonly<Record<Optimizer, string | false>> = {
  sgd: false,
  momentum: 'VELOCITY = [[np.zeros_like(w), np.zeros_like(b)] for w, b in PARAMS]',
  adam: 'MOMENTS = [[(np.zeros_like(w), np.zeros_like(w)), (np.zeros_like(b), np.zeros_like(b))] for w, b in PARAMS]',
};

const UPDATES: Readonly<Record<Optimizer, (lag: string) => string>> = {
  sgd: () => 'value -= s.learning_rate * g',
  momentum: () => `velocity = VELOCITY[layer][part]
velocity[...] = s.momentum * velocity + g
value -= s.learning_rate * velocity`,
  adam: (lag) => `m, v = MOMENTS[layer][part]
m[...] = s.momentum * m + (1 - s.momentum) * g
v[...] = 0.999 * v + 0.001 * g * g
m_hat, v_hat = m / (1 - ${lag}), v / (1 - 0.999 ** (step + 1))
value -= s.learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)`,
};

/** The training step of the NumPy script. */
export function numpyTraining(plan: Plan): Section {
  const { optimizer } = plan.settings;
  const clip = lines(
    'if s.max_norm > 0:',
    '    norms = np.linalg.norm(w, axis=1, keepdims=True)',
    '    w *= np.where(norms > s.max_norm, s.max_norm / np.maximum(norms, 1e-30), 1).astype(np.float32)',
  );
  return {
    title: 'Training',
    prose: 'One call, one step: the batch, forward with its masks, backward with the same masks, the update.',
    code: lines(
      'PARAMS = [[w.copy(), b.copy()] for w, b in zip(WEIGHTS, BIASES)]',
      STATES[optimizer],
      '',
      '',
      'def train_step(step):',
      '    """Train one step and return the mean loss of its batch, masks on."""',
      '    s, examples = settings_at(step), batch(step)',
      '    z, tape = forward(PARAMS, TRAIN_X[examples], s, step)',
      '    loss, gradient = loss_of(z, TRAIN_Y[examples])',
      '    for layer, (gw, gb) in enumerate(backward(PARAMS, tape, gradient)):',
      '        w, b = PARAMS[layer]',
      plan.decays && '        gw = gw + s.weight_decay * w',
      '        for part, (value, g) in enumerate(((w, gw), (b, gb))):',
      indent(UPDATES[optimizer](lagExpression(plan, 's', 'step')), 3),
      plan.clips && indent(clip, 2),
      '    return float(loss)',
      '',
      '',
      'def evaluate(x, y, s):',
      '    """Return the mean loss with all masks off."""',
      '    return float(loss_of(forward(PARAMS, x, s)[0], y)[0])',
    ),
  };
}
