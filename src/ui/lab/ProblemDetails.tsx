/** What went wrong and the way out, in full. Takes the figures' place when the worker is gone; stands above them when only the loss is. */
import type { LabFailure } from '../../store/labStore';
import { Button } from '../controls/Button';
import { useAsk, useSettings } from '../hooks/labContext';
import { useTransport } from '../hooks/transport';
import { describeProblem } from '../words/problems';

interface ProblemDetailsProps {
  readonly failure: LabFailure;
}

export default function ProblemDetails({ failure }: ProblemDetailsProps) {
  const settings = useSettings();
  const ask = useAsk();
  const transport = useTransport();
  const problem = describeProblem(failure.code, failure.message, settings);
  const restart = () => ask(async (lab) => (failure.fatal ? lab.restart().then(() => transport.play()) : transport.reset()));
  return (
    <section className="problem" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.text}</p>
      <ul>
        {problem.remedies.map((remedy) => (
          <li key={remedy}>{remedy}</li>
        ))}
      </ul>
      {failure.message !== problem.text && (
        <details>
          <summary>The message itself</summary>
          <code>{failure.message}</code>
        </details>
      )}
      <Button kind="main" onClick={restart}>
        {problem.restart}
      </Button>
    </section>
  );
}
