/** Stories of the figures that run studies: a million weights, the crowd, the family, the museum. Small runs, in the page. */
import type { ReactNode } from 'react';
import { BUGS, type BugId } from '../../../../src/protocol/bugs';
import { millionWeightsStudy } from '../../../../src/studies/millionWeights';
import { CrowdView } from '../../../../src/ui/chapters/crowd/CrowdFigure';
import { useCrowd } from '../../../../src/ui/chapters/crowd/useCrowd';
import WallFigure from '../../../../src/ui/chapters/crowd/WallFigure';
import DropConnectFigure from '../../../../src/ui/chapters/family/DropConnectFigure';
import NoiseFigure from '../../../../src/ui/chapters/family/NoiseFigure';
import PlacementFigure from '../../../../src/ui/chapters/family/PlacementFigure';
import RecurrentFigure from '../../../../src/ui/chapters/family/RecurrentFigure';
import SeluFigure from '../../../../src/ui/chapters/family/SeluFigure';
import ShapesFigure from '../../../../src/ui/chapters/family/ShapesFigure';
import TrickFigure from '../../../../src/ui/chapters/family/TrickFigure';
import { MillionView } from '../../../../src/ui/chapters/million/MillionFigure';
import { useMillion } from '../../../../src/ui/chapters/million/useMillion';
import { MuseumView } from '../../../../src/ui/chapters/museum/MuseumFigure';
import QuizFigure from '../../../../src/ui/chapters/museum/QuizFigure';
import { useMuseum } from '../../../../src/ui/chapters/museum/useMuseum';
import { story, type Theme } from '../../registry';
import { StoryHost } from './storyHost';

const WIDE = 1040;

function studyStory(name: string, content: ReactNode, themes: readonly Theme[] = ['light']): void {
  story(`chapters/${name}`, () => <StoryHost>{content}</StoryHost>, { width: WIDE, themes });
}

function Million() {
  return <MillionView state={useMillion(5000, 200)} />;
}
story(
  'chapters/million',
  async () => {
    await millionWeightsStudy.prepare?.();
    return (
      <StoryHost>
        <Million />
      </StoryHost>
    );
  },
  { width: WIDE },
);

function Crowd() {
  return <CrowdView state={useCrowd({ structure: 'two', units: 8 })} />;
}
studyStory('crowd', <Crowd />, ['light', 'dark']);
function UnansweredCrowd() {
  return <CrowdView state={useCrowd({ structure: 'two', units: 8 }, false)} />;
}
studyStory('crowd-unanswered', <UnansweredCrowd />);
studyStory('crowd-wall', <WallFigure />, ['light', 'dark']);

studyStory('family-gaussian', <NoiseFigure />);
studyStory('family-dropconnect', <DropConnectFigure />, ['dark']);
studyStory('family-keep-prob-trick', <TrickFigure />);
studyStory('family-selu', <SeluFigure />);
studyStory('family-stripes', <ShapesFigure />, ['light', 'dark']);
studyStory('family-placement', <PlacementFigure />);
studyStory('family-recurrent', <RecurrentFigure />);

function Museum({ bug }: { readonly bug: BugId }) {
  return <MuseumView state={useMuseum(bug)} />;
}
const SHOWN: readonly BugId[] = [
  'evalScaledByDrop',
  'oneMaskPerBatch',
  'backwardWithoutMask',
  'forgotEval',
  'sameMaskEveryStep',
  'forgotTrain',
];
for (const bug of SHOWN) studyStory(`museum-${BUGS[bug].betrayedBy.toLowerCase()}`, <Museum bug={bug} />, ['light']);
studyStory('quiz', <QuizFigure />);
