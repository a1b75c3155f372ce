/** How much an element is magnified by its page, and where on it a pointer is: WebKit tells neither as other browsers do. */

interface MaybeTelling {
  readonly currentCSSZoom?: number;
}

/** Returns CSS pixels of the page per CSS pixel of an element: 1 but in present mode, which says so by `--zoom`. */
export function zoomOf(element: Element): number {
  const told = (element as MaybeTelling).currentCSSZoom;
  if (told !== undefined) return told;
  // Older browsers do not magnify at all.
  return CSS.supports('zoom: 2') ? Number(getComputedStyle(element).getPropertyValue('--zoom')) || 1 : 1;
}

/** Returns where on an element a pointer is, in the pixels that the element was laid out in, magnified or not. */
export function pointOn(element: HTMLElement, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
  const box = element.getBoundingClientRect();
  const grown = box.width > 0 ? box.width / element.offsetWidth : 1;
  // Browsers that do not tell the magnification measure boxes without it, but pointers with it.
  const unmeasured = 'currentCSSZoom' in element ? 1 : zoomOf(element);
  return { x: (clientX / unmeasured - box.left) / grown, y: (clientY / unmeasured - box.top) / grown };
}
