/** The buffers that the page has lent: a frame takes one, painting gives it back. Without one there is no frame, and nothing queues. */

/** A pool of buffers of one size. */
export class Credits {
  private free: ArrayBuffer[];
  private readonly total: number;

  constructor(
    buffers: readonly ArrayBuffer[],
    private readonly numBytes: number,
  ) {
    this.free = buffers.filter((buffer) => buffer.byteLength === numBytes);
    this.total = this.free.length;
  }

  /** Whether an answer can be shown. */
  get hasOne(): boolean {
    return this.free.length > 0;
  }

  /** Whether a frame that nobody asked for can be shown: of three buffers, one is kept for answers. */
  get hasSpare(): boolean {
    return this.free.length > (this.total > 2 ? 1 : 0);
  }

  take(): ArrayBuffer | undefined {
    return this.free.pop();
  }

  /** Takes a buffer back; one of another size belongs to frames of other settings and is let go. */
  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength === this.numBytes && this.free.length < this.total) this.free.push(buffer);
  }
}
