/** The entry of `dist/embed.js`: registers `<dropout-lab>`. Loaded twice, or beside another version of itself, the first one stays. */
import { DropoutLabElement, setHomeSite } from './element';

export const TAG = 'dropout-lab';

declare global {
  interface HTMLElementTagNameMap {
    'dropout-lab': DropoutLabElement;
  }
}

// The page lies beside this file; the link of each embed leads there.
setHomeSite(import.meta.url.replace(/[^/]*$/, ''));
if (!customElements.get(TAG)) customElements.define(TAG, DropoutLabElement);

export { DropoutLabElement };
