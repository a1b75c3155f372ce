/** Takes a file dropped anywhere on the page. What opens it is loaded by the first drop. */
import { useEffect } from 'react';
import type { Lab } from '../../bridge';

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Opens what is dropped as an experiment; `notify` says what will happen and what has. */
export function useFileDrop(lab: Lab, notify: (message: string | null) => void): void {
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let isOver = false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (isOver) return;
      isOver = true;
      notify('Drop the file of an experiment to open it.');
    };
    const onDragLeave = (event: DragEvent) => {
      if (!isOver || event.relatedTarget !== null) return;
      isOver = false;
      notify(null);
    };
    const onDrop = (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver = false;
      if (!file) return;
      import('./openFile')
        .then(({ openFile }) => openFile(lab, file))
        .then(({ message }) => notify(message))
        .catch((error: unknown) => notify(error instanceof Error ? error.message : String(error)));
    };
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('dragleave', onDragLeave, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => controller.abort();
  }, [lab, notify]);
}
