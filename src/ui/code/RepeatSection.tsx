/** The script that repeats the run on the screen and checks itself against it: recorded on a second lab, then written and saved. */
import { useRef } from 'react';
import {
  type ExportFile,
  FRAMEWORK_NAMES,
  FRAMEWORKS,
  type Framework,
  notebookFile,
  type RunRecord,
  scriptFile,
  sweepFile,
} from '../../export';
import { IDIOM_NAMES, type IdiomFramework } from '../../export/idioms';
import { Button } from '../controls/Button';
import { useLab } from '../hooks/labContext';
import { counted, grouped, listed } from '../words/format';
import { RECORDED_STEPS, type Repeated, recordExperiment } from './recordExperiment';
import { fileName, saveFile } from './saveFile';
import { TaskLine } from './TaskLine';
import { startOf } from './takeMoment';
import { useTask, type Work } from './useTask';

interface RepeatSectionProps {
  readonly framework: IdiomFramework;
}

interface Recorded {
  readonly key: string;
  readonly record: RunRecord;
}

function isScripted(framework: IdiomFramework): framework is Framework {
  return FRAMEWORKS.some((each) => each === framework);
}

export function RepeatSection({ framework }: RepeatSectionProps) {
  const lab = useLab();
  const task = useTask();
  const kept = useRef<Recorded | null>(null);

  /** Records once; every framework is written from the same record. */
  const record = async (experiment: Repeated, ...[tell, signal]: Parameters<Work>): Promise<RunRecord> => {
    const key = JSON.stringify([experiment.settings, experiment.changes]);
    if (kept.current?.key === key) return kept.current.record;
    const onStep = (step: number) =>
      tell({
        text: 'Recording the run on a second lab; yours goes on.',
        progress: { share: step / RECORDED_STEPS, words: `step ${step} of ${RECORDED_STEPS}` },
      });
    onStep(0);
    const found = await recordExperiment(experiment, onStep, signal);
    kept.current = { key, record: found };
    return found;
  };
  const save = (extension: string, part: string, write: (record: RunRecord, name: string) => ExportFile) =>
    task.run(async (...told) => {
      const experiment = startOf(lab.store.getState());
      const found = await record(experiment, ...told);
      const name = fileName(experiment.settings, extension, part);
      const { content, type } = write(found, name);
      saveFile(name, content, type);
      return `Saved ${name}: ${counted(found.checks.length, 'step')} to check.`;
    });

  if (!isScripted(framework)) {
    return (
      <section className="code-part" aria-labelledby="code-repeat">
        <h3 id="code-repeat">Repeat this run</h3>
        <p>{`${IDIOM_NAMES[framework]} is here to be read. Scripts that repeat the run are written for ${listed(FRAMEWORKS.map((each) => FRAMEWORK_NAMES[each]))}: choose one of them above.`}</p>
      </section>
    );
  }
  const name = FRAMEWORK_NAMES[framework];
  return (
    <section className="code-part" aria-labelledby="code-repeat">
      <h3 id="code-repeat">Repeat this run</h3>
      <p>
        {`A complete ${name} script: the data and the weights of step 0 are in it, the masks of every step are drawn from the same seed. It trains ${grouped(RECORDED_STEPS)} steps and checks itself: every mask must come out bit for bit as here, every loss within 1e-4 of what this lab found; it says so, or names the first step that differs.`}
      </p>
      <div className="code-buttons">
        <Button
          kind="main"
          disabled={task.isBusy}
          onClick={() => save('py', framework, (found, file) => scriptFile(found, framework, file))}
        >
          Download .py
        </Button>
        <Button disabled={task.isBusy} onClick={() => save('ipynb', framework, (found) => notebookFile(found, framework))}>
          Download .ipynb
        </Button>
        {framework === 'jax' && (
          <Button
            disabled={task.isBusy}
            title="Every p with several seeds at once, on all devices that JAX has"
            onClick={() => save('py', 'sweep', (found) => sweepFile(found))}
          >
            Sweep over p and seeds
          </Button>
        )}
      </div>
      <TaskLine task={task} />
    </section>
  );
}
