/** The line under the diagram with the arithmetic of the unit that is pointed at; it keeps its place until a reader is there to point. */
import { Suspense } from 'react';
import { lateLazy } from '../hooks/whenReader';

const EquationText = lateLazy(() => import('./EquationText'));

export function EquationLine() {
  return (
    <div className="equation-line">
      <Suspense>
        <EquationText />
      </Suspense>
    </div>
  );
}
