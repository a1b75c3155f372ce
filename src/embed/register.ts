/** Registers `<dropout-lab>`, once: where another copy or version has done so already, that one stays. */
import { DropoutLabElement } from './element';

declare global {
  interface HTMLElementTagNameMap {
    'dropout-lab': DropoutLabElement;
  }
}

export const TAG = 'dropout-lab';

/** Does nothing where there are no elements, as on a server. */
export function register(): void {
  if (typeof customElements !== 'undefined' && !customElements.get(TAG)) customElements.define(TAG, DropoutLabElement);
}

export { DropoutLabElement };
