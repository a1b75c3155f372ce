/**
 * Full copies of a run's state along the way, so that going to any step replays little. They never change a bit; they only save time.
 *
 * As the run grows, the distance between them doubles and every other one is dropped, which bounds the memory. What is dropped is written
 * again, so that once full (within the first minute) the memory stays the same to the byte, for hours.
 */

/** All that training depends on besides settings, data and step. */
interface Checkpoint {
  readonly step: number;
  readonly state: Uint8Array<ArrayBuffer>; // parameters, moments
  readonly lossSum: { readonly sum: number; readonly count: number }; // of the curve point that is under way
}

const BUDGET_BYTES = 64 * 2 ** 20;
/** The work between two is some 50 ms: these are there in about half a minute, and a replay among them is not felt for minutes more. */
const MAX_COUNT = 512;

export class Checkpoints {
  private list: Checkpoint[] = [];
  private readonly spare: Uint8Array<ArrayBuffer>[] = [];
  private stride: number;

  /** `firstStride`: steps between the first checkpoints, a power of two. `stateBytes`: the size of one. */
  constructor(
    private readonly firstStride: number,
    stateBytes: number,
  ) {
    this.stride = firstStride;
    this.capacity = Math.min(MAX_COUNT, Math.max(4, Math.floor(BUDGET_BYTES / stateBytes)));
  }
  private readonly capacity: number;

  /** The next step after `step` at which a checkpoint is due. */
  nextAfter(step: number): number {
    return (Math.floor(step / this.stride) + 1) * this.stride;
  }

  /** Whether one is due at `step` and not there yet. */
  isDue(step: number): boolean {
    return step % this.stride === 0 && !this.list.some((checkpoint) => checkpoint.step === step);
  }

  /** Room of a checkpoint that is no more, to write the next one to; undefined when there is none. */
  takeSpare(): Uint8Array<ArrayBuffer> | undefined {
    return this.spare.pop();
  }

  /** Adds a checkpoint; thins the list when it is full. The one at step 0 always stays. */
  add(checkpoint: Checkpoint): void {
    const index = this.list.findIndex(({ step }) => step > checkpoint.step);
    if (index < 0) this.list.push(checkpoint);
    else this.list.splice(index, 0, checkpoint);
    while (this.list.length > this.capacity) {
      this.stride *= 2;
      this.keep(({ step }) => step % this.stride === 0);
    }
  }

  /** The last one at or before `step`. */
  before(step: number): Checkpoint | null {
    return this.list.findLast((checkpoint) => checkpoint.step <= step) ?? null;
  }

  /** Forgets all after `step`: what lay there has been changed. */
  forgetAfter(step: number): void {
    this.keep((checkpoint) => checkpoint.step <= step);
    if (this.list.length <= 1) this.stride = this.firstStride;
  }

  private keep(isKept: (checkpoint: Checkpoint) => boolean): void {
    for (const checkpoint of this.list) if (!isKept(checkpoint)) this.spare.push(checkpoint.state);
    this.list = this.list.filter(isKept);
  }
}
