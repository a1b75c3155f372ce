/** Stories of the three figures that share a layer's column: diagram, heatmaps, histograms. */
import type { Settings } from '../../../../src/protocol/settings';
import {
  columnsLayout,
  type Highlight,
  histogramLayout,
  maskHeight,
  maskLayout,
  type NetworkStyle,
  NO_HIGHLIGHT,
  networkLayout,
  paintGradients,
  paintHistograms,
  paintMasks,
  paintNetwork,
} from '../../../../src/viz';
import { story } from '../../registry';
import { storyLab } from '../../storyFrame';
import { paintFigure } from './paintFigure';

const NETWORK_HEIGHT = 270;
const HISTOGRAM_HEIGHT = 112;

interface LayersStory {
  readonly settings?: Partial<Settings>;
  readonly width?: number;
  readonly highlight?: Partial<Highlight>;
  readonly network?: Partial<NetworkStyle>;
  readonly hasGradients?: boolean;
  /** The diagram alone. */
  readonly isNetworkOnly?: boolean;
  /** Compared in dark too; the others in light only. */
  readonly isBoth?: boolean;
}

/** Shows diagram, heatmaps and histograms of one frame, one under the other. */
function layersStory(name: string, options: LayersStory = {}): void {
  const width = options.width ?? 840;
  story(
    name,
    async (host) => {
      const { settings, frame } = storyLab(options.settings);
      const columns = columnsLayout(width, frame.shape.sizes);
      const view = { phase: settings.phase, mode: settings.mode, row: 3, highlight: { ...NO_HIGHLIGHT, ...options.highlight } };
      const network = networkLayout(columns, NETWORK_HEIGHT);
      const masks = maskLayout(columns, frame.shape, maskHeight(frame.shape.rows), settings);
      const histograms = histogramLayout(columns, frame.shape.sizes, HISTOGRAM_HEIGHT, settings);
      await paintFigure(host, network, (context, palette) =>
        paintNetwork(context, frame, network, { ...view, ...options.network, palette }),
      );
      if (options.isNetworkOnly) return undefined;
      await paintFigure(host, masks, (context, palette) => paintMasks(context, frame, masks, { ...view, palette }));
      if (options.hasGradients) {
        const gradients = maskLayout(columns, frame.shape, maskHeight(frame.shape.rows), { ...settings, mode: 'none' });
        await paintFigure(host, gradients, (context, palette) => paintGradients(context, frame, gradients, { ...view, palette }));
      }
      await paintFigure(host, histograms, (context, palette) => paintHistograms(context, frame, histograms, { ...view, palette }));
      return undefined;
    },
    { width, themes: options.isBoth ? ['light', 'dark'] : ['light'] },
  );
}

layersStory('layers/train', { isBoth: true });
layersStory('layers/eval', { isBoth: true, settings: { phase: 'eval' } });
layersStory('layers/mc', { isBoth: true, settings: { phase: 'mc' } });
layersStory('layers/unit-highlighted', { highlight: { layer: 1, unit: 4 } });
layersStory('layers/cell-highlighted', { highlight: { layer: 2, unit: 1, row: 9 } });
layersStory('layers/bin-highlighted', { highlight: { layer: 1, bin: 6 } });
layersStory('layers/batch-scope', { settings: { maskScope: 'batch', p: 0.3 } });
layersStory('layers/tanh-gradients', { settings: { activation: 'tanh', p: 0.37 }, hasGradients: true, network: { showGradients: true } });
layersStory('layers/gaussian', { settings: { mode: 'gaussian' } });
layersStory('layers/dropconnect', { isBoth: true, settings: { mode: 'dropconnect', p: 0.4 } });
layersStory('layers/spatial-input', { settings: { mode: 'spatial', channelSize: 3, inputP: 0.2, p: 0.4 } });
layersStory('layers/digits', { settings: { dataset: 'digits', hidden: [128, 32], inputP: 0.2 } });
layersStory('layers/wide-deep', { settings: { hidden: [512, 32, 16, 8], p: 0.8 } });
layersStory('layers/phone', { width: 342 });
layersStory('layers/no-hidden', { settings: { hidden: [], inputP: 0.3 }, width: 620 });
for (const stage of ['data', 'mask', 'forward', 'loss', 'backward', 'update'] as const) {
  layersStory(`layers/slow-${stage}`, { network: { stage: { name: stage, progress: 0.45 } }, isNetworkOnly: true });
}
