/**
 * The questions of a worksheet, with the numbers of one run and their answers. Pure: the same run, the same sheet, on every machine.
 *
 * Nothing is invented: each number is the run's own, or follows from one by a formula that a pupil can do by hand.
 */
import { dropUnit, evalScale, trainScale } from '../../math/dropout';
import { dropProbability, type Settings } from '../../protocol/settings';
import type { Snapshot } from '../../protocol/snapshot';
import type { Convention } from '../../store/labStore';
import { MEAN_WINDOW, runningMean } from '../../viz/lossCurves';
import { bothWays } from '../words/convention';
import { counted, fixed, grouped, listed, trimmed } from '../words/format';
import { gaussianSd } from '../words/modes';
import { linkQuestions } from './linkQuestions';
import { chance, plain, powerOfTwo, type Question, type Subject } from './questionParts';

/** Returns the layer to ask about; null when nothing is dropped anywhere in the hidden layers. */
export function subjectOf({ settings, last }: Pick<Snapshot, 'settings' | 'last'>): Subject | null {
  if (settings.mode === 'none') return null;
  for (const [index, units] of settings.hidden.entries()) {
    const layerIndex = index + 1;
    const p = dropProbability(settings, layerIndex);
    if (p > 0) return { layerIndex, units, p, snapshot: last?.layers[layerIndex] ?? null };
  }
  return null;
}

/** Units whose fate is one draw: in 'spatial' a channel, else a unit. */
function numDraws(settings: Settings, units: number): number {
  return settings.mode === 'spatial' ? Math.ceil(units / settings.channelSize) : units;
}

function expectation(settings: Settings, { layerIndex, units, p }: Subject, convention: Convention): Question {
  const name = `hidden layer ${layerIndex}`;
  const rate = bothWays(convention, p);
  if (settings.mode === 'gaussian') {
    return plain(
      `Each of the ${counted(units, 'unit')} of ${name} is multiplied by noise of mean 1 and variance drop ÷ keep, with ${rate}. What is the standard deviation of the noise?`,
      `√(${trimmed(p)} ÷ ${trimmed(1 - p)}) = ${fixed(gaussianSd(p))}.`,
    );
  }
  const isLinks = settings.mode === 'dropconnect';
  const next = settings.hidden[layerIndex];
  const draws = isLinks ? units * (next ?? 1) : numDraws(settings, units);
  const thing = isLinks ? 'link' : settings.mode === 'spatial' ? 'channel' : 'unit';
  const where = isLinks ? `out of ${name}${next === undefined ? ' to one output' : ''}` : `of ${name}`;
  const keep = 1 - p;
  return plain(
    `Each of the ${counted(draws, thing)} ${where} is kept or dropped by a draw of its own, ${rate}. How many are kept on average in one pass? What is the standard deviation of that number?`,
    `Mean ${grouped(draws)} × ${trimmed(keep)} = ${fixed(draws * keep)}; standard deviation √(${grouped(draws)} × ${trimmed(keep)} × ${trimmed(p)}) = ${fixed(Math.sqrt(draws * keep * p))}.`,
  );
}

/** How likely all are dropped at once; asked where it is not certain. */
function allDropped(settings: Settings, { layerIndex, units, p }: Subject): Question | null {
  if (settings.mode === 'gaussian' || settings.mode === 'dropconnect' || p === 1) return null;
  const draws = numDraws(settings, units);
  const thing = settings.mode === 'spatial' ? 'channels' : 'units';
  return plain(
    `How likely is it that all ${grouped(draws)} ${thing} of hidden layer ${layerIndex} are dropped at once?`,
    `${trimmed(p)} to the power of ${grouped(draws)} = ${chance(p, draws)}`,
  );
}

function maskQuestion(settings: Settings, subject: Subject, step: number): Question | null {
  const mask = subject.snapshot?.mask;
  if (!mask) return null;
  const row = [...mask.subarray(0, subject.units)];
  const kept = row.reduce((sum, bit) => sum + bit, 0);
  const isAlone = settings.mode !== 'spatial';
  const mean = subject.units * (1 - subject.p);
  const sd = Math.sqrt(subject.units * subject.p * (1 - subject.p));
  const distance = sd > 0 && isAlone ? ` That is ${fixed(Math.abs(kept - mean) / sd, 1)} standard deviations from the mean.` : '';
  return plain(
    `This is the mask of hidden layer ${subject.layerIndex} for the first example of step ${grouped(step)} (1 is kept). Which share of its units is kept?${distance === '' ? '' : ' How many standard deviations is their number from the mean?'}`,
    `${grouped(kept)} of ${grouped(subject.units)}, ${fixed(kept / subject.units)}.${distance}`,
    2,
    row.join(' '),
  );
}

