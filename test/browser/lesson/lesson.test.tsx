import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createLab, type Lab } from '../../../src/bridge';
import { pairOf } from '../../../src/bridge/companions';
import type { Settings } from '../../../src/protocol/settings';
import { LabScreen } from '../../../src/ui';
import { lessonDeskOf } from '../../../src/ui/lesson/lessonDesk';
import { classroomOf } from '../../../src/ui/present/classroom';
import { wordPair } from '../../../src/ui/present/words/wordPair';

const labs: Lab[] = [];
beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await page.viewport(1440, 900);
});
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

async function openLab(settings: Partial<Settings> = {}): Promise<Lab> {
  const lab = createLab({ settings: { p: 0.3, seed: 3, hidden: [6, 4], ...settings } });
  labs.push(lab);
  await render(<LabScreen lab={lab} />);
  await lab.ready;
  return lab;
}
async function choose(name: string): Promise<void> {
  await userEvent.click(page.getByRole('button', { name: 'Class' }));
  await userEvent.click(page.getByRole('dialog', { name: 'For a class' }).getByRole('button', { name: new RegExp(`^${name}`) }));
}
const lesson = () => page.getByRole('complementary', { name: /Lesson|keep|Mine/ });
const button = (name: string | RegExp) => lesson().getByRole('button', { name });

async function drop(text: string, name = 'a.lesson.json'): Promise<void> {
  await expect.element(page.getByRole('region', { name: 'Lesson file' })).toBeVisible();
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: 'application/json' }));
  document
    .querySelector('.lesson-files')
    ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
}

const LESSON = {
  version: 1,
  title: 'Why divide by keep?',
  scenes: [
    { title: 'Standard', settings: { mode: 'standard', p: 0.4, seed: 0 }, step: 12, hide: ['story'], notes: 'Let them guess.' },
    { title: 'Inverted', settings: { p: 0.4, seed: 0 }, step: 12, phase: 'eval', prompt: { question: 'Higher?', answer: 'no' } },
  ],
};

