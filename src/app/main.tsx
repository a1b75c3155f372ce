/** The composition root of the page: makes the lab of an address, names it for scripts, shows it and sets it going. */
import './ownFiles';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createLab, DropoutLab, type Lab } from '../bridge';
import type { AddressContent } from '../store/address';
import { autoplay, BASE_PACE, LabScreen, lateLazy, whenReader } from '../ui';
import { ErrorBoundary } from './ErrorBoundary';
import { LateChapters } from './LateChapters';

const UpdateNotice = lateLazy(() => import('./UpdateNotice'));

declare global {
  interface Window {
    dropoutLab: DropoutLab;
  }
}

function show(content: Partial<Pick<AddressContent, 'settings' | 'view' | 'notices'>>, opened?: Promise<void>): Lab {
  const { settings = {}, view, notices = [] } = content;
  const lab = createLab({ settings, view: { pace: BASE_PACE, ...view } });
  window.dropoutLab = new DropoutLab(lab, opened);
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no element #root');
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <LabScreen lab={lab} firstNotice={notices.map((notice) => notice.message).join('\n') || null} />
      </ErrorBoundary>
      <ErrorBoundary>
        <LateChapters lab={lab} />
      </ErrorBoundary>
      <Suspense>
        <UpdateNotice lab={lab} />
      </Suspense>
    </StrictMode>,
  );
  return lab;
}

/** Shows the whole page as it is without an address. What keeps the address comes with the reader. */
export async function showFreshPage(): Promise<void> {
  const lab = show({});
  // What fails here stands in the store, and the screen shows it.
  await autoplay(lab).catch(() => undefined);
  const since = lab.store.getState();
  await whenReader();
  const [{ keepAddress }] = await Promise.all([import('./keepAddress'), import('./lateStyles')]);
  keepAddress(lab, since);
}

/** Shows the whole page at the experiment of an address. */
export async function showAddressedPage(content: AddressContent): Promise<void> {
  let arrive: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const lab = show(content, opened);
  try {
    const { openAddress } = await import('./keepAddress');
    await openAddress(lab, content, arrive);
  } finally {
    arrive();
  }
}
