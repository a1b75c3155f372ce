/** Settings that take the short codes through every mode, scope, convention, activation, optimiser and loss, and p = 0, 1 and per layer. */
import { CODE_CONVENTIONS, codeLines, codeText, type IdiomFramework } from '../../src/export/idioms/index';
import { datasetShape, type Loss } from '../../src/protocol/network';
import {
  ACTIVATIONS,
  DATASETS,
  DEFAULT_SETTINGS,
  MASK_SCOPES,
  MODES,
  OPEN_MODES,
  OPTIMIZERS,
  type Settings,
} from '../../src/protocol/settings';

interface IdiomCase {
  readonly name: string;
  readonly code: string;
  readonly loss: Loss;
  readonly inputs: number;
  readonly passes: number;
  /** Whether the passes of Monte Carlo must differ from one another; null where there are none. */
  readonly varies: boolean | null;
}

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

/** Returns the settings of all cases: each mode with each scope, everything else cycling through its choices. */
function caseSettings(): Settings[] {
  const cycled = MODES.flatMap((mode) => MASK_SCOPES.map((maskScope) => ({ mode, maskScope }))).map(
    ({ mode, maskScope }, index): Settings => ({
      ...DEFAULT_SETTINGS,
      mode,
      maskScope,
      dataset: pick([...DATASETS].reverse(), index),
      activation: pick(ACTIVATIONS, index),
      optimizer: pick(OPTIMIZERS, index),
      learningRate: 0.01,
      p: 0.3,
      inputP: index % 3 === 0 ? 0.1 : 0,
      layerP: index % 4 === 1 ? [0.2] : [],
      weightDecay: index % 2 === 0 ? 0.01 : 0,
      maxNorm: index % 3 === 1 ? 2 : 0,
      channelSize: 3,
      passes: 6,
    }),
  );
  const extremes = MODES.flatMap((mode) =>
    [0, 1]
      .filter((p) => p < 1 || !OPEN_MODES.includes(mode))
      .map((p): Settings => ({ ...DEFAULT_SETTINGS, mode, p, passes: 3, hidden: [5] })),
  );
  return [...cycled, ...extremes, { ...DEFAULT_SETTINGS, hidden: [], inputP: 0.4, passes: 4 }];
}

/** Returns the codes of a framework, ready to be executed with `x`, `y` and `x_test`. */
export function createIdiomCases(framework: IdiomFramework): IdiomCase[] {
  return caseSettings().map((settings, index) => {
    const { loss, numInputs } = datasetShape(settings.dataset);
    const convention = pick(CODE_CONVENTIONS, index);
    const isRandom = settings.p > 0 && settings.p < 1 && settings.hidden.length > 0;
    return {
      name: `${settings.mode}, ${settings.maskScope}, p = ${settings.p}, ${convention}`,
      code: codeText(codeLines(settings, framework, convention)),
      loss,
      inputs: numInputs,
      passes: settings.passes,
      varies: settings.mode === 'none' ? null : isRandom || settings.hidden.length === 0,
    };
  });
}
