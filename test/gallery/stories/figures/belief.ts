/** Stories of what the network believes (surface, curve, digits), of the losses and of the data thumbnail. */
import type { Settings } from '../../../../src/protocol/settings';
import {
  type BeliefStyle,
  digitsLayout,
  fitLossTicks,
  type LossStyle,
  lossLayout,
  paintDataThumb,
  paintDigits,
  paintLosses,
  paintSurface,
  paintWave,
  surfaceLayout,
  waveLayout,
} from '../../../../src/viz';
import { paintDigitSheet } from '../../../../src/viz/digit';
import { story } from '../../registry';
import { storyLab } from '../../storyFrame';
import { paintFigure } from './paintFigure';

function surfaceStory(name: string, patch: Partial<Settings>, style: Partial<BeliefStyle> = {}): void {
  story(
    name,
    async (host) => {
      const { frame, data, settings } = storyLab(patch);
      const layout = surfaceLayout(266);
      await paintFigure(host, layout, (context, palette) =>
        paintSurface(context, frame, layout, { palette, phase: settings.phase, data, numOwn: 0, focused: null, ...style }),
      );
      return undefined;
    },
    { width: 266 },
  );
}

surfaceStory('surface/eval', {});
surfaceStory('surface/mc', { phase: 'mc' });
surfaceStory('surface/own-and-focus', { trainSize: 40 }, { numOwn: 4, focused: 8, highlighted: { set: 'test', index: 5 } });
surfaceStory('surface/crowded', { trainSize: 500, testSize: 800 });

for (const phase of ['eval', 'mc'] as const) {
  story(
    `wave/${phase}`,
    async (host) => {
      const { frame, data } = storyLab({ dataset: 'wave', phase, trainSize: 60, testSize: 60 });
      const layout = waveLayout(300, 240, data);
      await paintFigure(host, layout, (context, palette) =>
        paintWave(context, frame, layout, { palette, phase, data, numOwn: 0, focused: 3 }),
      );
      return undefined;
    },
    { width: 300 },
  );
}

story(
  'digits/grid',
  async (host) => {
    const { frame, data, settings } = storyLab({ dataset: 'digits' });
    const layout = digitsLayout(266, settings.testSize);
    await paintFigure(host, layout, (context, palette) => paintDigits(context, frame, layout, { palette, data }));
    return undefined;
  },
  { width: 266 },
);

function lossStory(name: string, width: number, options: { lastStep?: number; dataset?: Settings['dataset'] } & Partial<LossStyle>): void {
  story(
    name,
    async (host) => {
      const { frame } = storyLab({ dataset: options.dataset ?? 'moons' });
      const layout = lossLayout(width, 210, { lastStep: options.lastStep ?? 1240, hasAccuracy: options.dataset !== 'wave' });
      await paintFigure(host, layout, (context, palette) =>
        paintLosses(context, frame, fitLossTicks(layout, frame, palette), { palette, changes: [], ...options }),
      );
      return undefined;
    },
    { width },
  );
}

lossStory('losses/running', 300, {});
lossStory('losses/sought-back', 420, {
  lastStep: 2000,
  hoveredStep: 700,
  changes: [
    { step: 300, patch: { p: 0.2 } },
    { step: 900, patch: { mode: 'standard' } },
  ],
});
lossStory('losses/regression', 266, { dataset: 'wave' });

for (const dataset of ['moons', 'wave', 'digits'] as const) {
  story(
    `thumb/${dataset}`,
    async (host) => {
      const { data } = storyLab({ dataset });
      const layout = dataset === 'wave' ? waveLayout(186, 186, data) : surfaceLayout(186);
      await paintFigure(host, layout, (context, palette) => {
        if (dataset === 'digits') paintDigitSheet(context, layout, palette, data);
        else paintDataThumb(context, layout, { palette, data, numOwn: 2, numClasses: dataset === 'wave' ? 0 : 2 });
      });
      return undefined;
    },
    { width: 186 },
  );
}
