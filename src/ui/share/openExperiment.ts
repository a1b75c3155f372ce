/**
 * Brings a lab to the experiment of an address: its live changes, its step, or, where none is named, sets it going.
 *
 * Far steps are reached in strides, so that the page shows the way and whoever presses a button on it takes over.
 */
import type { Lab } from '../../bridge';
import type { AddressContent } from '../../store/address';
import { autoplay } from '../hooks/transport';

type Target = Pick<AddressContent, 'changes' | 'step'>;

const FIRST_STRIDE = 1000;
/** A stride shorter than this may double. */
const STRIDE_MS = 150;

/** Repeats the run to `step`, in strides; ends early when the lab is taken elsewhere on the way, or at a word of `signal`. */
async function travel(lab: Lab, { changes }: Target, step: number, signal?: AbortSignal): Promise<void> {
  let at = Math.min(step, FIRST_STRIDE);
  let stride = FIRST_STRIDE;
  await lab.replay(changes, at);
  const { numRestarts } = lab.store.getState().run;
  const isOurs = () => !signal?.aborted && !lab.running && lab.step === at && lab.store.getState().run.numRestarts === numRestarts;
  while (at < step && isOurs()) {
    const startMs = performance.now();
    at = Math.min(step, at + stride);
    await lab.seek(at);
    stride = performance.now() - startMs < STRIDE_MS ? stride * 2 : Math.max(1, Math.ceil(stride / 2));
  }
}

/** Opens the experiment on a lab that has just been made with its settings. Named steps are shown still, all others play. */
export async function openExperiment(
  lab: Lab,
  target: Target,
  begin: (lab: Lab) => Promise<void> = autoplay,
  signal?: AbortSignal,
): Promise<void> {
  await lab.ready;
  const { changes, step } = target;
  if (changes.length > 0 || step !== null) await travel(lab, target, step ?? 0, signal);
  if (step === null) await begin(lab);
}

/** Takes a lab that is in use to another experiment, as back and forward do: what ran goes on. A compared lab follows by itself. */
export async function revisitExperiment(lab: Lab, content: AddressContent): Promise<void> {
  const { store } = lab;
  const wasRunning = lab.running;
  const { compare = null, hidden = [] } = content.view;
  store.getState().setView({ compare, hidden });
  store.getState().setSettings(content.settings);
  await travel(lab, content, content.step ?? 0);
  if (wasRunning || content.step === null) await lab.play();
}
