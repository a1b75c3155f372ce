/** The code dialog on a real lab: what it shows, saves and opens, and that the lab behind it goes on as it was. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { type Locator, userEvent } from 'vitest/browser';
import { createLab } from '../../../src/bridge';
import { readExperiment } from '../../../src/export';
import type { Settings } from '../../../src/protocol/settings';
import type { Snapshot } from '../../../src/protocol/snapshot';
import { type OpenLab, openLab, settingsOf } from '../ui/openLab';
import { catchDownloads } from './downloads';

const saved = catchDownloads();
const SMALL: Partial<Settings> = { trainSize: 24, testSize: 16, batchSize: 8, hidden: [5, 4], p: 0.3, seed: 0 };
const status = { timeout: 20_000 };

async function openDialog(settings: Partial<Settings> = SMALL): Promise<OpenLab> {
  const opened = await openLab(settings);
  await opened.screen.getByRole('button', { name: 'Code', exact: true }).click();
  await expect.element(opened.screen.getByRole('dialog', { name: 'This lab as code' })).toBeVisible();
  return opened;
}

/** Reads the array of numbers that a script has under a name. */
function numbersOf(script: string, name: string): number[] {
  const list = new RegExp(`${name}[^=\\n]*=\\s*[([]([^)\\]]*)[)\\]]`).exec(script)?.[1];
  return (list ?? '').split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]));
}

/** What a fresh lab of these settings comes to at a step. */
async function freshRun(settings: Partial<Settings>, step: number): Promise<Snapshot> {
  const lab = createLab({ settings });
  try {
    await lab.advance(step);
    return await lab.snapshot();
  } finally {
    lab.dispose();
  }
}

/** The radio lies under its label, which Playwright takes for something in the way. */
const choose = (within: Pick<Locator, 'getByRole'>, name: string) =>
  within.getByRole('radio', { name, exact: true }).click({ force: true });

function picker(): HTMLInputElement {
  return document.querySelector<HTMLInputElement>('input[type="file"][accept^=".json"]') as HTMLInputElement;
}

function pick(content: string, name = 'mine.json'): void {
  const files = new DataTransfer();
  files.items.add(new File([content], name));
  picker().files = files.files;
  picker().dispatchEvent(new Event('change', { bubbles: true }));
}

test('CD1 shows the lines of the last change, in each framework, with both ways of writing p', async () => {
  const { screen, lab } = await openLab(SMALL);
  lab.store.getState().setSettings({ learningRate: 0.03 });
  await userEvent.keyboard('k');
  const dialog = screen.getByRole('dialog', { name: 'This lab as code' });
  await expect.element(dialog).toBeVisible();
  const marked = () => [...document.querySelectorAll('.code-dialog-line.is-marked')].map((line) => line.textContent);
  expect(marked().join()).toContain('0.03');
  await expect.element(dialog.getByText(/^Marked: 1 line where learning rate lands/)).toBeVisible();
  for (const name of ['NumPy', 'Keras 3', 'JAX', 'Flax nnx', 'TensorFlow 1', 'TensorFlow 2']) {
    await choose(dialog, name);
    await expect.poll(() => marked().join()).toContain('0.03');
  }
  const code = () => document.querySelector('.code-dialog-lines')?.textContent ?? '';
  expect(code()).toContain('p = 0.3');
  await dialog.getByRole('combobox', { name: 'convention of the probability' }).selectOptions('keep_prob');
  await expect.poll(code).toContain('keep_prob = 0.7');
  expect(lab.store.getState().view.convention).toBe('keep_prob');
  expect(document.querySelectorAll('.code-dialog .code-keyword').length).toBeGreaterThan(5);
});

test('CD2 a script holds the losses of a fresh run; the lab on the page stays at its step', async () => {
  const { screen, lab } = await openDialog();
  await lab.advance(37);
  const before = await lab.snapshot();
  await screen.getByRole('button', { name: 'Download .py' }).click();
  await expect
    .element(screen.getByText(/^Saved dropout-lab-moons-inverted-p0\.30-seed0-torch\.py: 100 steps to check\.$/), status)
    .toBeVisible();
  const after = await lab.snapshot();
  expect([after.step, after.fingerprint]).toEqual([before.step, before.fingerprint]);
  expect(lab.running).toBe(false);
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(['dropout-lab-moons-inverted-p0.30-seed0-torch.py']);
  const script = (await saved[0]?.text()) ?? '';
  expect(script).toContain('python dropout-lab-moons-inverted-p0.30-seed0-torch.py');
  expect(script).toContain('import torch');
  const losses = numbersOf(script, 'LOSSES');
  expect(losses).toHaveLength(100);
  for (const step of [1, 60, 100]) {
    const { last } = await freshRun(SMALL, step);
    expect(losses[step - 1]).toBeCloseTo(last?.loss ?? Number.NaN, 6);
  }
});

