/**
 * Vouches for files of the page's own origin wherever a script is started by its address. The policy of the built page (trusted types) asks
 * for it, and takes nothing else: no script from elsewhere, from a data address or out of a text.
 */

/** Trusted types, of which the compiler's own library knows nothing. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createScriptURL(address: string): string }): unknown;
}

try {
  (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const url = new URL(address, document.baseURI);
      if (url.protocol.startsWith('http') && url.origin === origin) return address;
      throw new TypeError(`${address} is no file of this page`);
    },
  });
} catch {
  // A host with a policy of its own may not allow it; what it then blocks, the lab says.
}
