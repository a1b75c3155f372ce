/** The last resort: a fault in the screen itself becomes words and a way on instead of an empty page. */
import { Component, type ReactNode } from 'react';

/** By which the build's own loader tells of a part that could not be had, whatever the browser calls that. */
const NOT_FETCHED = 'vite:preloadError';

function wordsFor(isFetched: boolean): { title: string; text: string } {
  const kept = 'Reload the page; settings in the address are kept.';
  return !isFetched
    ? { title: 'A part of the page did not come', text: `The network is away, or a newer version of the page is there. ${kept}` }
    : { title: 'The page has stumbled', text: `This is a fault of the lab, not of anything you did. ${kept}` };
}

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };
  private readonly missing = new WeakSet<object>();

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidMount(): void {
    addEventListener(NOT_FETCHED, this.note);
  }

  override componentWillUnmount(): void {
    removeEventListener(NOT_FETCHED, this.note);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { title, text } = wordsFor(!this.missing.has(error));
    return (
      <main className="boot">
        <section className="problem" role="alert">
          <h2>{title}</h2>
          <p>{text}</p>
          <details>
            <summary>The message itself</summary>
            <code>{error.message}</code>
          </details>
          <button type="button" className="button button-main" onClick={() => this.setState({ error: null })}>
            Show the lab again
          </button>
        </section>
      </main>
    );
  }

  private readonly note = (event: Event): void => {
    if ('payload' in event && event.payload instanceof Error) this.missing.add(event.payload);
  };
}
