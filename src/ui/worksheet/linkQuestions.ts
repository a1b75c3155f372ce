/** What a worksheet asks about DropConnect: there links are dropped, and each example has a mask for every one of them. */
import { trainScale } from '../../math/dropout';
import { dropProbability, type Settings } from '../../protocol/settings';
import { fixed, grouped, listed, trimmed } from '../words/format';
import { chance, plain, powerOfTwo, type Question, type Subject } from './questionParts';

/** Links out of each hidden layer that drops some but not all. The last hidden layer leads to one output. */
function linkCounts(settings: Settings): readonly number[] {
  const { hidden } = settings;
  return hidden.flatMap((units, index) => {
    const p = dropProbability(settings, index + 1);
    return p > 0 && p < 1 ? [units * (hidden[index + 1] ?? 1)] : [];
  });
}

function scaling({ p }: Subject): Question {
  const [scale, keep] = [trainScale({ mode: 'dropconnect', p }), 1 - p];
  return plain(
    'What a kept link carries is multiplied in training. By how much, and why? What is its mean over all masks, and what is it in eval?',
    p < 1
      ? `By 1 ÷ ${trimmed(keep)} = ${fixed(scale, 3)}. Mean ${trimmed(keep)} × ${fixed(scale, 3)} = 1, as in eval, where every link is there: that is what the scaling is for.`
      : 'No link is kept, so there is nothing to scale: the mean is 0, and in eval every link is there.',
  );
}

/** Returns the questions about links; none in other modes. */
export function linkQuestions(settings: Settings, subject: Subject, step: number): readonly Question[] {
  if (settings.mode !== 'dropconnect') return [];
  const { layerIndex, units, p, snapshot } = subject;
  const next = settings.hidden[layerIndex] === undefined ? 'the output' : `unit 1 of hidden layer ${layerIndex + 1}`;
  const row = snapshot?.weightMask ? [...snapshot.weightMask.subarray(0, units)] : null;
  const kept = row?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  const sd = Math.sqrt(units * p * (1 - p));
  const distance = sd > 0 ? ` That is ${fixed(Math.abs(kept - units * (1 - p)) / sd, 1)} standard deviations from the mean.` : '';
  const counts = linkCounts(settings);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const questions = [
    p < 1 &&
      plain(
        `How likely is it that all ${grouped(units)} links into ${next} are dropped at once?`,
        `${trimmed(p)} to the power of ${grouped(units)} = ${chance(p, units)}`,
      ),
    row &&
      plain(
        `These are the links from hidden layer ${layerIndex} into ${next} for the first example of step ${grouped(step)} (1 is kept). Which share of them is kept?${distance === '' ? '' : ' How many standard deviations is their number from the mean?'}`,
        `${grouped(kept)} of ${grouped(units)}, ${fixed(kept / units)}.${distance}`,
        2,
        row.join(' '),
      ),
    scaling(subject),
    plain(
      `A link is dropped for one example. Which gradient does its weight get from that example? Does the unit that it comes from still learn?`,
      'None: nothing of the loss went through it. The unit still learns through those of its links that are kept; in dropout of units it would not.',
    ),
    total > 0 &&
      plain(
        `The layers that drop have ${listed(counts.map((count) => grouped(count)))} links. How many different networks can the masks of these ${grouped(total)} links make?`,
        `2 to the power of ${grouped(total)} = ${powerOfTwo(total)}, each with its own share of the training.`,
      ),
  ];
  return questions.filter((question): question is Question => typeof question === 'object' && question !== null);
}
