/**
 * Reads the address of the page as text. Apart from address.ts so that a page whose address says nothing need not fetch what understands it.
 */

/** Returns the query of the address with its '?'; '' when there is none. */
export function readQuery(): string {
  return location.search;
}

/** Returns the fragment of the address, without '#'; '' when there is none. */
export function readHash(): string {
  return location.hash.slice(1);
}
