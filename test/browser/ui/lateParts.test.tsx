/** Parts that come late: one that cannot be fetched is done without, one that has a fault is not hushed up. */
import { Suspense } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { lateLazy } from '../../../src/ui';

interface Given {
  readonly word: string;
}
type Load = () => Promise<{ default: (given: Given) => string }>;
const SHOWN = { default: ({ word }: Given) => word };

/** Shows a part; returns what the page reports of it. */
async function show(load: Load): Promise<{ text: () => string; reported: unknown[] }> {
  const reported: unknown[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    reported.push(event.error);
  };
  addEventListener('error', listen);
  const Part = lateLazy(load);
  const { container } = await render(
    <Suspense fallback="waiting">
      <Part word="here" />
    </Suspense>,
  );
  dispatchEvent(new Event('pointermove'));
  await vi.waitFor(() => expect(container.textContent).not.toBe('waiting'));
  removeEventListener('error', listen);
  return { text: () => container.textContent, reported };
}

test('one that comes on the second try is shown', async () => {
  let numTries = 0;
  const { text, reported } = await show(async () => {
    numTries += 1;
    if (numTries === 1) throw new TypeError('the network is away');
    return SHOWN;
  });
  expect([text(), reported]).toEqual(['here', []]);
});

test('one that does not come is done without, and nothing is said', async () => {
  const { text, reported } = await show(() => import(/* @vite-ignore */ `${location.origin}/no/such/part.js`) as ReturnType<Load>);
  expect([text(), reported]).toEqual(['', []]);
});

test('one that came and fails is done without, and reported', async () => {
  const broken = URL.createObjectURL(new Blob(['throw new TypeError("a fault of ours")'], { type: 'text/javascript' }));
  const { text, reported } = await show(() => import(/* @vite-ignore */ broken) as ReturnType<Load>);
  expect(text()).toBe('');
  expect(reported).toMatchObject([{ message: 'a fault of ours' }]);
});
