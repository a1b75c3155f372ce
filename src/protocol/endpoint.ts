/**
 * The one thing both wings know of the channel between them: something that posts and something that listens.
 *
 * A worker, its global scope and a MessagePort all fit, so that a session can be driven by a test without a worker. It must not queue or
 * interpret messages.
 */

/** Posts `Out`, listens to `In`. One listener; set it once, before the first message can arrive. */
export interface Endpoint<Out, In> {
  post(message: Out, transfer: Transferable[]): void;
  listen(onMessage: (message: In) => void): void;
}

/** What worker scopes, workers and message ports have in common. */
export interface PortLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Wraps a worker, a worker's scope or a port. The other side must speak the protocol: messages are taken at their word. */
export function portEndpoint<Out, In>(port: PortLike): Endpoint<Out, In> {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    listen: (onMessage) => {
      port.onmessage = (event) => onMessage(event.data as In);
    },
  };
}
