/** What a failure means and what to do about it, for the panel that takes the figures' place. Pure. */
import { WORKER_SOURCE } from '../../bridge';
import type { ErrorCode } from '../../protocol/messages';
import type { Settings } from '../../protocol/settings';
import { trimmed } from './format';

interface Problem {
  readonly title: string;
  readonly text: string;
  readonly remedies: readonly string[];
  /** The label of the button that starts over with the settings as they are. */
  readonly restart: string;
}

function nonFiniteRemedies(settings: Settings): readonly string[] {
  const remedies = [`Lower the learning rate (now ${trimmed(settings.learningRate, 2, 4)}), then restart.`];
  if (settings.momentum > 0 && settings.optimizer === 'momentum')
    remedies.push(`Lower momentum (now ${trimmed(settings.momentum, 2, 3)}).`);
  if (settings.maxNorm === 0) remedies.push('Turn max-norm on, for example at 3: it keeps weights from running away.');
  remedies.push('Or go back with the scrubber to a step before it happened.');
  return remedies;
}

interface Circumstances {
  readonly message: string;
  readonly settings: Settings;
  /** What a policy must name in worker-src for the worker. */
  readonly workerSource: string;
}

type Describe = (circumstances: Circumstances) => Problem;

/** `alsoNeeded`: what else whoever shows the lab must allow. */
const blockedWorker =
  (...alsoNeeded: readonly string[]): Describe =>
  ({ workerSource }) => ({
    title: 'The worker is blocked here',
    text: 'The page that shows this lab keeps it from starting the background thread that trains the network.',
    remedies: [
      `Whoever runs this site can allow it: add ${workerSource} to worker-src and 'wasm-unsafe-eval' to script-src of its Content-Security-Policy.`,
      ...alsoNeeded,
      'If the site allows it already, a file is missing or the connection broke: reload the page.',
      'Or open the lab in a page of its own.',
    ],
    restart: 'Try again',
  });

const coreFault: Describe = ({ message }) => ({
  title: 'Something went wrong in the core',
  text: message,
  remedies: ['Restart: the settings are kept, training begins again at step 0.'],
  restart: 'Restart with these settings',
});

const PROBLEMS: Readonly<Record<ErrorCode, Describe>> = {
  'non-finite': ({ settings }) => ({
    title: 'The loss is no longer a number',
    text: 'The weights grew until the arithmetic overflowed, so training stopped. Nothing is broken: this is what too large a step does.',
    remedies: nonFiniteRemedies(settings),
    restart: 'Restart with these settings',
  }),
  // SIMD alone came sooner: these are what the whole page needs, as the README says.
  'no-simd': () => ({
    title: 'This browser cannot run the core',
    text: 'The network trains in WebAssembly with SIMD, which this browser lacks.',
    remedies: ['Use Chrome or Edge 111, Firefox 121, Safari 16.4, or anything newer.', 'Your settings are kept; open this page there.'],
    restart: 'Try again',
  }),
  'wasm-off': () => ({
    title: 'WebAssembly is switched off here',
    text: 'The network trains in WebAssembly, which is switched off in this browser.',
    remedies: ['Switch it on and reload. On iPhone and Mac: leave Lockdown Mode for this site.', 'Or open this page in another browser.'],
    restart: 'Try again',
  }),
  'wasm-blocked': ({ workerSource }) => ({
    title: 'WebAssembly is blocked here',
    text: 'The page that shows this lab forbids compiling WebAssembly.',
    remedies: [
      `Whoever runs this site can allow it: add 'wasm-unsafe-eval' to script-src and ${workerSource} to worker-src of its Content-Security-Policy.`,
      'Or open the lab in a page of its own.',
    ],
    restart: 'Try again',
  }),
  'core-missing': () => ({
    title: 'The core did not arrive',
    text: 'The network trains in WebAssembly, in a file of its own, core.wasm, which could not be fetched.',
    remedies: [
      'Check the connection, then try again: the settings are kept.',
      "Whoever runs this site can see to it that core.wasm lies beside the worker's script, and that connect-src of its Content-Security-Policy allows 'self'.",
    ],
    restart: 'Try again',
  }),
  'worker-blocked': blockedWorker(),
  'worker-sandboxed': blockedWorker('And add allow-same-origin to the sandbox of this frame.'),
  'worker-untrusted': blockedWorker('And add dropout-lab to trusted-types there.'),
  'worker-lost': () => ({
    title: 'The worker has stopped',
    text: 'The background thread that trains the network died or no longer answers, perhaps for want of memory.',
    remedies: [
      'Restart: the settings are kept, training begins again at step 0.',
      'If it happens again, use fewer units or a smaller batch.',
    ],
    restart: 'Restart with these settings',
  }),
  protocol: () => ({
    title: 'Page and worker do not match',
    text: 'The page and its worker come from different versions, most likely from an old cache.',
    remedies: ['Reload the page. If that does not help, clear the cache of this site.'],
    restart: 'Try again',
  }),
  'bad-request': coreFault,
  internal: coreFault,
};

/** Returns the words for an error that stops the lab. `workerSource`: what a policy must name in worker-src for it. */
export function describeProblem(code: ErrorCode, message: string, settings: Settings, workerSource = WORKER_SOURCE): Problem {
  return PROBLEMS[code]({ message, settings, workerSource });
}
