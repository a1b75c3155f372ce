/** Stories of the chapters' figures, at the width they have on a wide screen. */
import type { ComponentType } from 'react';
import type { Convention } from '../../../../src/store/labStore';
import FrameworkFigure from '../../../../src/ui/chapters/framework/FrameworkFigure';
import EquivalenceFigure from '../../../../src/ui/chapters/scaling/EquivalenceFigure';
import SchemesFigure from '../../../../src/ui/chapters/scaling/SchemesFigure';
import TensorFigure from '../../../../src/ui/chapters/tensor/TensorFigure';
import TrainEvalFigure from '../../../../src/ui/chapters/trainEval/TrainEvalFigure';
import CrowdOfMasks from '../../../../src/ui/chapters/worlds/CrowdOfMasks';
import WorldsFigure from '../../../../src/ui/chapters/worlds/WorldsFigure';
import { story } from '../../registry';
import { StoryHost } from './storyHost';

const WIDE = 1040;

function figureStory(name: string, Figure: ComponentType, width: number, convention: Convention = 'drop'): void {
  story(
    name,
    () => (
      <StoryHost convention={convention}>
        <Figure />
      </StoryHost>
    ),
    { width },
  );
}

figureStory('chapters/tensor', TensorFigure, WIDE);
figureStory('chapters/tensor-keep-prob', TensorFigure, WIDE, 'keep_prob');
figureStory('chapters/worlds', WorldsFigure, WIDE);
figureStory('chapters/masks-of-n-units', CrowdOfMasks, WIDE);
figureStory('chapters/schemes', SchemesFigure, WIDE);
figureStory('chapters/equivalence', EquivalenceFigure, WIDE);
figureStory('chapters/train-eval', TrainEvalFigure, WIDE);
figureStory('chapters/framework', FrameworkFigure, WIDE);
