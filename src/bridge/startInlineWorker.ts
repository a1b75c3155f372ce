/**
 * Starts the worker of a lab from its own text, as a blob: a page on another origin could not load the file.
 *
 * The worker is a classic script (src/embed/build.mjs): a sandboxed frame starts no module from a blob, and says so
 * only by an error event. Hosts that require trusted types know the address by the policy `dropout-lab`, which vouches for this text alone.
 */
import text from '../worker/worker?worker&text';
import { LabError } from './labError';
import type { Connect } from './types';

/** What a policy must name in worker-src. */
export const WORKER_SOURCE: string = 'blob:';

/** Trusted types, of which the compiler's own library knows nothing. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(address: string): string };
}

const POLICY = 'dropout-lab';
let makeAddress: (() => string) | null = null;

/** Returns what makes addresses of the worker's text, fit for `new Worker`. Errors: LabError that says what the host's policy lacks. */
function vouch(): () => string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const create = () => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  if (!trustedTypes) return create;
  try {
    const policy = trustedTypes.createPolicy(POLICY, { createScriptURL: create });
    return () => policy.createScriptURL('');
  } catch {
    throw new LabError('worker-untrusted', `the policy of this page has trusted-types, and must add ${POLICY} to it`);
  }
}

export const startWorker: Connect = () => {
  makeAddress ??= vouch();
  // The worker lets go of the address itself, once it has read it (src/embed/build.mjs).
  return new Worker(makeAddress());
};
