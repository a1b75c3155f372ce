/** The texts that Share hands out: the link, the frame and the element. Pure; text that goes into HTML is escaped. */
import { type AddressParts, formatAddress } from '../../store/address';

export interface Share extends Pick<AddressParts, 'settings' | 'changes' | 'step' | 'view'> {
  /** Address of the page, without a query. */
  readonly page: string;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const join = (page: string, query: string) => (query === '' ? page : `${page}?${query}`);

/** Returns the link to the experiment on this page. */
export function linkOf({ page, settings, ...parts }: Share): string {
  return join(page, formatAddress(settings, parts));
}

/** Returns the HTML of a frame that shows one figure of the experiment. */
export function frameOf({ page, settings, ...parts }: Share, figure: string, title: string, height: number): string {
  const address = join(page, formatAddress(settings, { ...parts, embed: figure }));
  return `<iframe src="${escapeHtml(address)}" title="${escapeHtml(`Dropout Lab: ${title}`)}" loading="lazy" style="width:100%;height:${height}px;border:0"></iframe>`;
}

/** What an address can say of the whole page, and an element cannot. */
const NOT_OF_ELEMENTS = ['v', 'present', 'follow', 'debug'];

/** Returns the HTML of the element; `script` is the address of embed.js. Its attributes say what the link says. */
export function elementOf({ settings, ...parts }: Share, figure: string, script: string): string {
  const said = [...new URLSearchParams(formatAddress(settings, parts))].filter(([key]) => !NOT_OF_ELEMENTS.includes(key));
  if (figure !== 'lab') said.push(['figure', figure]);
  const text = said.map(([key, value]) => {
    // To HTML, `hidden` would mean that the element is not to be seen.
    const name = key === 'hidden' ? 'units' : key;
    return ` ${name}="${escapeHtml(key === 'hide' ? value.replaceAll(',', ' ') : value)}"`;
  });
  return `<script type="module" src="${escapeHtml(script)}"></script>\n<dropout-lab${text.join('')}></dropout-lab>`;
}
