/** The figures of the lab by name. Their tables and their texts for the ear are loaded by this name, once the page is up. */
export type FigureKind = 'network' | 'masks' | 'gradients' | 'activations' | 'belief' | 'loss';

export const FIGURE_TITLES: Readonly<Record<FigureKind, string>> = {
  network: 'Network',
  masks: 'Masks',
  gradients: 'Gradients',
  activations: 'Activations',
  belief: 'What the network believes',
  loss: 'Loss',
};
