/** What leaves the page as a file. The public face of the room, but for `idioms/`, which is for showing. */
import type { DataReport } from '../protocol/messages';
import type { CurvePoint } from '../protocol/snapshot';
import { curvesCsv, dataCsv } from './csv';
import { type ExperimentFile, writeExperiment } from './experimentFile';
import type { Framework } from './python/plan';
import { createNotebook, createScript, scriptFileName } from './python/script';
import { createSweepScript, SWEEP_FILE_NAME, type SweepOptions } from './python/sweep';
import type { RunRecord } from './record';
import { type Parameters, writeNpz, writeSafetensors } from './weights';

export { type Column, curvesCsv, dataCsv, layerCsv, writeCsv } from './csv';
export { type ExperimentFile, ExperimentFileError, readExperiment } from './experimentFile';
export { FRAMEWORK_NAMES, FRAMEWORKS, type Framework } from './python/plan';
export type { SweepOptions } from './python/sweep';
export { DEFAULT_STEPS, type Recordable, type RunRecord, recordRun } from './record';
export type { Parameters } from './weights';

/** A file to be saved: `new Blob([content], { type })`. */
export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Returns the run as a script that repeats it and checks itself. */
export function scriptFile(record: RunRecord, framework: Framework, name = scriptFileName(framework)): ExportFile {
  return { name, type: 'text/x-python', content: createScript(record, framework, name) };
}

/** Returns the same as a notebook. */
export function notebookFile(record: RunRecord, framework: Framework): ExportFile {
  return { name: scriptFileName(framework, 'ipynb'), type: 'application/x-ipynb+json', content: createNotebook(record, framework) };
}

/** Returns a JAX script that sweeps p and seeds around the run. */
export function sweepFile(record: RunRecord, options?: SweepOptions): ExportFile {
  return { name: SWEEP_FILE_NAME, type: 'text/x-python', content: createSweepScript(record, options) };
}

/** Returns weights and biases for PyTorch and others (`layers.0.weight`, …). `metadata` is text that travels in the header, such as the fingerprint. */
export function safetensorsFile(parameters: Parameters, metadata?: Readonly<Record<string, string>>): ExportFile {
  return { name: 'dropout_lab_weights.safetensors', type: 'application/octet-stream', content: writeSafetensors(parameters, metadata) };
}

/** Returns weights and biases for `np.load`. */
export function npzFile(parameters: Parameters): ExportFile {
  return { name: 'dropout_lab_weights.npz', type: 'application/zip', content: writeNpz(parameters) };
}

/** Returns the history of a run. */
export function historyFile(curves: readonly CurvePoint[]): ExportFile {
  return { name: 'dropout_lab_history.csv', type: 'text/csv', content: curvesCsv(curves) };
}

/** Returns the drawn data. */
export function dataFile(data: DataReport): ExportFile {
  return { name: 'dropout_lab_data.csv', type: 'text/csv', content: dataCsv(data) };
}

/** Returns the experiment as a file that opens again. */
export function experimentFile(experiment: ExperimentFile): ExportFile {
  return { name: 'dropout_lab_experiment.json', type: 'application/json', content: writeExperiment(experiment) };
}
