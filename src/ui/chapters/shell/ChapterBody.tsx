/**
 * The parts of a chapter in their order: lead, prediction, code beside them, figure, one paragraph, the way to the lab. No content.
 * What would give the answer away comes with the answer.
 */
import type { ReactNode } from 'react';
import type { Settings } from '../../../protocol/settings';
import { useHeading } from './heading';
import { Prediction, type PredictionSpec, useAnswer } from './Prediction';
import { TakeToLab } from './TakeToLab';

interface ChapterBodyProps {
  readonly chapterId: string;
  /** What the chapter is about, in two sentences. */
  readonly lead: ReactNode;
  readonly prediction: PredictionSpec;
  /** A CodeBox that stands beside the question. */
  readonly aside?: ReactNode;
  /** Formulas that answer the question: they stand there once it is answered. */
  readonly formulas?: ReactNode;
  /** The figure, or several. */
  readonly children: ReactNode;
  /** One short paragraph with the present numbers. */
  readonly text: ReactNode;
  /** Settings of the lab that show the same. */
  readonly take: Partial<Settings>;
  /** Where the figures stand: below the question; two of them side by side; or beside the question, where they are tall. */
  readonly layout?: 'below' | 'pair' | 'beside';
}

export function ChapterBody({ chapterId, lead, prediction, aside, formulas, children, text, take, layout = 'below' }: ChapterBodyProps) {
  const isAnswered = useAnswer(chapterId) !== null;
  return (
    <div className={`chapter-body chapter-${layout}`}>
      <div className="chapter-head">
        <div className="chapter-question">
          {useHeading()}
          <p className="chapter-lead">{lead}</p>
          <Prediction chapterId={chapterId} spec={prediction} />
        </div>
        {(aside !== undefined || formulas !== undefined) && (
          <div className="chapter-aside">
            {aside}
            {formulas !== undefined && (
              <div className="formula-card">
                {isAnswered ? formulas : <p className="formula-wait">The formula comes with your answer.</p>}
              </div>
            )}
          </div>
        )}
      </div>
      <div className="chapter-figures">{children}</div>
      <p className="chapter-text">
        {text} <TakeToLab patch={take} />
      </p>
    </div>
  );
}
