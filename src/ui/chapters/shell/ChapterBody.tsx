/** The parts of a chapter in their order: lead, prediction, code beside them, figure, one paragraph, the way to the lab. No content. */
import type { ReactNode } from 'react';
import type { Settings } from '../../../protocol/settings';
import { useHeading } from './heading';
import { Prediction, type PredictionSpec } from './Prediction';
import { TakeToLab } from './TakeToLab';

interface ChapterBodyProps {
  readonly chapterId: string;
  /** What the chapter is about, in two sentences. */
  readonly lead: ReactNode;
  readonly prediction: PredictionSpec;
  /** A CodeBox or a Formula that stands beside the question. */
  readonly aside?: ReactNode;
  /** The figure, or several. */
  readonly children: ReactNode;
  /** One short paragraph with the present numbers. */
  readonly text: ReactNode;
  /** Settings of the lab that show the same. */
  readonly take: Partial<Settings>;
}

export function ChapterBody({ chapterId, lead, prediction, aside, children, text, take }: ChapterBodyProps) {
  return (
    <>
      <div className="chapter-head">
        <div className="chapter-question">
          {useHeading()}
          <p className="chapter-lead">{lead}</p>
          <Prediction chapterId={chapterId} spec={prediction} />
        </div>
        {aside !== undefined && <div className="chapter-aside">{aside}</div>}
      </div>
      <div className="chapter-figures">{children}</div>
      <p className="chapter-text">
        {text} <TakeToLab patch={take} />
      </p>
    </>
  );
}
