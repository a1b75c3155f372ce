/** The way back: a slider over all steps of this run, with marks where a setting was changed as it went. */
import { useState } from 'react';
import { SETTINGS, type SettingName } from '../../protocol/settings';
import { Slider } from '../controls/Slider';
import { useAsk, useLabState } from '../hooks/labContext';
import { useTransport } from '../hooks/transport';
import { grouped, listed } from '../words/format';
import { valueText } from '../words/settings';

export function Scrubber() {
  const { step, lastStep, changes, phase } = useLabState((state) => state.run);
  const ask = useAsk();
  const transport = useTransport();
  const [dragged, setDragged] = useState<number | null>(null);
  const end = Math.max(lastStep, step, 1);
  const words = (patch: object) =>
    listed(Object.entries(patch).map(([name, value]) => `${SETTINGS[name as SettingName].label} ${valueText(name as SettingName, value)}`));
  return (
    <div className="scrubber">
      <Slider
        label="step of the run"
        value={dragged ?? step}
        min={0}
        max={end}
        step={1}
        disabled={phase === 'booting' || phase === 'failed' || lastStep === 0}
        valueText={`step ${grouped(dragged ?? step)} of ${grouped(lastStep)}`}
        onChange={(value) => {
          setDragged(value);
          ask(() => transport.seek(value).finally(() => setDragged((now) => (now === value ? null : now))));
        }}
      />
      <div className="scrubber-marks">
        {changes.map((change, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever appended or cut off at the end
            key={index}
            style={{ left: `${(Math.min(change.step, end) / end) * 100}%` }}
            title={`from step ${grouped(change.step)}: ${words(change.patch)}`}
          />
        ))}
      </div>
      {changes.length > 0 && (
        <p className="visually-hidden">
          {`Changed on the way: ${changes.map((change) => `at step ${grouped(change.step)} ${words(change.patch)}`).join('; ')}.`}
        </p>
      )}
    </div>
  );
}