describe('CL4 a lesson in the page', () => {
  test('CL4 is written from the screen, reordered, saved, and opens again as it was', async () => {
    const lab = await openLab();
    await lab.advance(9);
    await lab.configure({ p: 0.8 });
    await lab.advance(4);
    await choose('Lesson');
    await userEvent.fill(lesson().getByLabelText('Title of the lesson'), 'Mine');
    await userEvent.click(button('Add this screen as a scene'));
    await userEvent.fill(lesson().getByLabelText(/^Title, shown/), 'Changed on the way');
    const { fingerprint } = await lab.snapshot();
    await lab.configure({ seed: 11 });
    await lab.advance(2);
    await userEvent.click(button('Add this screen as a scene'));
    await userEvent.click(button('Move up: Scene 2'));
    const file = lessonDeskOf(lab).file();
    expect(JSON.parse(file)).toMatchObject({
      title: 'Mine',
      scenes: [
        { title: 'Scene 2', settings: { seed: 11 }, step: 2 },
        { title: 'Changed on the way', changes: [{ step: 9, patch: { p: 0.8 } }], step: 13 },
      ],
    });
    await userEvent.click(button('Done writing'));
    await userEvent.click(button(/Changed on the way/));
    await expect.poll(async () => (await lab.snapshot()).fingerprint).toBe(fingerprint);
  });

  test('CL4 what was done to it is taken back, by button and by key, to the file that it was, and stays the lab’s where the lab is meant', async () => {
    const lab = await openLab();
    await choose('Lesson');
    await drop(JSON.stringify(LESSON));
    await userEvent.click(button('Write'));
    const desk = lessonDeskOf(lab);
    const whole = desk.file();
    await userEvent.click(button('Move down: Standard'));
    const moved = desk.file();
    await userEvent.click(button('Delete: Inverted'));
    expect(JSON.parse(desk.file()).scenes).toHaveLength(1);
    await userEvent.click(button('Undo: delete “Inverted”'));
    expect(desk.file()).toBe(moved);
    await userEvent.click(button('Delete: Standard'));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(desk.file()).toBe(moved);
    // Letter after letter is one edit.
    await userEvent.type(lesson().getByLabelText('Title of the lesson'), '!?');
    expect(JSON.parse(desk.file()).title).toBe('Why divide by keep?!?');
    await userEvent.click(button('Undo: the title'));
    await userEvent.click(button('Undo: move “Standard”'));
    expect(desk.file()).toBe(whole);
    expect(desk.get().isChanged).toBe(false);
    await expect.element(button(/^Undo/)).not.toBeInTheDocument();
    expect(lab.store.getState().settings).toMatchObject({ p: 0.3, seed: 3 });
  });

  test('CL4 an answer that is written before its question is not lost, and nothing is asked', async () => {
    const lab = await openLab();
    await choose('Lesson');
    await userEvent.click(button('Add this screen as a scene'));
    await userEvent.fill(lesson().getByLabelText(/^Answer, hidden/), 'none');
    const file = lessonDeskOf(lab).file();
    lessonDeskOf(lab).open(file);
    expect(lessonDeskOf(lab).get().lesson.scenes[0]?.prompt).toEqual({ question: '', options: [], answer: 'none' });
    await lessonDeskOf(lab).walk(1);
    expect(classroomOf(lab).turnPrompt()).toBe(false);
  });

  test('CL4 is dropped, walked, and brings back the experiment that was there', async () => {
    const lab = await openLab();
    await lab.advance(7);
    const own = await lab.snapshot();
    await choose('Lesson');
    await drop(JSON.stringify(LESSON));
    await expect.element(lesson()).toHaveTextContent('Your experiment stays on the screen until you go to a scene.');
    expect((await lab.snapshot()).fingerprint).toBe(own.fingerprint);
    await userEvent.click(button('Begin'));
    await expect.poll(() => lab.store.getState().settings).toMatchObject({ mode: 'standard', p: 0.4, seed: 0 });
    await expect.poll(() => lab.store.getState().run.step).toBe(12);
    expect(lab.store.getState().view.hidden).toEqual(['story']);
    await expect.element(lesson()).toHaveTextContent('Let them guess.');
    await userEvent.click(button('Next'));
    await expect.poll(() => lab.store.getState().settings).toMatchObject({ mode: 'inverted', phase: 'eval' });
    expect(lab.store.getState().view.hidden).toEqual([]);
    await userEvent.click(button('Back to my experiment (step 7)'));
    await expect.poll(async () => (await lab.snapshot()).fingerprint).toBe(own.fingerprint);
    expect((await lab.snapshot()).settings).toEqual(own.settings);
  });

  test('CL4 a scene that was changed on the screen is kept before the next takes its place', async () => {
    const lab = await openLab();
    await choose('Lesson');
    await drop(JSON.stringify(LESSON));
    await userEvent.click(button('Begin'));
    await expect.poll(() => lab.store.getState().run.step).toBe(12);
    await lab.configure({ learningRate: 0.02 });
    await lab.advance(3);
    const tried = await lab.snapshot();
    await userEvent.click(button('Next'));
    await expect.poll(() => lab.store.getState().settings.mode).toBe('inverted');
    await userEvent.click(button('Back to my experiment (step 15)'));
    await expect.poll(async () => (await lab.snapshot()).fingerprint).toBe(tried.fingerprint);
  });

  test('CL4 a refused file is told with field, value and range, and nothing has changed', async () => {
    const lab = await openLab();
    await choose('Lesson');
    await drop(JSON.stringify(LESSON));
    await expect.element(button('Begin')).toBeVisible();
    await drop(JSON.stringify({ ...LESSON, scenes: [{ settings: { p: 2 } }] }), 'bad.json');
    await expect.element(lesson()).toHaveTextContent('bad.json: scenes[0].settings.p must be between 0 and 1, got 2. Nothing has changed.');
    expect(lessonDeskOf(lab).get().lesson.scenes).toHaveLength(2);
  });

  test('CL4 presenting, a remote walks the scenes; title and question come along, notes stay away', async () => {
    const lab = await openLab();
    lessonDeskOf(lab).open(JSON.stringify(LESSON));
    await userEvent.keyboard('p');
    await expect.element(page.getByRole('button', { name: 'Freeze' })).toBeVisible();
    await userEvent.keyboard('{PageDown}');
    await expect.element(page.getByRole('heading', { name: 'Standard' })).toBeVisible();
    expect(document.body.textContent).not.toContain('Let them guess.');
    await userEvent.keyboard('{PageDown}');
    await expect.element(page.getByRole('heading', { name: 'Inverted' })).toBeVisible();
    await userEvent.keyboard('q');
    await expect.element(page.getByRole('region', { name: 'Question' })).toHaveTextContent('Higher?');
    await userEvent.keyboard('{PageUp}');
    await expect.element(page.getByRole('heading', { name: 'Standard' })).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Question' })).not.toBeInTheDocument();
  });
});

