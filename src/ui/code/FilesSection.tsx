/** What else can be taken along: weights, history, data, figures, and the experiment itself, which opens again. */
import { type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react';
import { dataFile, type ExportFile, experimentFile, historyFile, npzFile, type Parameters, safetensorsFile } from '../../export';
import type { Snapshot } from '../../protocol/snapshot';
import { Button } from '../controls/Button';
import { SelectField } from '../controls/SelectField';
import { FIGURE_TITLES, type FigureKind } from '../figures/figureKind';
import { useLab, usePointingState } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { counted, grouped } from '../words/format';
import { csvWords, figureCsv, figurePng, figureSvg } from './figureFiles';
import { openFile } from './openFile';
import { fileName, saveFile } from './saveFile';
import { TaskLine } from './TaskLine';
import { startOf, takeMoment } from './takeMoment';
import { hasFiles } from './useFileDrop';
import { type Task, useTask } from './useTask';

const FIGURE_CHOICES = (Object.keys(FIGURE_TITLES) as FigureKind[]).map((value) => ({ value, label: FIGURE_TITLES[value] }));

/** Text that travels in the header of a safetensors file. */
function metadataOf({ settings, step, fingerprint }: Snapshot): Record<string, string> {
  const { dataset, mode, p, seed } = settings;
  return { experiment: `${dataset}, ${mode}, drop ${p}, seed ${seed}`, step: String(step), fingerprint };
}

interface RowProps {
  readonly name: string;
  readonly note: string;
  readonly children: React.ReactNode;
}

function Row({ name, note, children }: RowProps) {
  const id = useId();
  return (
    <fieldset className="code-row" aria-labelledby={id}>
      <div>
        <span className="code-row-name" id={id}>
          {name}
        </span>
        <span className="code-row-note">{note}</span>
      </div>
      <div className="code-buttons">{children}</div>
    </fieldset>
  );
}

function RunRows({ task }: { readonly task: Task }) {
  const lab = useLab();
  const saveWeights = (extension: string, write: (parameters: Parameters, metadata: Record<string, string>) => ExportFile) =>
    task.run(async () => {
      const snapshot = await lab.snapshot();
      const name = fileName(snapshot.settings, extension, `step${snapshot.step}`);
      const { content, type } = write(snapshot, metadataOf(snapshot));
      saveFile(name, content, type);
      return `Saved ${name}: the weights of step ${grouped(snapshot.step)}, fingerprint ${snapshot.fingerprint}.`;
    });
  const saveHistory = () =>
    task.run(async () => {
      const { curves, settings } = await lab.snapshot();
      const name = fileName(settings, 'csv', 'history');
      const { content, type } = historyFile(curves);
      saveFile(name, content, type);
      return `Saved ${name}: ${counted(curves.length, 'point')} of the curves.`;
    });
  const saveData = () =>
    task.run(() => {
      const data = lab.data.get();
      if (!data) throw new Error('There are no data yet: the lab is starting.');
      const name = fileName(lab.store.getState().settings, 'csv', 'data');
      const { content, type } = dataFile(data);
      saveFile(name, content, type);
      return `Saved ${name}: ${counted(data.trainTargets.length, 'training example')}, ${counted(data.testTargets.length, 'test example')}.`;
    });
  return (
    <>
      <Row name="Weights" note="of the step on show">
        <Button onClick={() => saveWeights('safetensors', safetensorsFile)}>safetensors</Button>
        <Button onClick={() => saveWeights('npz', npzFile)}>npz</Button>
      </Row>
      <Row name="Numbers" note="CSV, in full precision">
        <Button onClick={saveHistory}>history</Button>
        <Button onClick={saveData}>data</Button>
      </Row>
    </>
  );
}

function FigureRow({ task }: { readonly task: Task }) {
  const lab = useLab();
  const palette = usePalette();
  const { row } = usePointingState();
  const [kind, setKind] = useState<FigureKind>('network');
  const save = (extension: string, type: string, write: () => BlobPart | Promise<BlobPart>) =>
    task.run(async () => {
      const name = fileName(lab.store.getState().settings, extension, kind);
      await document.fonts.ready;
      saveFile(name, await write(), type);
      return extension === 'csv' ? `Saved ${name}: ${csvWords(kind)}.` : `Saved ${name}.`;
    });
  const moment = () => takeMoment(lab, row);
  return (
    <Row name="Figure" note="as it is now">
      <SelectField label="figure to save" choices={FIGURE_CHOICES} value={kind} onChange={setKind} />
      <Button onClick={() => save('svg', 'image/svg+xml', () => figureSvg(kind, moment(), palette))}>SVG</Button>
      <Button title="at twice the size" onClick={() => save('png', 'image/png', () => figurePng(kind, moment(), palette))}>
        PNG
      </Button>
      <Button onClick={() => save('csv', 'text/csv', () => figureCsv(kind, moment()))}>CSV</Button>
    </Row>
  );
}

/** Opens what is dropped on the dialog: the page's own answer would stand behind it. */
function useDialogDrop(inside: RefObject<HTMLElement | null>, open: (file: File) => void): void {
  useEffect(() => {
    const dialog = inside.current?.closest('dialog');
    if (!dialog) return;
    const controller = new AbortController();
    const take = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (event.type === 'drop' && file) open(file);
    };
    for (const type of ['dragover', 'drop'] as const) dialog.addEventListener(type, take, { signal: controller.signal });
    return () => controller.abort();
  }, [inside, open]);
}

function ExperimentRow({ task }: { readonly task: Task }) {
  const lab = useLab();
  const picker = useRef<HTMLInputElement>(null);
  const save = () =>
    task.run(async () => {
      const { step } = await lab.fingerprint();
      const { settings, changes } = startOf(lab.store.getState());
      const name = fileName(settings, 'json', `step${step}`);
      const { content, type } = experimentFile({ settings, changes, step });
      saveFile(name, content, type);
      return `Saved ${name}. Opened again, here or elsewhere, it leads to the same weights at step ${grouped(step)}.`;
    });
  const { run } = task;
  const open = useCallback(
    (file: File) =>
      run(async (tell) => {
        tell({ text: `Opening ${file.name}.` });
        const { isOpen, message } = await openFile(lab, file);
        if (!isOpen) throw new Error(message);
        return message;
      }),
    [lab, run],
  );
  useDialogDrop(picker, open);
  return (
    <Row name="Experiment" note="opens by drop, too">
      <Button onClick={save}>Save .json</Button>
      <Button onClick={() => picker.current?.click()}>Open…</Button>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        aria-label="experiment to open"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) open(file);
        }}
      />
    </Row>
  );
}

export function FilesSection() {
  const task = useTask();
  return (
    <section className="code-part" aria-labelledby="code-files">
      <h3 id="code-files">Take it along</h3>
      <div className="code-rows">
        <RunRows task={task} />
        <FigureRow task={task} />
        <ExperimentRow task={task} />
      </div>
      <TaskLine task={task} />
    </section>
  );
}
