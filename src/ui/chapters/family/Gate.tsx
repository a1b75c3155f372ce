/** What stands in a figure's place until its study has answered, and when it could not. */
import type { ReactNode } from 'react';
import type { StudyName } from '../../../protocol/studyParams';
import type { StudyResultMap } from '../../../protocol/studyResults';
import { StudyStatus } from '../shell/StudyStatus';
import type { StudyView } from '../shell/useStudy';

interface GateProps<Name extends StudyName> {
  readonly view: StudyView<Name>;
  readonly what: string;
  readonly children: (result: StudyResultMap[Name]) => ReactNode;
}

/** Short studies show no progress: only a run that has not answered or has failed is spoken of. */
export function Gate<Name extends StudyName>({ view, what, children }: GateProps<Name>) {
  const { result, state } = view;
  const isTrouble = state === 'failed' || state === 'cancelled';
  return (
    <div className={result === null ? 'family-wait' : ''}>
      {(result === null || isTrouble) && <StudyStatus view={view} what={what} />}
      {result !== null && children(result)}
    </div>
  );
}
