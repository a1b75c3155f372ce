/** Step, epoch and speed: where the run is and how fast it goes. */
import { SelectField } from '../controls/SelectField';
import { StepCounters } from '../figures/StepCounters';
import { useLabState, useSetView } from '../hooks/labContext';

/** Steps per second at 1×: one step per frame of the screen. */
export const BASE_PACE = 60;

const SPEEDS: readonly { readonly value: string; readonly label: string; readonly pace: number }[] = [
  { value: '1-per-s', label: '1 / s', pace: 1 },
  { value: '5-per-s', label: '5 / s', pace: 5 },
  { value: 'quarter', label: '0.25×', pace: BASE_PACE / 4 },
  { value: '1', label: '1×', pace: BASE_PACE },
  { value: '4', label: '4×', pace: BASE_PACE * 4 },
  { value: '16', label: '16×', pace: BASE_PACE * 16 },
  { value: '64', label: '64×', pace: BASE_PACE * 64 },
  { value: 'max', label: 'max', pace: Number.POSITIVE_INFINITY },
];

function nearestSpeed(pace: number): string {
  const exact = SPEEDS.find((speed) => speed.pace === pace);
  if (exact) return exact.value;
  return SPEEDS.find((speed) => speed.pace >= pace)?.value ?? 'max';
}

export function Counters() {
  const pace = useLabState((state) => state.view.pace);
  const setView = useSetView();
  return (
    <dl className="counters">
      <StepCounters />
      <div>
        <dt>speed</dt>
        <dd>
          <SelectField
            label="speed"
            title="1× is 60 steps a second"
            choices={SPEEDS}
            value={nearestSpeed(pace)}
            onChange={(value) => {
              const speed = SPEEDS.find((each) => each.value === value);
              if (speed) setView({ pace: speed.pace });
            }}
          />
        </dd>
      </div>
    </dl>
  );
}
