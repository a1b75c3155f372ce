/** Stories of the code dialog's parts, on a lab that stands still; the dialog itself lies over the page and is tested there. */
import type { ReactNode } from 'react';
import type { Lab } from '../../../../src/bridge';
import { codeLines, codeText } from '../../../../src/export/idioms';
import { DEFAULT_SETTINGS } from '../../../../src/protocol/settings';
import { CodeLines } from '../../../../src/ui/code/CodeLines';
import '../../../../src/ui/code/code.css';
import { FilesSection } from '../../../../src/ui/code/FilesSection';
import { RepeatSection } from '../../../../src/ui/code/RepeatSection';
import { PaletteProvider } from '../../../../src/ui/hooks/usePalette';
import { LabProvider } from '../../../../src/ui/lab/LabProvider';
import { story, type Theme } from '../../registry';
import { stillLab } from '../ui/stillLab';

const nothing = () => undefined;

function inLab(lab: Lab, theme: Theme, content: ReactNode) {
  return (
    <LabProvider lab={lab} notify={nothing}>
      <PaletteProvider theme={theme}>{content}</PaletteProvider>
    </LabProvider>
  );
}

story(
  'code/lines',
  () => <CodeLines label="Code" text={codeText(codeLines({ ...DEFAULT_SETTINGS, mode: 'alpha', p: 0.2 }, 'torch', 'drop'))} marked={[5]} />,
  { width: 700 },
);
story('code/files', async (_, theme) => inLab(await stillLab({}), theme, <FilesSection />), { width: 372 });
story('code/repeat', async (_, theme) => inLab(await stillLab({}), theme, <RepeatSection framework="jax" />), {
  width: 372,
  themes: ['light'],
});
