/** Chapter 7: what else is called dropout, one tab a member. */
import { type ReactNode, useState } from 'react';
import type { Settings } from '../../../protocol/settings';
import type { Convention } from '../../../store/labStore';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { useHost } from '../shell/host';
import { dropCode, keepCode, keepFactorCode, perKeepCode } from '../shell/keep';
import type { PredictionSpec } from '../shell/Prediction';
import DropConnectFigure from './DropConnectFigure';
import { alphaFormula, covarianceFormula, noiseFormula, reluFormula } from './formulas';
import NoiseFigure from './NoiseFigure';
import PlacementFigure from './PlacementFigure';
import RecurrentFigure from './RecurrentFigure';
import SeluFigure from './SeluFigure';
import ShapesFigure from './ShapesFigure';
import { Tabs } from './Tabs';
import TrickFigure from './TrickFigure';

interface Member {
  readonly label: string;
  readonly figure: ReactNode;
  readonly words: string;
  readonly code: (convention: Convention) => readonly string[];
  readonly formula?: (convention: Convention) => ReactNode;
  readonly take: Partial<Settings>;
}

const MEMBERS = {
  noise: {
    label: 'Gaussian',
    figure: <NoiseFigure />,
    words: 'Equal mean and variance are enough for a linear layer; whatever bends sees the other moments.',
    code: (convention) => [
      `sd = np.sqrt(${dropCode(convention)} ${perKeepCode(convention)})`,
      'y = x * rng.normal(1, sd, x.shape)',
      '# eval: y = x',
    ],
    formula: noiseFormula,
    take: { mode: 'gaussian', p: 0.3 },
  },
  dropConnect: {
    label: 'DropConnect',
    figure: <DropConnectFigure />,
    words: 'Two outputs that read the same units vary together under dropout, and each by itself under DropConnect.',
    code: (convention) => [
      `M = rng.random(W.shape) < ${keepCode(convention)}`,
      `y = x @ (W * M) ${perKeepCode(convention)}`,
      '# eval: y = x @ W',
    ],
    formula: covarianceFormula,
    take: { mode: 'dropconnect', p: 0.4 },
  },
  trick: {
    label: 'The one-line trick',
    figure: <TrickFigure />,
    words: 'DropConnect by a function that was made for activations: right where the second argument is what to keep.',
    code: () => [
      '# TF 1: the second argument is keep_prob',
      'w = tf.nn.dropout(w, 0.7) * 0.7',
      '# TF 2: it is rate',
      'w = tf.nn.dropout(w, 0.7) * 0.7',
    ],
    take: { mode: 'dropconnect', p: 0.3 },
  },
  selu: {
    label: 'Alpha and SELU',
    figure: <SeluFigure />,
    words: 'A layer that normalises itself needs a dropout that leaves its mean and variance alone.',
    code: (convention) => [
      'low = -1.7581  # the lowest that SELU gets',
      `a = (${keepFactorCode(convention)} * (1 + ${dropCode(convention)} * low**2)) ** -0.5`,
      `y = a * np.where(m, x, low) - a * ${dropCode(convention)} * low`,
      '# eval: y = x',
    ],
    formula: alphaFormula,
    take: { mode: 'alpha', activation: 'selu', p: 0.1 },
  },
  shapes: {
    label: 'Stripes',
    figure: <ShapesFigure />,
    words: 'Where neighbours say the same, dropping single cells hides nothing, and whole channels or times are dropped at once.',
    code: (convention) => [
      'shape = (batch, 1, features)',
      `m = rng.random(shape) < ${keepCode(convention)}`,
      `y = x * m ${perKeepCode(convention)}`,
    ],
    take: { mode: 'spatial', p: 0.4, hidden: [16, 16], channelSize: 4 },
  },
  placement: {
    label: 'Before or after',
    figure: <PlacementFigure />,
    words: 'For ReLU the place of the layer is a matter of taste. For anything that bends it is not.',
    code: () => ['y = f(drop(z))   # before', 'y = drop(f(z))   # after'],
    formula: reluFormula,
    take: { mode: 'inverted', activation: 'tanh', p: 0.3 },
  },
  recurrent: {
    label: 'Recurrent',
    figure: <RecurrentFigure />,
    words: 'Fresh masks on a state wear it down time by time; one mask for all times makes a smaller network that remembers.',
    code: () => ['h = np.tanh(drop_in(x[t]) @ Wx + s @ Wh)', 'y[t] = drop_out(h)', 's = drop_state(h)'],
    take: { mode: 'inverted', maskScope: 'batch', p: 0.3 },
  },
} as const satisfies Record<string, Member>;
type MemberId = keyof typeof MEMBERS;

const TABS = (Object.keys(MEMBERS) as MemberId[]).map((id) => ({ id, label: MEMBERS[id].label }));

const prediction: PredictionSpec = {
  question: 'Two outputs of a linear layer share their inputs. Under which of the two do they vary independently of each other?',
  choices: [
    { id: 'units', label: 'dropout of units' },
    { id: 'weights', label: 'DropConnect' },
    { id: 'both', label: 'both' },
    { id: 'none', label: 'neither' },
  ],
  answer: 'weights',
  reveal:
    'A dropped unit is missing from both sums at once, which ties them together. DropConnect draws for every weight by itself: correlation 0, at equal means and variances.',
};

export default function FamilyChapter() {
  const [chosen, setChosen] = useState<MemberId>('noise');
  const { convention } = useHost();
  const member: Member = MEMBERS[chosen];
  return (
    <ChapterBody
      chapterId="family"
      lead="Multiply by noise, drop weights, drop whole channels, hold one mask through time: the relatives of dropout differ in what shares a draw, and in what a dropped value becomes."
      prediction={prediction}
      aside={
        <>
          <CodeBox title={`${member.label}, in NumPy`} lines={member.code(convention)} />
          {member.formula && <div className="formula-card">{member.formula(convention)}</div>}
        </>
      }
      text={member.words}
      take={member.take}
    >
      <Tabs label="Members of the family" entries={TABS} chosen={chosen} onChoose={setChosen}>
        <div className="family-figures">{member.figure}</div>
      </Tabs>
    </ChapterBody>
  );
}
