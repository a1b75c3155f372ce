/** A native dialog that is open as long as it is rendered. It keeps the focus, and closes on Escape. */
import './modal.css';
import { type ReactNode, useEffect, useRef } from 'react';

interface ModalProps {
  readonly className: string;
  readonly titleId: string;
  readonly onClosed: () => void;
  readonly children: ReactNode;
}

export function Modal({ className, titleId, onClosed, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    // Under StrictMode the effect runs twice: the dialog is open again by the time it hears of its first closing.
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={`modal ${className}`} aria-labelledby={titleId} onClose={() => dialog.current?.open || onClosed()}>
      {children}
    </dialog>
  );
}

/** Closes the dialog that a button stands in. */
export function closeModal(event: { readonly currentTarget: Element }): void {
  event.currentTarget.closest('dialog')?.close();
}
