/** What the core exports. The typed facade over it is src/kernels/core.ts; nothing else calls these. */
import { fillNibbleTable } from './dropconnect';
import { fillLaneTables } from './dropout';

export { addMasked } from './maskedSum';
export { evaluate, infer, pass, prepareMc, readPass, train } from './network';
export { peak } from './probe';
export { bitsToNormal, bitsToUniform, fillBits, fillMask, fillWeightMask } from './threefry';

/** First byte that is free for networks. */
export function heapBase(): usize {
  return __heap_base;
}

fillNibbleTable();
fillLaneTables();
