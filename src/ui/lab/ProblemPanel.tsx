/** Says that something went wrong, at once in the failure's own words; what it means and the way out are fetched when there is need. */
import { lazy, Suspense } from 'react';
import type { LabFailure } from '../../store/labStore';

interface ProblemPanelProps {
  readonly failure: LabFailure;
}

function ProblemMessage({ failure }: ProblemPanelProps) {
  return (
    <section className="problem" role="alert">
      <p>{failure.message}</p>
    </section>
  );
}

const ProblemDetails = lazy(() => import('./ProblemDetails').catch(() => ({ default: ProblemMessage })));

export function ProblemPanel({ failure }: ProblemPanelProps) {
  return (
    <Suspense fallback={<ProblemMessage failure={failure} />}>
      <ProblemDetails failure={failure} />
    </Suspense>
  );
}
