/** Undo and redo of settings by Ctrl or ⌘ Z. In a field that is being typed in, the keys stay the field's own. */
import { useEffect } from 'react';
import { useLab } from '../hooks/labContext';
import { isTyping } from '../hooks/useHotkeys';

export function useUndoKeys(): void {
  const { temporal } = useLab().store;
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
}
