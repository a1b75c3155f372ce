/**
 * The figures of the lab as pictures for a file: a size that does not depend on the window, the page's own painters, and the words that
 * stand around them on the page. Nothing is highlighted but the example on show.
 */
import type { CardColumn } from '../../export/figures';
import { type Frame, MAX_ROWS, readHeader } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import { datasetShape } from '../../protocol/network';
import type { Settings } from '../../protocol/settings';
import type { Change } from '../../protocol/snapshot';
import {
  type ColumnsLayout,
  type Context,
  columnsLayout,
  digitsLayout,
  fitLossTicks,
  histogramLayout,
  layerName,
  lossLayout,
  maskHeight,
  maskLayout,
  NO_HIGHLIGHT,
  networkLayout,
  type Palette,
  paintDigits,
  paintGradients,
  paintHistograms,
  paintLosses,
  paintMasks,
  paintNetwork,
  paintSurface,
  paintWave,
  shownLayers,
  surfaceLayout,
  waveLayout,
} from '../../viz';
import { withoutEmptyRows } from '../../viz/maskLayout';
import type { Size } from '../../viz/view';
import type { FigureKind } from '../figures/figureKind';
import {
  activationCaption,
  activationLines,
  lossCaption,
  maskCaption,
  maskLegend,
  networkCaption,
  surfaceCaption,
} from '../words/captions';
import { sentence } from '../words/format';
import { type LayerNumbers, type Numbers, readNumbers } from '../words/numbers';
import { type Phrase, plain } from '../words/phrase';
import { shownRow } from '../words/shownRow';

/** All that a picture is made of, at one moment. */
export interface FigureMoment {
  readonly frame: Frame;
  readonly settings: Settings;
  readonly data: DataReport;
  readonly changes: readonly Change[];
  readonly lastStep: number;
  /** The row of the batch on show; a short last batch may not have it. */
  readonly row: number;
}

export interface Picture {
  readonly size: Size;
  readonly paint: (context: Context, palette: Palette) => void;
  /** Names over the picture and lines under it, not yet wrapped. */
  readonly columns: readonly (Omit<CardColumn, 'lines'> & { readonly lines: readonly string[]; readonly width: number })[];
  readonly caption: string;
}

const LAYERS_WIDTH = 800;
const NETWORK_HEIGHT = 270;
const CELL_HEIGHT = 6.5;
/** Room for the frame around the row on show. */
const FRAME = 3;
const HISTOGRAM_HEIGHT = 124;
const PLANE_WIDTH = 440;
const WAVE = { width: 560, height: 280 };
const LOSS = { width: 640, height: 230 };

/** The columns of the page without its gutter, where nothing is written in a file. */
function fileColumns(sizes: readonly number[]): ColumnsLayout {
  const { gutter } = columnsLayout(LAYERS_WIDTH, sizes);
  const { columns, gap } = columnsLayout(LAYERS_WIDTH + gutter, sizes);
  return {
    width: LAYERS_WIDTH,
    gutter: 0,
    gap,
    columns: columns.map((column) => ({ ...column, x: column.x - gutter, centre: column.centre - gutter })),
  };
}

type Lines = (layer: LayerNumbers) => readonly Phrase[];

function cardColumns({ frame, settings }: FigureMoment, layout: ColumnsLayout, numbers: Numbers, lines: Lines | null): Picture['columns'] {
  const { sizes } = frame.shape;
  const withLines = shownLayers(sizes, settings.inputP);
  return layout.columns.map((column) => {
    const layer = numbers.layers[column.layer];
    const isShown = lines !== null && layer !== undefined && withLines.includes(column.layer);
    return {
      centre: column.centre,
      name: lines === null || isShown ? layerName(column.layer, sizes.length) : '',
      width: column.width + layout.gap * 0.8,
      lines: isShown ? lines(layer).map(plain) : [],
    };
  });
}

function networkPicture(moment: FigureMoment): Picture {
  const { frame, settings } = moment;
  const { phase, mode } = settings;
  const row = shownRow(frame, moment.row);
  const columns = fileColumns(frame.shape.sizes);
  const layout = networkLayout(columns, NETWORK_HEIGHT);
  const numbers = readNumbers(frame);
  return {
    size: layout,
    paint: (context, palette) => paintNetwork(context, frame, layout, { palette, phase, mode, row, highlight: NO_HIGHLIGHT }),
    columns: cardColumns(moment, columns, numbers, null),
    caption: plain(networkCaption(settings, numbers, row)),
  };
}

