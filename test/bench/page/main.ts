/** The bench's page: starts a worker per contender and passes requests on. The driver calls `window.bench`; all timing happens in the workers. */

const CREATE: Record<string, () => Worker> = {
  ours: () => new Worker(new URL('../workers/ours.ts', import.meta.url), { type: 'module' }),
  plain: () => new Worker(new URL('../workers/plain.ts', import.meta.url), { type: 'module' }),
  'tfjs-wasm': () => new Worker(new URL('../workers/tfjsWasm.ts', import.meta.url), { type: 'module' }),
  'tfjs-cpu': () => new Worker(new URL('../workers/tfjsCpu.ts', import.meta.url), { type: 'module' }),
  'jax-js': () => new Worker(new URL('../workers/jax.ts', import.meta.url), { type: 'module' }),
  convnetjs: () => new Worker(new URL('../workers/convnet.ts', import.meta.url), { type: 'module' }),
  probe: () => new Worker(new URL('../workers/probe.ts', import.meta.url), { type: 'module' }),
  core: () => new Worker(new URL('../workers/core.ts', import.meta.url), { type: 'module' }),
};

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const workers = new Map<string, Worker>();
let lastId = 0;

function workerOf(name: string): Worker {
  const create = CREATE[name];
  if (!create) throw new Error(`contender must be one of ${Object.keys(CREATE).join(', ')}, got ${name}`);
  const worker = workers.get(name) ?? create();
  workers.set(name, worker);
  return worker;
}

/** Sends one request to a contender's worker and resolves to its answer. Errors: what the worker says. */
function ask(name: string, request: object): Promise<unknown> {
  const worker = workerOf(name);
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      worker.removeEventListener('message', onAnswer);
      worker.removeEventListener('error', onError);
      settle();
    };
    const onAnswer = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== id) return;
      finish(() => (data.error === undefined ? resolve(data.result) : reject(new Error(`${name}: ${data.error}`))));
    };
    const onError = (event: ErrorEvent) => finish(() => reject(new Error(`${name}: ${event.message}`)));
    worker.addEventListener('message', onAnswer);
    worker.addEventListener('error', onError);
    worker.postMessage({ id, request });
  });
}

/** Ends a contender's worker; the next request starts a new one. */
function end(name: string): void {
  workers.get(name)?.terminate();
  workers.delete(name);
}

interface Bench {
  readonly ask: typeof ask;
  readonly end: typeof end;
}

Object.assign(window, { bench: { ask, end } satisfies Bench });
