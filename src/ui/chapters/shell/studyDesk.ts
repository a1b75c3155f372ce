/**
 * Where the figures ask for studies. It lets them take turns with the lab: while a chapter trains the lab is asked to pause, and goes on
 * afterwards. The lab keeps its own right: started where the reader can see it, it ends what the chapters train.
 *
 * Turns among the chapters are the pool's own work. Nothing is computed here.
 */
import type { Lab } from '../../../bridge';
import type { StudyPool, StudyRun } from '../../../protocol/study';
import { STUDIES, type StudyName } from '../../../protocol/studyParams';

export interface StudyDesk {
  readonly run: StudyPool['run'];
  /** Ends what runs, and the pool; a later run starts a new one. */
  dispose(): void;
}

interface StudyDeskOptions {
  /** Makes the pool when the first study is asked for. */
  readonly createPool: () => StudyPool;
  /** The lab on the same page, if there is one. */
  readonly lab?: Lab | null;
  /** Whether the reader has the lab in view. */
  readonly isLabInView?: () => boolean;
}

/** Opens the desk of a page. */
export function createStudyDesk({ createPool, lab = null, isLabInView = () => false }: StudyDeskOptions): StudyDesk {
  const trainings = new Set<StudyRun<StudyName>>();
  let pool: StudyPool | null = null;
  let isLabWaiting = false;

  // What the lab rejects with stands in its own store, and its screen tells of it.
  const holdLab = () => {
    if (!lab?.running || lab.store.getState().view.compare !== null) return;
    isLabWaiting = true;
    lab.pause().catch(() => undefined);
  };
  const releaseLab = () => {
    if (!isLabWaiting || trainings.size > 0) return;
    isLabWaiting = false;
    const phase = lab?.store.getState().run.phase;
    if (phase === 'paused' || phase === 'idle' || phase === 'running') lab?.play().catch(() => undefined);
  };
  let stopListening: (() => void) | undefined;
  const listenToLab = () => {
    stopListening ??= lab?.store.subscribe(({ run }, { run: before }) => {
      if (run.phase !== 'running' || before.phase === 'running' || trainings.size === 0) return;
      if (isLabInView()) {
        isLabWaiting = false;
        for (const training of [...trainings]) training.cancel();
      } else holdLab();
    });
  };

  return {
    run: (figure, study, patch, onUpdate) => {
      pool ??= createPool();
      const started = pool.run(figure, study, patch, onUpdate);
      if (STUDIES[study].trains) {
        const training = started as unknown as StudyRun<StudyName>;
        trainings.add(training);
        listenToLab();
        holdLab();
        void started.outcome.then(() => {
          trainings.delete(training);
          releaseLab();
        });
      }
      return started;
    },
    dispose: () => {
      stopListening?.();
      stopListening = undefined;
      pool?.dispose();
      pool = null;
    },
  };
}
