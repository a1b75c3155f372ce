/** A figure as SVG, as PNG at twice the size, and its data as CSV. */
import {
  beliefCsv,
  type Card,
  captionFont,
  cardLayout,
  curvesOnShowCsv,
  histogramsCsv,
  linksCsv,
  loadOutlines,
  paintCard,
  SvgContext,
  svgFile,
  unitsCsv,
  wrapText,
} from '../../export/figures';
import { readHeader } from '../../protocol/frame';
import { fitCanvas, type Palette } from '../../viz';
import { describeFigure } from '../figures/FigureSummary';
import { FIGURE_TITLES, type FigureKind } from '../figures/figureKind';
import { bothWays } from '../words/convention';
import { grouped, listed } from '../words/format';
import { MODE_NAMES } from '../words/modes';
import { shownRow } from '../words/shownRow';
import { type FigureMoment, type Picture, pictureOf } from './figurePictures';

/** The share of the width that a caption fills in our own font: the reader of a file may have a wider one. */
const CAPTION_SHARE = 0.9;
/** Pixels of a PNG for each CSS pixel. */
const PNG_RATIO = 2;

/** Says which experiment and which step a picture is of. */
function originOf({ settings, frame }: FigureMoment): string {
  const { dataset, mode, p, seed } = settings;
  const parts = [dataset, `mode ${MODE_NAMES[mode]}`, bothWays('drop', p), `seed ${seed}`, `step ${grouped(readHeader(frame, 'step'))}`];
  return `Dropout Lab: ${parts.join(', ')}.`;
}

function measureIn(font: string): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('this browser gives no 2-D canvas context');
  context.font = font;
  return (text) => context.measureText(text).width;
}

function cardOf(kind: FigureKind, moment: FigureMoment, picture: Picture, palette: Palette): Card {
  const style = { ground: palette.paper.css, ink: palette.ink.css, inkSoft: palette.inkSoft.css, fontSans: palette.fontSans };
  const measure = measureIn(captionFont(style));
  const wrap = (text: string, width: number) => wrapText(text, width, measure);
  return {
    title: FIGURE_TITLES[kind],
    picture: picture.size,
    columns: picture.columns.map(({ centre, name, width, lines }) => ({ centre, name, lines: lines.flatMap((line) => wrap(line, width)) })),
    caption: [picture.caption, originOf(moment)].flatMap((text) => wrap(text, picture.size.width * CAPTION_SHARE)),
    style,
  };
}

/** Returns the text of an SVG file, which needs no font. */
export async function figureSvg(kind: FigureKind, moment: FigureMoment, palette: Palette): Promise<string> {
  const outlines = await loadOutlines();
  const picture = pictureOf(kind, moment);
  const card = cardOf(kind, moment, picture, palette);
  const inner = new SvgContext('picture', outlines);
  picture.paint(inner.context, palette);
  const outer = new SvgContext('card', outlines);
  paintCard(outer.context, card, (x, y) => outer.place(inner, x, y));
  const { mode, phase, inputP } = moment.settings;
  const view = { mode, phase, inputP, row: shownRow(moment.frame, moment.row) };
  const description = `${describeFigure(kind, moment.frame, moment.data, view)} ${originOf(moment)}`;
  return svgFile(outer, cardLayout(card), card.title, description);
}

/** Draws a figure with all that stands around it, at `ratio` pixels for each CSS pixel. */
export function figureCanvas(kind: FigureKind, moment: FigureMoment, palette: Palette, ratio = PNG_RATIO): HTMLCanvasElement {
  const picture = pictureOf(kind, moment);
  const card = cardOf(kind, moment, picture, palette);
  // A painter clears its whole area, and with it the ground: it has a canvas of its own.
  const inner = document.createElement('canvas');
  picture.paint(fitCanvas(inner, picture.size, ratio), palette);
  const outer = document.createElement('canvas');
  const context = fitCanvas(outer, cardLayout(card), ratio);
  paintCard(context, card, (x, y) => context.drawImage(inner, x, y, picture.size.width, picture.size.height));
  return outer;
}

/** Returns a PNG. Errors: Error when the browser cannot encode it. */
export function figurePng(kind: FigureKind, moment: FigureMoment, palette: Palette): Promise<Blob> {
  const canvas = figureCanvas(kind, moment, palette);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser could not write the picture.'))), 'image/png');
  });
}

/** Returns the data of a figure as CSV. */
export function figureCsv(kind: FigureKind, moment: FigureMoment): string {
  const { frame, data, settings, row } = moment;
  switch (kind) {
    case 'network':
      return linksCsv(frame, shownRow(frame, row));
    case 'masks':
      return settings.mode === 'dropconnect' ? linksCsv(frame, shownRow(frame, row)) : unitsCsv(frame, settings.mode);
    case 'gradients':
      return unitsCsv(frame, settings.mode);
    case 'activations':
      return histogramsCsv(frame);
    case 'belief':
      return beliefCsv(frame, data);
    case 'loss':
      return curvesOnShowCsv(frame);
    default:
      return kind satisfies never;
  }
}

const CSV_WORDS: Readonly<Record<FigureKind, readonly string[]>> = {
  network: ['every link on show', 'weight', 'gradient', 'mask'],
  masks: ['every unit and example on show', 'z', 'a', 'mask', 'noise', 'outputs'],
  gradients: ['every unit and example on show', 'gradient', 'mask', 'outputs'],
  activations: ['every bin', 'its edges', 'its shares'],
  belief: ['the grid of the picture', 'what the network believes there'],
  loss: ['the points of the curves'],
};

/** Says what the CSV of a figure holds. */
export function csvWords(kind: FigureKind): string {
  return listed(CSV_WORDS[kind]);
}
