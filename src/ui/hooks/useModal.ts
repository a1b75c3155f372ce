/** A native dialog that is open as long as its component is there. It keeps the focus, and closes on Escape. */
import { type RefObject, useEffect, useRef } from 'react';

export interface Modal {
  readonly ref: RefObject<HTMLDialogElement | null>;
  /** For `onClose` of the dialog. */
  readonly onClose: () => void;
  readonly close: () => void;
}

export function useModal(onClosed: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = ref.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return {
    ref,
    // Strict mode closes and opens it again at once; the word of that closing comes late, and means nothing.
    onClose: () => {
      if (!ref.current?.open) onClosed();
    },
    close: () => ref.current?.close(),
  };
}
