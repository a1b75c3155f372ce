/** The state of "In your framework": the lab's settings (or the figure's own, where there is no lab), and which of them changed last. */
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { type CodeConvention, type CodeLine, codeLines, codeText, type IdiomFramework, markedLines } from '../../../export/idioms';
import { DEFAULT_SETTINGS, SETTING_NAMES, type SettingName, type Settings } from '../../../protocol/settings';
import { createLabStore } from '../../../store/labStore';
import { useHost } from '../shell/host';

export interface FrameworkState {
  readonly framework: IdiomFramework;
  readonly convention: CodeConvention;
  readonly settings: Settings;
  readonly lines: readonly CodeLine[];
  /** The lines where the last change has landed, 0-based. */
  readonly marked: readonly number[];
  /** What changed last; the drop probability before anything has. */
  readonly changed: readonly SettingName[];
  readonly text: string;
  setFramework(framework: IdiomFramework): void;
  setConvention(convention: CodeConvention): void;
  /** Changes settings; returns why they were refused, or null. */
  change(patch: Partial<Settings>): string | null;
}

/** Returns the names of the settings in which two differ. */
export function changedNames(before: Settings, after: Settings): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

interface Seen {
  readonly settings: Settings;
  readonly changed: readonly SettingName[];
}

export function useFramework(): FrameworkState {
  const { lab, convention, setConvention } = useHost();
  const store = useMemo(() => lab?.store ?? createLabStore({ settings: DEFAULT_SETTINGS }), [lab]);
  const settings = useSyncExternalStore(store.subscribe, () => store.getState().settings);
  const [framework, setFramework] = useState<IdiomFramework>('torch');
  const [seen, setSeen] = useState<Seen>({ settings, changed: ['p'] });
  if (seen.settings !== settings) {
    const names = changedNames(seen.settings, settings);
    setSeen({ settings, changed: names.length > 0 ? names : seen.changed });
  }
  const { changed } = seen;
  const change = useCallback(
    (patch: Partial<Settings>) => {
      try {
        store.getState().setSettings(patch);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    [store],
  );
  const lines = useMemo(() => codeLines(settings, framework, convention), [settings, framework, convention]);
  const marked = useMemo(() => markedLines(lines, changed), [lines, changed]);
  return { framework, convention, settings, lines, marked, changed, text: codeText(lines), setFramework, setConvention, change };
}
