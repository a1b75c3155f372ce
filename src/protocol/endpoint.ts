/**
 * The one thing both wings know of the channel between them: something that posts and something that listens.
 *
 * A worker, its global scope and a message port are each wrapped in a few lines where they live, so that a session can be driven by a
 * test without a worker. An endpoint must not queue or interpret messages.
 */

/** Posts `Out`, listens to `In`. One listener; set it before the first message can arrive. */
export interface Endpoint<Out, In> {
  /** Sends a message; the buffers of `transfer` are moved, not copied. */
  post(message: Out, transfer: ArrayBuffer[]): void;
  listen(onMessage: (message: In) => void): void;
}
