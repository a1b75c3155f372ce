/** One chapter's place on the page: its heading at once, its body when it comes near the view, its work only while it is in view. */
import { Component, type ReactNode, Suspense, useMemo, useRef } from 'react';
import type { ChapterEntry } from '../chapterList';
import { HeadingProvider, useHeading } from './heading';
import { ActiveProvider } from './host';
import { useHasComeNear, useInView } from './useInView';

interface ChapterSectionProps {
  readonly entry: ChapterEntry;
  /** Loads the body wherever it is: for printing. */
  readonly isForced: boolean;
}

export function ChapterSection({ entry, isForced }: ChapterSectionProps) {
  const section = useRef<HTMLElement>(null);
  const hasComeNear = useHasComeNear(section);
  const isInView = useInView(section);
  const { Body } = entry;
  const isOpen = hasComeNear || isForced;
  const heading = useMemo(
    () => (
      <h2 className="chapter-title" id={`${entry.id}-title`}>
        {entry.title}
      </h2>
    ),
    [entry],
  );
  return (
    <section ref={section} className="chapter" id={entry.id} aria-labelledby={`${entry.id}-title`} data-open={isOpen}>
      <HeadingProvider value={heading}>
        {isOpen ? (
          <Lost>
            <Suspense fallback={<Waiting>Opening this chapter.</Waiting>}>
              <ActiveProvider value={isInView || isForced}>
                <Body />
              </ActiveProvider>
            </Suspense>
          </Lost>
        ) : (
          <Waiting>This chapter opens when you come near.</Waiting>
        )}
      </HeadingProvider>
    </section>
  );
}

function Waiting({ children }: { readonly children: ReactNode }) {
  return (
    <>
      {useHeading()}
      <p className="chapter-wait">{children}</p>
    </>
  );
}

interface LostProps {
  readonly children: ReactNode;
}

interface LostState {
  readonly message: string | null;
}

/** Keeps one chapter's failure from taking the page with it. */
class Lost extends Component<LostProps, LostState> {
  override state: LostState = { message: null };

  static getDerivedStateFromError(error: unknown): LostState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return <Waiting>{`The chapter could not be shown: ${this.state.message}. Reload the page to try again.`}</Waiting>;
  }
}
