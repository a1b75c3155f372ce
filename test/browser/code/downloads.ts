/** Catches what the page hands to the browser to save, in the place where the browser would take it. */
import { afterEach, beforeEach } from 'vitest';

interface Saved {
  readonly name: string;
  readonly type: string;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  text(): Promise<string>;
}

/** Registers the hooks of a test file; returns the list, emptied before each test. */
export function catchDownloads(): Saved[] {
  const saved: Saved[] = [];
  const catchClick = (event: Event) => {
    const { target } = event;
    if (!(target instanceof HTMLAnchorElement) || target.download === '') return;
    event.preventDefault();
    const blob = fetch(target.href).then((answer) => answer.blob());
    void blob.then(({ type }) =>
      saved.push({
        name: target.download,
        type,
        bytes: async () => new Uint8Array(await (await blob).arrayBuffer()),
        text: async () => (await blob).text(),
      }),
    );
  };
  // The link never stands in the page, so only its own click method sees it.
  const click = HTMLAnchorElement.prototype.click;
  beforeEach(() => {
    saved.length = 0;
    HTMLAnchorElement.prototype.click = function clickCaught(this: HTMLAnchorElement) {
      this.addEventListener('click', catchClick, { once: true });
      click.call(this);
    };
  });
  afterEach(() => {
    HTMLAnchorElement.prototype.click = click;
  });
  return saved;
}