interface Example {
  readonly unit: number;
  readonly activation: number;
  readonly output: number;
  readonly factor: number;
}

/** The unit of the first example that has most to say: the largest activation among the kept (or among all, where none is masked). */
function keptExample({ snapshot, units }: Subject): Example | null {
  if (!snapshot) return null;
  let best: Example | null = null;
  for (let unit = 0; unit < units; unit++) {
    if (snapshot.mask?.[unit] === 0) continue;
    const [activation, output] = [snapshot.activation[unit] ?? 0, snapshot.output[unit] ?? 0];
    const factor = snapshot.noise?.[unit] ?? Number.NaN;
    if (best === null || Math.abs(activation) > Math.abs(best.activation)) best = { unit, activation, output, factor };
  }
  return best !== null && best.activation !== 0 ? best : null;
}

function unitQuestions(settings: Settings, subject: Subject, step: number): readonly Question[] {
  const { mode } = settings;
  const found = keptExample(subject);
  if (!found || mode === 'dropconnect' || mode === 'alpha') return [];
  const dropout = { mode, p: subject.p };
  const factor = mode === 'gaussian' ? found.factor : trainScale(dropout);
  const why = mode === 'gaussian' ? `its noise is ${fixed(factor, 3)}` : 'it is kept';
  const name = `Unit ${found.unit + 1} of hidden layer ${subject.layerIndex}`;
  const a = fixed(found.activation, 3);
  const inEval = evalScale(dropout);
  const mean = mode === 'gaussian' ? 1 : trainScale(dropout) * (1 - subject.p);
  const isNoise = mode === 'gaussian';
  const verdict =
    Math.abs(mean - inEval) < 1e-9
      ? `The same as in eval: that is what ${isNoise ? 'the mean of 1' : 'the scaling'} is for.`
      : 'Not what it is in eval: the next layer is misled.';
  return [
    plain(
      `${name} has the activation ${a} in step ${grouped(step)}, and ${why}. The mode is ${mode}. What does the next layer read in training?`,
      `${a} × ${fixed(factor, 3)} = ${fixed(found.output, 3)}.`,
      1,
    ),
    plain(
      `And what would it read in eval, from the same activation?`,
      `${a} × ${fixed(inEval, 3)} = ${fixed(found.activation * inEval, 3)}.`,
      1,
    ),
    plain(
      `Average over all ${isNoise ? 'draws of the noise' : 'masks'} what the next layer reads from this unit in training. Is it what it reads in eval?`,
      `${a} × ${fixed(mean, 3)} = ${fixed(found.activation * mean, 3)}. ${verdict}`,
    ),
  ];
}

function droppedQuestion(settings: Settings, subject: Subject): Question | null {
  const mask = subject.snapshot?.mask;
  const unit = mask ? mask.subarray(0, subject.units).indexOf(0) : -1;
  if (unit < 0 || settings.mode === 'alpha') return null;
  return plain(
    `Unit ${unit + 1} of the same layer is dropped for this example. What does it pass on, and which gradient do the weights into it get from this example? Why?`,
    'It passes on 0, and the weights into it get 0: nothing of the loss went through it.',
  );
}

function subNetworks(settings: Settings): Question | null {
  if (settings.mode === 'gaussian' || settings.mode === 'dropconnect') return null;
  const draws = settings.hidden
    .filter((_, index) => {
      const p = dropProbability(settings, index + 1);
      return p > 0 && p < 1;
    })
    .map((units) => numDraws(settings, units));
  const total = draws.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const thing = settings.mode === 'spatial' ? 'channels' : 'units';
  return plain(
    `The hidden layers that drop have ${listed(draws.map(String))} ${thing}. How many different sub-networks can the masks of these ${grouped(total)} ${thing} make?`,
    `2 to the power of ${grouped(total)} = ${powerOfTwo(total)}, each with its own share of the training.`,
  );
}

/** Returns the curve of the batches as the screen draws it: each point the mean of the last few. */
export function maskedMeans(curves: Snapshot['curves']): readonly number[] {
  const values = Float32Array.from(curves, ({ trainMasked }) => trainMasked);
  return curves.map((_, index) => runningMean(values, index));
}

/** What the three curves are called; without dropout there are no masks to name. */
export function curveWords({ settings }: Pick<Snapshot, 'settings'>): readonly [batches: string, set: string, test: string] {
  const isDropping =
    settings.mode !== 'none' && (settings.inputP > 0 || settings.hidden.some((_, at) => dropProbability(settings, at + 1) > 0));
  if (!isDropping) return ['train, by batches', 'train, whole set', 'test'];
  return [settings.mode === 'gaussian' ? 'train, with noise' : 'train, with masks', 'train, in eval', 'test'];
}

