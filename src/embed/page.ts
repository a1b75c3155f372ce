/** The entry of index.html: the page, or, where its address asks for one figure (`?embed=`), that figure as a frame on someone's page. */
import '../app/styles';
import { showAddressedPage, showFreshPage } from '../app/main';
import { readQuery } from '../store/addressBar';

/** An address without a query says nothing, so that what understands addresses is not fetched for it. */
async function open(): Promise<void> {
  if (readQuery() === '') return showFreshPage();
  const [{ readLocation }] = await Promise.all([import('../store/address'), import('../app/lateStyles')]);
  const content = readLocation();
  if (content.embed === null) return showAddressedPage(content);
  const { showFrame } = await import('./frame/showFrame');
  return showFrame(content);
}

void open();