describe('CL4 a scene that compares', () => {
  test('CL4 is written from the screen, walked to with both labs, and makes way for the experiment that was there', async () => {
    const lab = await openLab();
    await lab.advance(5);
    await choose('Lesson');
    lab.store.getState().setView({ compare: { p: 0.8 } });
    await userEvent.click(button('Add this screen as a scene'));
    await expect.element(lesson()).toHaveTextContent('still at step 5; beside it B with drop rate p 0.80.');
    lab.store.getState().setView({ compare: null });
    await userEvent.click(button('Add this screen as a scene'));
    expect(JSON.parse(lessonDeskOf(lab).file())).toMatchObject({ version: 2, scenes: [{ compare: { p: 0.8 } }, {}] });
    await userEvent.keyboard('{Escape}');
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await userEvent.keyboard('p');
    await expect.element(page.getByRole('button', { name: 'Freeze' })).toBeVisible();
    await userEvent.keyboard('{PageUp}');
    await expect.element(page.getByRole('region', { name: 'Lab B: drop 0.80 = keep 0.20' })).toBeVisible();
    await expect.poll(() => pairOf(lab)?.b.step, { timeout: 20_000 }).toBe(5);
    await userEvent.keyboard('{PageDown}');
    await expect.element(page.getByRole('region', { name: /^Lab B/ })).not.toBeInTheDocument();
  });
});

describe('CL5 the worksheet in the page', () => {
  test('CL5 stands alone with the words of the run, as many answers as questions, and blank charts', async () => {
    const lab = await openLab();
    await lab.advance(60);
    const { fingerprint } = await lab.snapshot();
    await choose('Worksheet');
    const sheet = page.getByRole('article', { name: 'Worksheet' });
    await expect.element(sheet).toHaveTextContent(wordPair(fingerprint));
    const [asked, answered] = document.querySelectorAll('.sheet-questions');
    expect(asked?.children.length).toBe(answered?.children.length);
    expect(asked?.querySelectorAll('.sheet-chart')).toHaveLength(2);
    expect(asked?.querySelectorAll('.is-drawn')).toHaveLength(0);
    expect(answered?.querySelectorAll('.is-drawn')).toHaveLength(5);
    expect(document.querySelector('.lab-header')?.checkVisibility()).toBe(false);
    const text = document.querySelector('.worksheet')?.textContent;
    await userEvent.click(page.getByRole('button', { name: 'Back to the lab' }));
    await choose('Worksheet');
    await expect.element(sheet).toBeVisible();
    expect(document.querySelector('.worksheet')?.textContent).toBe(text);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('button', { name: 'Class' })).toBeVisible();
  });
});
