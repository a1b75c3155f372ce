/** What the screen says and does when things go wrong; slow motion; the comparison. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Connect, DropoutLab } from '../../../src/bridge';
import { openLab, settingsOf } from './openLab';

const startWorker: Connect = () => new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), { type: 'module' });
/** A worker that reports a failure as the real one does, and never anything else. */
const failing =
  (code: string): Connect =>
  () =>
    new Worker(
      URL.createObjectURL(
        new Blob(
          [
            `onmessage = () => postMessage({ type: 'error', requestId: null, fatal: true, code: '${code}', message: 'a message for the curious' })`,
          ],
          { type: 'text/javascript' },
        ),
      ),
    );

describe('SC8 failures', () => {
  test.each([
    ['no-simd', 'This browser cannot run the core', /Firefox 121/],
    ['wasm-blocked', 'WebAssembly is blocked here', /'wasm-unsafe-eval'/],
    ['worker-lost', 'The worker has stopped', /the settings are kept/],
  ])('%s: a panel with what to do', async (code, title, remedy) => {
    await openLab({}, { connect: failing(code) }, false);
    await expect.element(page.getByRole('heading', { name: title })).toBeVisible();
    await expect.element(page.getByText(remedy).first()).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Step', exact: true })).toBeDisabled();
  });

  test('Restart keeps the settings', async () => {
    let numStarts = 0;
    const connect: Connect = () => (numStarts++ === 0 ? failing('worker-lost')() : startWorker());
    const { lab } = await openLab({ p: 0.15, seed: 0, hidden: [7] }, { connect }, false);
    await page.getByRole('button', { name: 'Restart with these settings' }).click();
    await expect.poll(() => lab.step).toBeGreaterThan(0);
    expect(settingsOf(lab)).toMatchObject({ p: 0.15, seed: 0, hidden: [7] });
    await expect.element(page.getByRole('grid', { name: /^Network/ })).toBeVisible();
  });

  test('NT5 a loss that is no number: words, the way out, and figures still there', async () => {
    const { lab } = await openLab({ learningRate: 10, activation: 'linear', optimizer: 'sgd' });
    await lab.advance(500).catch(() => undefined);
    await expect.element(page.getByRole('heading', { name: 'The loss is no longer a number' })).toBeVisible();
    await expect.element(page.getByText('Lower the learning rate (now 10.00), then restart.')).toBeVisible();
    await lab.configure({ learningRate: 0.05 });
    await page.getByRole('button', { name: 'Restart with these settings' }).click();
    await expect.element(page.getByRole('heading', { name: 'The loss is no longer a number' })).not.toBeInTheDocument();
    await lab.advance(20);
    expect(lab.step).toBe(20);
  });
});

describe('slow motion', () => {
  test('walks one step stage by stage under reduced motion, then trains exactly that step', async () => {
    const { lab } = await openLab();
    await lab.advance(4);
    await page.getByRole('button', { name: 'Slow motion' }).click();
    await expect.element(page.getByText('24 examples of 96 are taken for step 5.')).toBeVisible();
    const masks = page.getByRole('figure', { name: 'Masks', exact: true }).element().querySelector('.column-captions')?.textContent;
    const captions: string[] = [];
    for (let stage = 0; stage < 5; stage++) {
      await page.getByRole('button', { name: 'Next stage' }).click();
      captions.push(document.querySelector('.stage-caption')?.textContent ?? '');
    }
    expect(captions[0]).toMatch(/hidden 1 keeps \d+ of 288/);
    expect(captions[1]).toMatch(/multiplied by 2.00/);
    expect(captions[2]).toMatch(/mean loss of the batch is \d\.\d{3}/);
    expect(captions[3]).toMatch(/stops at \d+ of the 480 hidden cells/);
    expect(captions[4]).toMatch(/at rate 0.10/);
    expect(lab.step).toBe(4);
    await page.getByRole('button', { name: 'Next stage' }).click();
    await expect.poll(() => lab.step).toBe(5);
    // The rehearsal drew the very masks that the step then used.
    await expect.poll(() => document.querySelector('.figure-masks .column-captions')?.textContent).toBe(masks);
  });
});

describe('comparison', () => {
  test('HD6 opening it neither starts A nor moves it; B comes to its step, and the handle steers both', async () => {
    const { lab } = await openLab({ p: 0.2 });
    await lab.pause();
    const step = await lab.advance(30);
    const { fingerprint } = await lab.fingerprint();
    await page.getByRole('button', { name: 'Compare A | B' }).click();
    await expect.element(page.getByText(`At step ${step}, A against B`)).toBeVisible();
    expect([lab.step, lab.running, (await lab.fingerprint()).fingerprint]).toEqual([step, false, fingerprint]);
    await new DropoutLab(lab).advance(5);
    await expect.element(page.getByText(`At step ${step + 5}, A against B`)).toBeVisible();
    await page.getByRole('button', { name: 'End the comparison' }).click();
    expect([lab.step, lab.running]).toEqual([step + 5, false]);
  });

  test('B has all of A but one thing, keeps step with it, and says so', async () => {
    const { lab } = await openLab({ p: 0.2 });
    await page.getByRole('button', { name: 'Compare A | B' }).click();
    await expect.element(page.getByText(/Only the mode differs: A has Inverted, B has None/)).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Lab B' }).getByText('No unit ever sits out')).toBeVisible();
    await page.getByRole('combobox', { name: 'mode in B' }).selectOptions('standard');
    await expect.element(page.getByText(/B has Standard/)).toBeVisible();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.element(page.getByText(/At step 1, A against B/)).toBeVisible();
    await userEvent.keyboard(']');
    await expect.poll(() => settingsOf(lab).p).toBe(0.25);
    await page.getByRole('combobox', { name: 'what differs in B' }).selectOptions('p');
    await page.getByRole('textbox', { name: 'drop rate p in B' }).click();
    await userEvent.keyboard('{Control>}a{/Control}0.8{Enter}');
    await expect
      .element(page.getByText(/Only the drop rate p differs: A has drop 0.25 = keep 0.75, B has drop 0.80 = keep 0.20/))
      .toBeVisible();
    await page.getByRole('button', { name: 'End the comparison' }).click();
    await expect.element(page.getByRole('region', { name: 'Lab B' })).not.toBeInTheDocument();
    await lab.advance(1);
  });
});
