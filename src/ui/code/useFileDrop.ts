/** Takes a file dropped anywhere on the page, or for an element on a page of others, anywhere on it. What opens it is loaded by the first drop. */
import { type RefObject, useEffect } from 'react';
import type { Lab } from '../../bridge';

/** Returns whether what is dragged has files in it. */
export const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Opens what is dropped around `element` as an experiment; `notify` says what will happen and what has. */
export function useFileDrop(element: RefObject<HTMLElement | null>, lab: Lab, notify: (message: string | null) => void): void {
  useEffect(() => {
    const root = element.current?.getRootNode();
    if (!root) return;
    const controller = new AbortController();
    const { signal } = controller;
    let isOver = false;
    const onDragOver = (event: Event) => {
      // Another part of the page may want the file for itself.
      if (!(event instanceof DragEvent && hasFiles(event)) || event.defaultPrevented) return;
      event.preventDefault();
      if (isOver) return;
      isOver = true;
      notify('Drop the file of an experiment to open it.');
    };
    const onDragLeave = (event: Event) => {
      if (!isOver || !(event instanceof DragEvent) || event.relatedTarget !== null) return;
      isOver = false;
      notify(null);
    };
    const onDrop = (event: Event) => {
      if (!(event instanceof DragEvent && hasFiles(event))) return;
      const [file] = event.dataTransfer?.files ?? [];
      if (isOver) notify(null);
      isOver = false;
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (!file) return;
      import('./openFile')
        .then(({ openFile }) => openFile(lab, file))
        .then(({ message }) => notify(message))
        .catch((error: unknown) => notify(error instanceof Error ? error.message : String(error)));
    };
    root.addEventListener('dragover', onDragOver, { signal });
    root.addEventListener('dragleave', onDragLeave, { signal });
    root.addEventListener('drop', onDrop, { signal });
    return () => controller.abort();
  }, [element, lab, notify]);
}
