/** Stories of the parts of the lab's screen, each on a lab that stands still. */
import { type ReactNode, useMemo } from 'react';
import type { Lab } from '../../../../src/bridge';
import { EquationLine } from '../../../../src/ui/figures/EquationLine';
import { LossFigure } from '../../../../src/ui/figures/LossFigure';
import { createTransport, TransportContext } from '../../../../src/ui/hooks/transport';
import { PaletteProvider } from '../../../../src/ui/hooks/usePalette';
import { DataPanel } from '../../../../src/ui/lab/DataPanel';
import { LabHeader } from '../../../../src/ui/lab/LabHeader';
import { LabProvider } from '../../../../src/ui/lab/LabProvider';
import { LabScreen } from '../../../../src/ui/lab/LabScreen';
import { LayerFigures } from '../../../../src/ui/lab/LayerFigures';
import { ModeBar } from '../../../../src/ui/lab/ModeBar';
import { NetworkPanel } from '../../../../src/ui/lab/NetworkPanel';
import { Notices } from '../../../../src/ui/lab/Notices';
import { OptimiserPanel } from '../../../../src/ui/lab/OptimiserPanel';
import { ProblemPanel } from '../../../../src/ui/lab/ProblemPanel';
import { Results } from '../../../../src/ui/lab/Results';
import { type StoryOptions, story, type Theme } from '../../registry';
import { type StillOptions, stillLab } from './stillLab';

const nothing = () => undefined;

interface OnLabProps {
  readonly lab: Lab;
  readonly theme: Theme;
  readonly children: ReactNode;
}

/** Gives a part what the screen gives it: lab, transport and palette. */
function OnLab({ lab, theme, children }: OnLabProps) {
  const transport = useMemo(() => createTransport(lab), [lab]);
  return (
    <LabProvider lab={lab} notify={nothing}>
      <TransportContext value={transport}>
        <PaletteProvider theme={theme}>{children}</PaletteProvider>
      </TransportContext>
    </LabProvider>
  );
}

/** Mounts React and waits until the frame that its painters asked for is on their canvases. */
function partStory(name: string, part: (lab: Lab) => ReactNode, options: StillOptions & StoryOptions = {}): void {
  story(
    name,
    async (_, theme) => {
      const lab = await stillLab(options);
      return (
        <OnLab lab={lab} theme={theme}>
          {part(lab)}
        </OnLab>
      );
    },
    options,
  );
}

const light = { themes: ['light'] } as const;

partStory(
  'lab/header',
  () => <LabHeader isSlowMotion={false} onSlowMotion={nothing} onShare={nothing} onCode={nothing} onClass={nothing} onHelp={nothing} />,
  {
    width: 1400,
  },
);
partStory('lab/mode-bar', () => <ModeBar />, { width: 1400, settings: { p: 0.2 } });
partStory('lab/mode-bar-paper-mc', () => <ModeBar />, {
  width: 1400,
  settings: { p: 0.2, mode: 'gaussian', phase: 'mc' },
  view: { convention: 'keep-paper' },
  ...light,
});
partStory('lab/panel-data', () => <DataPanel />, { width: 190 });
partStory('lab/panel-network', () => <NetworkPanel />, { width: 190, settings: { layerP: [0.25], mode: 'spatial' } });
partStory('lab/panel-optimiser', () => <OptimiserPanel />, { width: 190 });
partStory('lab/layers', () => <LayerFigures density="roomy" />, { width: 860 });
partStory('lab/layers-dropconnect', () => <LayerFigures density="roomy" />, {
  width: 860,
  settings: { mode: 'dropconnect', p: 0.3 },
  ...light,
});
partStory('lab/layers-eval-gradients', () => <LayerFigures density="compact" />, {
  width: 860,
  settings: { phase: 'eval', mode: 'standard', p: 0.3 },
  view: { showGradients: true },
  ...light,
});
partStory('lab/layers-narrow', () => <LayerFigures density="compact" />, { width: 358, ...light });
partStory('lab/results', () => <Results canPlacePoints />, { width: 316 });
partStory('lab/results-wave-mc', () => <Results canPlacePoints />, { width: 316, settings: { dataset: 'wave', phase: 'mc' }, ...light });
partStory('lab/loss', () => <LossFigure />, { width: 264, ...light });
partStory('lab/equation', () => <EquationLine />, { width: 700, settings: { p: 0.2 }, ...light });
partStory('lab/notices', () => <Notices message="p must be between 0 and 1, got 1.5" onDismiss={nothing} />, {
  width: 900,
  settings: { mode: 'alpha' },
});
for (const code of ['non-finite', 'worker-lost', 'wasm-blocked', 'no-simd'] as const) {
  partStory(
    `lab/problem-${code}`,
    () => <ProblemPanel failure={{ code, message: 'What the worker said.', fatal: code !== 'non-finite' }} />,
    {
      width: 660,
      ...light,
    },
  );
}

story('screen/wide', async (_, theme) => <LabScreen lab={await stillLab({ view: { theme } })} />, { width: 1440, height: 900, padding: 0 });
story(
  'screen/wide-failed',
  async () => <LabScreen lab={await stillLab({ failure: { code: 'worker-lost', fatal: true, message: 'gone' } })} />,
  {
    width: 1440,
    height: 900,
    padding: 0,
    ...light,
  },
);
