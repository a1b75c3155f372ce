/** The JavaScript heap of a page and of its workers, garbage collected first, at two moments of a long training. */

/** @typedef {import('playwright').CDPSession} CDPSession */

const MOMENTS_MS = { quick: [3000, 6000], usual: [15_000, 45_000], long: [60_000, 600_000] };

/**
 * Speaks to the workers of a page, which have heaps of their own.
 * @param {CDPSession} session
 */
async function attachWorkers(session) {
  /** @type {string[]} */
  const workers = [];
  /** @type {Map<number, (result: any) => void>} */
  const pending = new Map();
  let lastId = 0;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    pending.get(id)?.(result);
    pending.delete(id);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  /** @type {(sessionId: string, method: string) => Promise<any>} */
  const ask = (sessionId, method) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      pending.set(lastId, resolve);
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: lastId, method }) }).catch(reject);
    });
  return { workers, ask };
}

/**
 * Trains on and reads the heap at the first and the second moment. Returns bytes, and their ratio.
 * @param {import('playwright').Page} page
 * @param {import('./options.mjs').Options} options
 */
export async function measureHeap(page, options) {
  const moments = options.long ? MOMENTS_MS.long : options.quick ? MOMENTS_MS.quick : MOMENTS_MS.usual;
  const session = await page.context().newCDPSession(page);
  const { workers, ask } = await attachWorkers(session);
  const read = async () => {
    await session.send('HeapProfiler.collectGarbage');
    let { usedSize } = await session.send('Runtime.getHeapUsage');
    for (const worker of workers) {
      await ask(worker, 'HeapProfiler.collectGarbage');
      usedSize += (await ask(worker, 'Runtime.getHeapUsage')).usedSize;
    }
    return usedSize;
  };
  const heaps = [];
  let passed = 0;
  for (const moment of moments) {
    await page.waitForTimeout(moment - passed);
    passed = moment;
    heaps.push(await read());
  }
  const [early = Number.NaN, late = Number.NaN] = heaps;
  return { heapSeconds: moments.map((moment) => moment / 1000), heapBytes: heaps, heapWorkers: workers.length, heapGrowth: late / early };
}
