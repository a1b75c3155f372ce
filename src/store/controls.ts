/**
 * The parts of the screen that an address or an embed can take away, `hide=mode,data`. Names are public and stable for ever.
 * The screen reads the list from `view.hidden`; nothing here knows of pixels.
 */
export const CONTROLS = {
  transport: 'play, step, epoch, slow motion and reset',
  scrubber: 'the slider over the steps',
  counters: 'step, epoch and speed',
  seed: 'the seed',
  theme: 'light or dark',
  compare: 'the comparison of two labs',
  share: 'the address, its code and its embeds',
  code: 'the lab as code and files',
  class: 'presenting, lessons and worksheets',
  mode: 'which dropout',
  p: 'the drop probability',
  phase: 'train, eval or Monte-Carlo',
  data: 'the panel of the data',
  network: 'the panel of the network',
  optimiser: 'the panel of the optimiser',
  points: 'own points',
  gradients: 'the switch for gradients',
  history: 'undo and redo',
  diagram: 'the network as a diagram',
  equation: 'the equation of the unit in focus',
  masks: 'the masks',
  activations: 'the histograms of activations',
  belief: 'what the network believes',
  loss: 'the curves of the loss',
  story: 'the sentences beside the figures',
  words: 'the two words of the fingerprint',
  chapters: 'everything below the lab',
} as const;

export type ControlName = keyof typeof CONTROLS;
export const CONTROL_NAMES = Object.keys(CONTROLS) as readonly ControlName[];

export function isControlName(name: string): name is ControlName {
  return Object.hasOwn(CONTROLS, name);
}
