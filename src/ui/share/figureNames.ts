/** What of the lab can stand alone: names in addresses and attributes, public and stable for ever, with the height they need. */
export const LAB_FIGURES = {
  lab: { title: 'the whole lab', height: 860 },
  network: { title: 'the network', height: 420 },
  masks: { title: 'the masks', height: 330 },
  activations: { title: 'the activations', height: 330 },
  belief: { title: 'what the network believes', height: 480 },
  loss: { title: 'the losses', height: 330 },
} as const;

export type LabFigureName = keyof typeof LAB_FIGURES;
export const LAB_FIGURE_NAMES = Object.keys(LAB_FIGURES) as readonly LabFigureName[];

export function isLabFigure(name: string): name is LabFigureName {
  return Object.hasOwn(LAB_FIGURES, name);
}
