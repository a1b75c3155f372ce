/** Undo and redo of settings, as words; their keys are in useUndoKeys.ts. Loaded once a reader is there: before, there is nothing to undo. */
import { useStore } from 'zustand';
import { settingsPatch } from '../../protocol/changes';
import type { Settings } from '../../protocol/settings';
import { SETTINGS, type SettingName } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { useLab, useSettings } from '../hooks/labContext';
import { listed } from '../words/format';
import { valueText } from '../words/settings';

/** Says what going to other settings would change: "p 0.50". */
function words(from: Settings, to: Settings | undefined): string {
  if (!to) return '';
  const names = Object.entries(settingsPatch(from, to)) as [SettingName, never][];
  return listed(names.map(([name, value]) => `${SETTINGS[name].label} ${valueText(name, value)}`));
}

export default function UndoButtons() {
  const { temporal } = useLab().store;
  const settings = useSettings();
  const past = useStore(temporal, (state) => state.pastStates.at(-1)?.settings);
  const future = useStore(temporal, (state) => state.futureStates.at(-1)?.settings);
  return (
    <div className="undo-buttons" data-control="history">
      <Button
        kind="quiet"
        disabled={!past}
        aria-keyshortcuts="Control+Z Meta+Z"
        title={`Undo (Ctrl Z)${past ? `: back to ${words(settings, past)}` : ''}`}
        onClick={() => temporal.getState().undo()}
      >
        Undo
      </Button>
      <Button
        kind="quiet"
        disabled={!future}
        aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
        title={`Redo (Ctrl shift Z)${future ? `: on to ${words(settings, future)}` : ''}`}
        onClick={() => temporal.getState().redo()}
      >
        Redo
      </Button>
    </div>
  );
}
