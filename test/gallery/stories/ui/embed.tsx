/** Figures as they stand alone on someone's page: on labs that stand still, in columns of two widths. */
import '../../../../src/embed/embed.css';
import { useState } from 'react';
import type { Lab } from '../../../../src/bridge';
import { createNotice } from '../../../../src/embed/notice';
import { EmbedScreen } from '../../../../src/embed/view/EmbedScreen';
import type { LabFigureName } from '../../../../src/ui/share/figureNames';
import { story } from '../../registry';
import { type StillOptions, stillLab } from './stillLab';

const notice = createNotice('p="1.5": p must be between 0 and 1, got 1.5.');
const silence = createNotice();

function Embed({ lab, figure, hasNotice }: { readonly lab: Lab; readonly figure: LabFigureName; readonly hasNotice: boolean }) {
  const [scope, setScope] = useState<HTMLElement | null>(null);
  return (
    <div className="embed" ref={setScope}>
      {scope && <EmbedScreen lab={lab} figure={figure} scope={scope} notice={hasNotice ? notice : silence} site="https://github.com/" />}
    </div>
  );
}

function embedStory(figure: LabFigureName, width: number, options: StillOptions = {}, hasNotice = false): void {
  const name = `embed/${figure}-${width}${hasNotice ? '-notice' : ''}`;
  story(name, async () => <Embed lab={await stillLab(options)} figure={figure} hasNotice={hasNotice} />, {
    width,
    themes: ['light', 'dark'],
  });
}

embedStory('masks', 680);
embedStory('network', 340, { settings: { mode: 'gaussian', p: 0.2 } });
embedStory('belief', 340, {}, true);