function lossQuestion(snapshot: Snapshot): Question | null {
  const { curves, step } = snapshot;
  const end = curves.at(-1);
  const masked = maskedMeans(curves).at(-1);
  if (!end || masked === undefined || end.step === 0) return null;
  const words = curveWords(snapshot);
  const ends = [masked, end.trainEval, end.test].map((value) => fixed(value));
  const least = Math.min(...[masked, end.trainEval, end.test].map((value) => Number(value.toFixed(2))));
  const lowest = words.filter((_, at) => Number(ends[at]) === least);
  const count = Math.min(MEAN_WINDOW, curves.length);
  const isMasked = words[0] !== 'train, by batches';
  const below =
    isMasked && masked - end.trainEval > 0.005
      ? `Without ${snapshot.settings.mode === 'gaussian' ? 'noise' : 'masks'} the same network does better: training is made harder, not the network worse.`
      : '';
  const lows = lowest.length === 0 ? '' : `Lowest: ${listed(lowest.map((name) => `“${name}”`))}.`;
  return {
    text: `Sketch how the loss went from step 0 to step ${grouped(step)}: “${words[0]}”, “${words[1]}” and “${words[2]}”. Which ends lowest?`,
    data: null,
    answer:
      `At step ${grouped(end.step)}: ${words[0]} ${ends[0]} (mean of the last ${counted(count, 'point')}), ${words[1]} ${ends[1]}, ${words[2]} ${ends[2]}. ${lows} ${below}`.trim(),
    lines: 0,
    chart: 'losses',
  };
}

function histogramAnswer({ mode }: Settings, { p, snapshot }: Subject): string {
  const outputs = snapshot ? [...snapshot.output] : [];
  const zeros = fixed(outputs.filter((value) => value === 0).length / Math.max(outputs.length, 1));
  if (mode === 'gaussian')
    return `The noise makes no zeros of its own (${zeros} of the outputs are 0 in training); it spreads what is not zero.`;
  if (mode === 'alpha')
    return `The dropped ones (about ${trimmed(p)}) do not become 0: in training they all are ${fixed(dropUnit({ mode, p }, 0, 0))}, one tall bar at the left.`;
  return `In training ${zeros} of the outputs are exactly 0: the dropped ones (about ${trimmed(p)}) and those that are silent anyway.`;
}

function histogramQuestion(settings: Settings, subject: Subject): Question {
  return {
    text: `Sketch the histogram of what hidden layer ${subject.layerIndex} puts out over the batch: once in training, once in eval. Where does dropout show?`,
    data: null,
    answer: histogramAnswer(settings, subject),
    lines: 0,
    chart: 'histogram',
  };
}

/** What train and eval do when everything is dropped. */
function allOut(mode: Settings['mode']): string {
  const inTrain = 'no signal passes in train, and only the last bias can learn';
  if (mode === 'standard') return `${inTrain}; eval multiplies by 0 as well.`;
  return `${inTrain}; eval is the whole network with weights that have never learned.`;
}

function edges({ mode }: Settings, convention: Convention): Question {
  const [none, all] = [bothWays(convention, 0), bothWays(convention, 1)];
  const where = mode === 'none' ? 'in the lab, with the mode Inverted' : 'in the lab';
  return plain(
    `Predict, then try it ${where}: what do train and eval look like with ${none}? And with ${all}?`,
    mode === 'gaussian' || mode === 'alpha'
      ? `With ${none} train and eval are one and the same. The lab refuses ${all}: ${mode === 'alpha' ? 'there is no variance left to restore' : 'the noise would be infinite'}.`
      : `With ${none} nothing is dropped, and train and eval are one and the same. With ${all} ${allOut(mode)}`,
  );
}

/** Returns the questions that this run can answer, in order. */
export function questionsOf(snapshot: Snapshot, convention: Convention): readonly Question[] {
  const { settings, step } = snapshot;
  const subject = subjectOf(snapshot);
  const losses = lossQuestion(snapshot);
  if (subject === null) {
    const none = plain(
      'In this run nothing is dropped. What does that mean for the means of a layer in training and in eval?',
      'They are one and the same: without masks both phases compute the same pass.',
    );
    return [none, ...(losses ? [losses] : []), edges(settings, convention)];
  }
  const { snapshot: layer } = subject;
  const found: readonly (Question | null)[] = [
    expectation(settings, subject, convention),
    allDropped(settings, subject),
    ...linkQuestions(settings, subject, step),
    maskQuestion(settings, subject, step),
    ...unitQuestions(settings, subject, step),
    droppedQuestion(settings, subject),
    subNetworks(settings),
    losses,
    layer && settings.mode !== 'dropconnect' ? histogramQuestion(settings, subject) : null,
    edges(settings, convention),
  ];
  return found.filter((question) => question !== null);
}
