/** Explanations that a pointer resting on a control brings up: what settings, modes, phases and conventions are. Loaded once a reader is there. */
import { type Mode, type Phase, SETTINGS, type SettingName } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';

export const SETTING_HELP: Readonly<Record<SettingName, string>> = {
  dataset: 'The set of examples, drawn from the data seed.',
  trainSize: 'How many examples the network trains on.',
  testSize: 'How many examples are kept aside to test on.',
  noise: 'Standard deviation of the noise added to each point.',
  labelNoise: 'Share of training labels that are wrong on purpose.',
  dataSeed: 'The number the data is drawn from.',
  points: 'Training points that you placed yourself.',
  hidden: 'Units of each hidden layer.',
  activation: 'The nonlinearity of the hidden layers.',
  mode: 'Which dropout is used.',
  p: 'The probability that a hidden unit is dropped.',
  inputP: 'The probability that an input is dropped.',
  layerP: 'Drop probability of a single hidden layer; empty follows p.',
  maskScope: 'Whether each example has its own mask (what frameworks do) or the whole batch shares one.',
  channelSize: 'Spatial dropout: this many neighbouring units share their fate.',
  phase: 'What the figures show: training with masks, the whole network, or Monte-Carlo passes.',
  passes: 'How many masked passes a Monte-Carlo prediction averages.',
  optimizer: 'How a gradient becomes an update.',
  learningRate: 'How far one update moves the weights.',
  momentum: 'Share of the last update that is carried on; Adam uses it as its first decay.',
  weightDecay: 'L2 penalty: this times the weight is added to its gradient.',
  maxNorm: 'Longest allowed vector of weights into a unit; 0 is off.',
  batchSize: 'Examples in one training step.',
  seed: 'The number that initial weights, order and masks are drawn from.',
};

export const MODE_HELP: Readonly<Record<Mode, string>> = {
  none: 'No dropout: every unit works in every step.',
  standard: 'The paper’s dropout: units are dropped in training, and the whole network is scaled down by keep at test.',
  inverted: 'What every framework does today: survivors are scaled up by 1 ÷ keep in training, nothing changes at test.',
  unscaled: 'The classic bug: units are dropped and nothing is ever scaled.',
  gaussian: 'Every activation is multiplied by noise of mean 1 with the variance that inverted dropout has.',
  dropconnect: 'Single weights are dropped instead of whole units.',
  alpha: 'Made for SELU: a dropped unit takes SELU’s lowest value, and the layer keeps mean 0 and variance 1.',
  spatial: 'Neighbouring units form a channel and share their fate.',
};

export const PHASE_HELP: Readonly<Record<Phase, string>> = {
  train: 'Show training: masks on.',
  eval: 'Show the whole network, as it predicts.',
  mc: 'Show Monte-Carlo dropout: masks stay on, many passes are averaged.',
};

export const CONVENTION_HELP: Readonly<Record<Convention, string>> = {
  drop: 'PyTorch and this lab write p for the probability of dropping a unit.',
  rate: 'Keras, JAX and TensorFlow 2 write rate for the probability of dropping a unit.',
  'keep-paper': 'Srivastava et al. (2014) write p for the probability of keeping a unit.',
  keep_prob: 'TensorFlow 1 asks for keep_prob, the probability of keeping a unit.',
};

/** Says what a setting does, and what a change of it does to the run. */
export function helpText(name: SettingName): string {
  const effects = {
    restart: 'A change restarts the run.',
    live: 'A change applies from the next step on.',
    view: 'A change alters only what is shown.',
  };
  return `${SETTING_HELP[name]} ${effects[SETTINGS[name].effect]}`;
}
