/** The right of the lab: what the network believes, how the loss went, and what it all means in two sentences. */
import { useState } from 'react';
import { BeliefFigure } from '../figures/BeliefFigure';
import { LossFigure } from '../figures/LossFigure';
import { Say } from '../figures/Say';
import { useNumbers, useSettings } from '../hooks/labContext';
import { story } from '../words/captions';
import { OwnPoints } from './DataPanel';

interface ResultsProps {
  readonly canPlacePoints: boolean;
}

export function Results({ canPlacePoints }: ResultsProps) {
  const [ownClass, setOwnClass] = useState<0 | 1>(1);
  return (
    <div className="results">
      <BeliefFigure ownClass={ownClass} canPlacePoints={canPlacePoints} />
      {canPlacePoints && <OwnPoints ownClass={ownClass} onOwnClass={setOwnClass} />}
      <LossFigure />
      <Story />
    </div>
  );
}

function Story() {
  const settings = useSettings();
  const numbers = useNumbers();
  return <p className="story">{numbers ? <Say phrase={story(settings, numbers)} /> : 'The network is being set up.'}</p>;
}
