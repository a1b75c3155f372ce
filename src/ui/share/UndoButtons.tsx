/** Undo and redo of settings, as words and as Ctrl or ⌘ Z. In a field that is being typed in, the keys stay the field's own. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { settingsPatch } from '../../protocol/changes';
import type { Settings } from '../../protocol/settings';
import { SETTINGS, type SettingName } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { useLab, useSettings } from '../hooks/labContext';
import { isTyping } from '../hooks/useHotkeys';
import { listed } from '../words/format';
import { valueText } from '../words/settings';

/** Says what going to other settings would change: "p 0.50". */
function words(from: Settings, to: Settings | undefined): string {
  if (!to) return '';
  const names = Object.entries(settingsPatch(from, to)) as [SettingName, never][];
  return listed(names.map(([name, value]) => `${SETTINGS[name].label} ${valueText(name, value)}`));
}

export function UndoButtons() {
  const { temporal } = useLab().store;
  const settings = useSettings();
  const past = useStore(temporal, (state) => state.pastStates.at(-1)?.settings);
  const future = useStore(temporal, (state) => state.futureStates.at(-1)?.settings);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const isRedo = (key === 'z' && event.shiftKey) || (key === 'y' && event.ctrlKey);
      if (key !== 'z' && !isRedo) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      const { undo, redo } = temporal.getState();
      if (isRedo) redo();
      else undo();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [temporal]);
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
