/** The texts that Share hands out: the link, the frame and the element. Pure; text that goes into HTML is escaped. */
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../protocol/settings';
import { type AddressParts, formatAddress } from '../../store/address';
import { writeChanges, writeValue } from '../../store/addressText';

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

/** Returns the HTML of the element; `script` is the address of embed.js. */
export function elementOf({ settings, changes, step, view }: Share, figure: string, script: string): string {
  const attributes = SETTING_NAMES.map(
    // To HTML, `hidden` would mean that the element is not to be seen.
    (name) => [name === 'hidden' ? 'units' : SETTINGS[name].key, writeValue(settings[name]), writeValue(DEFAULT_SETTINGS[name])] as const,
  )
    .filter(([, text, usual]) => text !== usual)
    .map(([key, text]) => [key, text] as const);
  const { hidden = [], theme = 'system' } = view;
  const more: (readonly [string, string])[] = [];
  if (changes.length > 0) more.push(['at', writeChanges(changes)]);
  if (step !== null) more.push(['step', String(step)]);
  if (hidden.length > 0) more.push(['hide', hidden.join(' ')]);
  if (theme !== 'system') more.push(['theme', theme]);
  if (figure !== 'lab') more.push(['figure', figure]);
  const text = [...attributes, ...more].map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('');
  return `<script type="module" src="${escapeHtml(script)}"></script>\n<dropout-lab${text}></dropout-lab>`;
}
