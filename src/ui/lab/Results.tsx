/** The right of the lab: what the network believes, how the loss went, and what it all means in two sentences. */
import { Suspense, useState } from 'react';
import { BeliefFigure } from '../figures/BeliefFigure';
import { LossFigure } from '../figures/LossFigure';
import { lateLazy } from '../hooks/whenReader';
import { OwnPoints } from './DataPanel';

const Story = lateLazy(() => import('./Story'));

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
      <Suspense>
        <Story />
      </Suspense>
    </div>
  );
}
