/** The last resort: a fault in the screen itself becomes words and a way on instead of an empty page. */
import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="boot">
        <section className="problem" role="alert">
          <h2>The page has stumbled</h2>
          <p>This is a fault of the lab, not of anything you did. Reload the page; settings in the address are kept.</p>
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
}
