/** The entry of index.html: the page, or, where its address asks for one figure (`?embed=`), that figure as a frame on someone's page. */
import '../app/styles';
import { showAddressedPage, showFreshPage } from '../app/main';
import { readQuery } from '../store/addressBar';

/** An address without a query says nothing, so that what understands addresses is not fetched for it. */
async function open(): Promise<void> {
  if (readQuery() === '') return showFreshPage();
  // A host may speak as soon as its frame has loaded, which is before the rest of it has come.
  const early: MessageEvent[] = [];
  const controller = new AbortController();
  addEventListener('message', (event) => early.push(event), { signal: controller.signal });
  const [{ readLocation }] = await Promise.all([import('../store/address'), import('../app/lateStyles')]);
  const content = readLocation();
  const frame = content.embed === null ? null : await import('./frame/showFrame');
  controller.abort();
  return frame ? frame.showFrame(content, early) : showAddressedPage(content);
}

void open();
