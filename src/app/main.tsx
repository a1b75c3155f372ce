/** The composition root of the page: makes the lab of this address, names it for scripts, shows it and sets it going. */
import './styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createLab, DropoutLab } from '../bridge';
import { readLocation } from '../store/address';
import { syncAddress } from '../store/addressSync';
import { BASE_PACE, LabScreen, openExperiment, revisitExperiment } from '../ui';
import { ErrorBoundary } from './ErrorBoundary';
import { LateChapters } from './LateChapters';

declare global {
  interface Window {
    dropoutLab: DropoutLab;
  }
}

const content = readLocation();
const { settings, view, notices } = content;
const lab = createLab({ settings, view: { pace: BASE_PACE, ...view } });
window.dropoutLab = new DropoutLab(lab);
// What fails here stands in the store, and the screen shows it.
openExperiment(lab, content)
  .catch(() => undefined)
  .finally(() => syncAddress(lab.store, { open: (next) => revisitExperiment(lab, next) }));

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <LabScreen lab={lab} firstNotice={notices.map((notice) => notice.message).join(' ') || null} />
    </ErrorBoundary>
    <ErrorBoundary>
      <LateChapters lab={lab} />
    </ErrorBoundary>
  </StrictMode>,
);