function heatmapPicture(moment: FigureMoment, kind: 'masks' | 'gradients'): Picture {
  const { frame, settings } = moment;
  const { phase, mode, inputP } = settings;
  const row = shownRow(frame, moment.row);
  const numRows = readHeader(frame, 'numRows');
  const columns = fileColumns(frame.shape.sizes);
  const height = maskHeight(Math.min(settings.batchSize, MAX_ROWS), CELL_HEIGHT);
  const shown = { mode: kind === 'masks' ? mode : ('none' as const), inputP };
  const whole = withoutEmptyRows(maskLayout(columns, frame.shape, height, shown), numRows);
  // A short last batch leaves no empty paper.
  const layout = { ...whole, height: Math.max(...whole.blocks.map((block) => block.y + block.height)) + FRAME };
  const paint = kind === 'masks' ? paintMasks : paintGradients;
  const numbers = readNumbers(frame);
  return {
    size: layout,
    paint: (context, palette) => paint(context, frame, layout, { palette, phase, mode, row, highlight: NO_HIGHLIGHT }),
    columns: cardColumns(moment, columns, numbers, (layer) => (kind === 'masks' ? [maskCaption(settings, layer)] : [])),
    caption: `${sentence([...(kind === 'masks' ? [] : ['dLoss/d(output)']), ...maskLegend({ ...settings, mode: shown.mode }, numRows)].join('; '))}.`,
  };
}

function activationPicture(moment: FigureMoment): Picture {
  const { frame, settings } = moment;
  const { phase, mode, inputP } = settings;
  const row = shownRow(frame, moment.row);
  const columns = fileColumns(frame.shape.sizes);
  const layout = histogramLayout(columns, frame.shape.sizes, HISTOGRAM_HEIGHT, { inputP });
  const numbers = readNumbers(frame);
  return {
    size: { width: LAYERS_WIDTH, height: HISTOGRAM_HEIGHT },
    paint: (context, palette) => paintHistograms(context, frame, layout, { palette, phase, mode, row, highlight: NO_HIGHLIGHT }),
    columns: cardColumns(moment, columns, numbers, (layer) => activationLines(settings, layer)),
    caption: plain(activationCaption(settings, numbers)),
  };
}

function beliefPicture({ frame, settings, data, row }: FigureMoment): Picture {
  const { phase, points, dataset } = settings;
  const { loss } = datasetShape(dataset);
  const focused = frame.examples[shownRow(frame, row)] ?? null;
  const caption = plain(surfaceCaption(settings, readNumbers(frame)));
  const style = { phase, data, numOwn: points.length, focused };
  if (loss === 'softmax') {
    const layout = digitsLayout(PLANE_WIDTH, data.testTargets.length);
    return { size: layout, paint: (context, palette) => paintDigits(context, frame, layout, { palette, data }), columns: [], caption };
  }
  if (loss === 'squared') {
    const layout = waveLayout(WAVE.width, WAVE.height, data);
    return { size: layout, paint: (context, palette) => paintWave(context, frame, layout, { ...style, palette }), columns: [], caption };
  }
  const layout = surfaceLayout(PLANE_WIDTH);
  return { size: layout, paint: (context, palette) => paintSurface(context, frame, layout, { ...style, palette }), columns: [], caption };
}

function lossPicture({ frame, settings, changes, lastStep }: FigureMoment): Picture {
  const hasAccuracy = datasetShape(settings.dataset).loss !== 'squared';
  const layout = lossLayout(LOSS.width, LOSS.height, { lastStep, hasAccuracy });
  return {
    size: layout,
    paint: (context, palette) => paintLosses(context, frame, fitLossTicks(layout, frame, palette), { palette, changes }),
    columns: [],
    caption: plain(lossCaption(settings, readNumbers(frame))),
  };
}

/** Returns the picture of a figure at a moment. */
export function pictureOf(kind: FigureKind, moment: FigureMoment): Picture {
  switch (kind) {
    case 'network':
      return networkPicture(moment);
    case 'masks':
    case 'gradients':
      return heatmapPicture(moment, kind);
    case 'activations':
      return activationPicture(moment);
    case 'belief':
      return beliefPicture(moment);
    case 'loss':
      return lossPicture(moment);
    default:
      return kind satisfies never;
  }
}
