/** The lab's settings as the short code of a framework, and the lines on which the last change has landed. */
import { useMemo } from 'react';
import { codeLines, codeText, type IdiomFramework, markedLines } from '../../export/idioms';
import { changedNames } from '../../protocol/changes';
import type { SettingName } from '../../protocol/settings';
import type { LabStore } from '../../store/labStore';
import { useLab, useLabState, useSettings } from '../hooks/labContext';

export interface ShownIdiom {
  readonly text: string;
  /** 0-based. */
  readonly marked: readonly number[];
  /** What changed last; the drop probability before anything has. */
  readonly changed: readonly SettingName[];
}

/** Returns what was changed last, as the history of settings has it; a drag is one change. */
function lastChanged(store: LabStore): readonly SettingName[] {
  const { settings } = store.getState();
  const before = store.temporal.getState().pastStates.at(-1)?.settings;
  const names = before ? changedNames(before, settings) : [];
  return names.length > 0 ? names : ['p'];
}

export function useIdiom(framework: IdiomFramework): ShownIdiom {
  const { store } = useLab();
  const settings = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const lines = useMemo(() => codeLines(settings, framework, convention), [settings, framework, convention]);
  const changed = lastChanged(store);
  return { text: codeText(lines), marked: markedLines(lines, changed), changed };
}
