/** The Share dialog on a real lab: what it hands out follows from its choices, and it says what it cannot hold. */
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/store/address';
import { openLab, settingsOf } from '../ui/openLab';

const violations = async () => {
  const found = await axe.run(document.querySelector('dialog') as Element);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
};

async function openShare(...args: Parameters<typeof openLab>) {
  const opened = await openLab(...args);
  const { screen } = opened;
  const share = async () => {
    await screen.getByRole('button', { name: 'Share' }).click();
    await expect.element(screen.getByRole('dialog', { name: 'Share this experiment' })).toBeVisible();
  };
  const text = (label: string) => (screen.getByRole('textbox', { name: label }).element() as HTMLTextAreaElement).value;
  return { ...opened, share, text, link: () => parseAddress(new URL(text('Link')).search) };
}

describe('Share', () => {
  test('SC5 AD1 the link is the experiment; without its step it is the settings as they are', async () => {
    const { lab, screen, share, link } = await openShare({ p: 0.3, hidden: [5], trainSize: 40 });
    await lab.advance(6);
    await lab.configure({ p: 0 });
    await lab.advance(4);
    await share();
    expect(link()).toMatchObject({ settings: { p: 0.3, hidden: [5] }, changes: [{ step: 6, patch: { p: 0 } }], step: 10, notices: [] });
    await screen.getByRole('checkbox', { name: 'stop at step 10' }).click();
    expect(link()).toMatchObject({ settings: settingsOf(lab), changes: [], step: null });
    expect(await violations()).toEqual([]);
  });

  test('theme and controls to leave out are in all that is handed out', async () => {
    const { screen, share, link, text } = await openShare();
    await share();
    await screen.getByRole('combobox', { name: 'theme of the link' }).selectOptions('dark');
    await screen.getByText('Leave controls out').click();
    await screen.getByRole('checkbox', { name: /^seed: / }).click();
    expect(link().view).toMatchObject({ theme: 'dark', hidden: ['seed'] });
    expect(text('As an element')).toMatch(/<dropout-lab [^>]*theme="dark" hide="seed">/);
    expect(text('As a frame')).toContain('theme=dark&amp;hide=seed');
    await screen.getByRole('combobox', { name: 'figure to embed' }).selectOptions('One tensor through dropout');
    expect(screen.getByRole('textbox', { name: 'As an element' }).query()).toBeNull();
    expect(text('As a frame')).toContain('embed=one-tensor');
    expect(await violations()).toEqual([]);
  });

  test('AD1 a run changed more often than an address can hold is shared as its settings, and that is said', async () => {
    const { lab, screen, share, link } = await openShare({ hidden: [3], trainSize: 20 });
    const changes = Array.from({ length: 700 }, (_, index) => ({ step: index + 1, patch: { p: (index + 1) / 1000 } }));
    await lab.replay(changes, 701);
    await share();
    await expect.element(screen.getByText(/changed by hand 700 times, more than an address can hold/)).toBeVisible();
    expect(link()).toMatchObject({ settings: { p: 0.7 }, changes: [], step: null });
  });
});