test('CD2 a change made after the recorded steps is in the script: it decides about the masks of later ones', async () => {
  const { screen, lab } = await openDialog();
  await lab.advance(130);
  await lab.configure({ p: 0.65 });
  await choose(screen, 'NumPy');
  await screen.getByRole('button', { name: 'Download .py' }).click();
  await expect.element(screen.getByText(/-numpy\.py: 100 steps/), status).toBeVisible();
  await expect.poll(() => saved.length).toBe(1);
  expect(await saved[0]?.text()).toContain('(130, dict(p=(0.0, 0.65, 0.65)))');
});

test('CD2 a second framework is written from the same record; the sweep is JAX alone', async () => {
  const { screen } = await openDialog();
  await choose(screen, 'JAX');
  await screen.getByRole('button', { name: 'Download .ipynb' }).click();
  await expect.element(screen.getByText(/-jax\.ipynb: 100 steps/), status).toBeVisible();
  await screen.getByRole('button', { name: 'Sweep over p and seeds' }).click();
  await expect.element(screen.getByText(/-sweep\.py: 100 steps/)).toBeVisible();
  await expect.poll(() => saved.length).toBe(2);
  const notebook = JSON.parse((await saved[0]?.text()) ?? '') as { nbformat: number; cells: { source: string[] }[] };
  expect(notebook.nbformat).toBe(4);
  expect(notebook.cells.flatMap(({ source }) => source).join('')).toContain('import jax');
  await choose(screen, 'TensorFlow 1');
  await expect.element(screen.getByText(/TensorFlow 1 is here to be read/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Download .py' }).elements()).toHaveLength(0);
});

test('CD2 an experiment that breaks says so and saves nothing', async () => {
  const { screen } = await openDialog({
    ...SMALL,
    learningRate: 10,
    activation: 'linear',
    dataset: 'wave',
    mode: 'none',
  });
  await screen.getByRole('button', { name: 'Download .py' }).click();
  await expect
    .element(screen.getByRole('dialog').getByRole('alert'), status)
    .toHaveTextContent(/the loss of this experiment is no longer a number: there is nothing/);
  expect(saved).toEqual([]);
});

test('CD2 a recording under way can be cancelled, saves nothing then, and can begin again', async () => {
  const { screen } = await openDialog();
  await screen.getByRole('button', { name: 'Download .ipynb' }).click();
  await expect.element(screen.getByText(/^step \d+ of 100$/)).toBeVisible();
  // At once: a click that waits for the button to rest might come when all is done.
  (screen.getByRole('button', { name: 'Cancel' }).element() as HTMLElement).click();
  await expect.element(screen.getByText('Cancelled.')).toBeVisible();
  expect(saved).toEqual([]);
  await screen.getByRole('button', { name: 'Download .py' }).click();
  await expect.element(screen.getByText(/^Saved .*-torch\.py/), status).toBeVisible();
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(['dropout-lab-moons-inverted-p0.30-seed0-torch.py']);
});

test('CD3 weights, history, data and figures are saved under the name of the experiment', async () => {
  const { screen, lab } = await openDialog();
  await lab.advance(12);
  const { weights, biases, fingerprint, curves } = await lab.snapshot();
  for (const name of ['safetensors', 'npz', 'history', 'data', 'SVG', 'PNG', 'CSV']) {
    await screen.getByRole('button', { name, exact: true }).click();
    await expect
      .element(screen.getByText(new RegExp(`^Saved .*\\.${name === 'history' || name === 'data' ? 'csv' : name.toLowerCase()}`)))
      .toBeVisible();
  }
  const start = 'dropout-lab-moons-inverted-p0.30-seed0-';
  const names = ['step12.safetensors', 'step12.npz', 'history.csv', 'data.csv', 'network.svg', 'network.png', 'network.csv'];
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(names.map((name) => start + name));
  const bytes = (await saved[0]?.bytes()) as Uint8Array<ArrayBuffer>;
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as { __metadata__: object };
  expect(header.__metadata__).toMatchObject({ fingerprint, step: '12' });
  const floats = [...new Float32Array(bytes.slice(8 + length).buffer)];
  expect(floats).toEqual(weights.flatMap((matrix, index) => [...matrix, ...(biases[index] ?? [])]));
  expect((await saved[2]?.text())?.trimEnd().split('\r\n')).toHaveLength(curves.length + 1);
  expect((await saved[3]?.text())?.trimEnd().split('\r\n')).toHaveLength(24 + 16 + 1);
  expect((await saved[4]?.text())?.startsWith('<svg xmlns=')).toBe(true);
  expect([...((await saved[5]?.bytes())?.subarray(1, 4) ?? [])]).toEqual([...new TextEncoder().encode('PNG')]);
});

test('CD4 what is dropped on the dialog is answered in the dialog, once', async () => {
  const { screen } = await openDialog();
  const drop = (content: string) => {
    const files = new DataTransfer();
    files.items.add(new File([content], 'dropped.json'));
    const dialog = screen.getByRole('dialog', { name: 'This lab as code' }).element();
    for (const type of ['dragover', 'drop']) {
      dialog.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
    }
  };
  drop(JSON.stringify({ format: 'dropout-lab-experiment', version: 1, settings: { ...SMALL, p: 7 } }));
  await expect.element(screen.getByRole('dialog').getByRole('alert')).toHaveTextContent('p must be between 0 and 1, got 7. Nothing');
  drop(JSON.stringify({ format: 'dropout-lab-experiment', version: 1, settings: { ...SMALL, seed: 8 } }));
  await expect.element(screen.getByRole('dialog').getByText(/^Opened dropped\.json at step 0\./)).toBeVisible();
  expect(screen.getByText(/dropped\.json/).elements()).toHaveLength(1);
});

test('CD4 changes that a file gives for one step are one change', async () => {
  const { screen, lab } = await openDialog();
  const changes = [
    { step: 4, patch: { p: 0.2 } },
    { step: 4, patch: { learningRate: 0.05 } },
    { step: 9, patch: { p: 0 } },
  ];
  pick(JSON.stringify({ format: 'dropout-lab-experiment', version: 1, settings: SMALL, changes, step: 0 }));
  await expect.element(screen.getByText(/^Opened mine\.json at step 0\./)).toBeVisible();
  await lab.advance(12);
  expect((await lab.snapshot()).changes).toEqual([{ step: 4, patch: { p: 0.2, learningRate: 0.05 } }, changes[2]]);
});

test('CD4 an experiment with live changes is saved, and opened leads to the same bits; Undo leads back', async () => {
  const { screen, lab } = await openDialog();
  await lab.advance(10);
  await lab.configure({ p: 0.15 });
  await lab.advance(20);
  await lab.configure({ mode: 'gaussian', learningRate: 0.02 });
  await lab.advance(15);
  const there = await lab.snapshot();
  await screen.getByRole('button', { name: 'Save .json' }).click();
  await expect.poll(() => saved.length).toBe(1);
  const text = (await saved[0]?.text()) ?? '';
  expect(readExperiment(text)).toMatchObject({ step: 45, settings: { p: 0.3, mode: 'inverted' }, changes: there.changes });
  await lab.configure({ dataset: 'circles', seed: 9 });
  pick(text);
  await expect.element(screen.getByText(/^Opened mine\.json at step 45\. Undo brings/), status).toBeVisible();
  const here = await lab.snapshot();
  expect(here).toMatchObject({ step: 45, fingerprint: there.fingerprint, changes: there.changes });
  expect(settingsOf(lab)).toMatchObject({ dataset: 'moons', mode: 'gaussian', p: 0.15 });
  lab.store.temporal.getState().undo();
  expect(settingsOf(lab)).toMatchObject({ dataset: 'circles', seed: 9 });
});

test.each([
  ['{', /mine\.json: this file is not JSON/],
  ['{"format":"other"}', /"format" must be "dropout-lab-experiment"/],
  [
    '{"format":"dropout-lab-experiment","version":1,"settings":{"p":1.5}}',
    /settings: p must be between 0 and 1, got 1\.5\. Nothing has changed/,
  ],
  [
    '{"format":"dropout-lab-experiment","version":1,"settings":{},"step":2147483648}',
    /step must be a whole number between 0 and 2147483647, got 2147483648/,
  ],
  [
    '{"format":"dropout-lab-experiment","version":1,"settings":{},"changes":[{"step":3,"patch":{"seed":4}}]}',
    /changes\[0\]\.patch may only hold settings that change while a run goes on, got seed/,
  ],
])('CD4 a file that is none is refused in words and changes nothing: %s', async (content, words) => {
  const { screen, lab } = await openDialog();
  await lab.advance(5);
  const before = await lab.snapshot();
  pick(content);
  await expect.element(screen.getByRole('dialog').getByRole('alert')).toHaveTextContent(words);
  const after = await lab.snapshot();
  expect([after.step, after.fingerprint, after.settings]).toEqual([before.step, before.fingerprint, before.settings]);
  expect(lab.store.temporal.getState().pastStates).toEqual([]);
});

test('CD5 is left by Escape, has no fault that axe finds, and is not there when it is hidden', async () => {
  const { screen, lab } = await openDialog();
  const dialog = screen.getByRole('dialog', { name: 'This lab as code' });
  for (const theme of ['light', 'dark'] as const) {
    lab.store.getState().setView({ theme });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { violations } = await axe.run(dialog.element());
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => dialog.elements().length).toBe(0);
  lab.store.getState().setView({ theme: 'light', hidden: ['code'] });
  await userEvent.keyboard('k');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(document.querySelector('dialog[open]')).toBeNull();
  expect(document.querySelector('[data-control="code"]')?.checkVisibility()).toBe(false);
});
