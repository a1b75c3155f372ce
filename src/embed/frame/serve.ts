/**
 * Answers the page around a frame: each request once, with a result or a named error. Junk is ignored and counted.
 *
 * Only the parent window is heard, and only from an origin that the frame's address names (`origins=`); without any, from the frame's own.
 * It knows the handle and nothing else of the lab.
 */
import type { DropoutLab } from '../../bridge';
import {
  EMBED_VERSION,
  type EmbedError,
  type EmbedEvent,
  type EmbedMember,
  type EmbedMessage,
  type EmbedRequest,
  readRequest,
} from '../../protocol/embed';
import type { PredictOptions } from '../../protocol/snapshot';

interface FrameServerOptions {
  /** Null where the frame shows a figure that has no lab. */
  readonly handle: DropoutLab | null;
  /** Settled once the frame stands where its address says: answers wait for it. */
  readonly opened: Promise<void>;
  /** Called when the host moves the run: then it decides what runs. */
  readonly onSteered?: () => void;
  /** `*` is every origin. */
  readonly origins: readonly string[];
  readonly window: Window;
}

/** Members that move the run. */
const STEERING: readonly EmbedMember[] = ['play', 'pause', 'advance', 'reset', 'seek'];

function describeError(error: unknown): EmbedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const field = 'field' in error && typeof error.field === 'string' ? { field: error.field } : {};
  return { name, message, ...code, ...field };
}

/** One frame's ear and mouth. */
export class FrameServer {
  /** Messages that were none of this protocol, or came from someone else. */
  numIgnored = 0;
  private readonly listeners = new Map<string, (event: CustomEvent) => void>();

  constructor(private readonly options: FrameServerOptions) {
    options.window.addEventListener('message', this.hear);
  }

  /** Tells the page how high the frame would like to be. Anyone may know. */
  reportHeight(height: number): void {
    this.send({ dropoutLab: EMBED_VERSION, event: 'height', detail: { height } }, '*');
  }

  close(): void {
    this.options.window.removeEventListener('message', this.hear);
  }

  /** Answers one message. */
  readonly hear = (event: MessageEvent): void => {
    const read = event.source === this.options.window.parent ? readRequest(event.data) : ({ kind: 'junk' } as const);
    if (read.kind === 'junk') {
      this.numIgnored += 1;
      return;
    }
    // A sandboxed page has no origin that could be named.
    const target = event.origin === 'null' ? '*' : event.origin;
    const { id } = read.kind === 'bad' ? read : read.request;
    const refuse = (error: EmbedError) => this.send({ dropoutLab: EMBED_VERSION, id, error }, target);
    if (!this.allows(event.origin)) {
      refuse({
        name: 'OriginError',
        message: `This frame takes no requests from ${event.origin}: add origins=${event.origin === 'null' ? '*' : event.origin} to its address.`,
      });
    } else if (read.kind === 'bad') refuse({ name: 'RequestError', message: read.message });
    else {
      this.answer(read.request, target).then(
        (result) => this.send({ dropoutLab: EMBED_VERSION, id, result }, target),
        (error: unknown) => refuse(describeError(error)),
      );
    }
  };

  private allows(origin: string): boolean {
    const { origins, window } = this.options;
    if (origins.length === 0) return origin === window.origin && origin !== 'null';
    return origins.includes('*') || origins.includes(origin);
  }

  private async answer({ member, args }: EmbedRequest, target: string): Promise<unknown> {
    if (member === 'ignored') return this.numIgnored;
    const { handle, opened, onSteered } = this.options;
    if (STEERING.includes(member)) onSteered?.();
    await opened;
    if (handle === null) throw new TypeError('This frame shows a figure that has no lab.');
    switch (member) {
      case 'version':
      case 'ready':
      case 'settings':
      case 'step':
      case 'running':
        return handle[member];
      case 'play':
      case 'pause':
      case 'reset':
      case 'snapshot':
        return handle[member]();
      case 'configure':
        return handle.configure(args[0] as object);
      case 'advance':
        return handle.advance(args[0] as number | undefined);
      case 'seek':
        return handle.seek(args[0] as number);
      case 'predict':
        return handle.predict(args[0] as Float32Array, args[1] as PredictOptions | undefined);
      case 'addEventListener':
        return this.listen(handle, args[0] as EmbedEvent, target);
      case 'removeEventListener':
        return this.forget(handle, args[0] as EmbedEvent, target);
      default:
        return member satisfies never;
    }
  }

  private listen(handle: DropoutLab, event: EmbedEvent, target: string): void {
    const key = `${event} ${target}`;
    if (this.listeners.has(key)) return;
    const listener = ({ detail }: CustomEvent) => this.send({ dropoutLab: EMBED_VERSION, event, detail }, target);
    this.listeners.set(key, listener);
    handle.addEventListener(event, listener as EventListener);
  }

  private forget(handle: DropoutLab, event: EmbedEvent, target: string): void {
    const key = `${event} ${target}`;
    const listener = this.listeners.get(key);
    if (listener) handle.removeEventListener(event, listener as EventListener);
    this.listeners.delete(key);
  }

  private send(message: EmbedMessage, target: string): void {
    const { window } = this.options;
    if (window.parent !== window) window.parent.postMessage(message, target);
  }
}
