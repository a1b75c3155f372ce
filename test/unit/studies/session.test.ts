/** The session of a study worker, driven over a message channel: plan, jobs in slices, gathering, dropping, refusals. */
import { afterEach, describe, expect, test } from 'vitest';
import type { StudyCommand, StudyReport } from '../../../src/protocol/study';
import { defaultParams } from '../../../src/protocol/studyParams';
import { bugStudy } from '../../../src/studies/bug';
import { runStudy } from '../../../src/studies/study';
import { serveStudies } from '../../../src/worker/studySession';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A session at the other end of a channel, and what it has said. */
function startSession(now = () => performance.now()) {
  const { port1: page, port2: worker } = new MessageChannel();
  open.push(page, worker);
  const heard: StudyReport[] = [];
  let wake = () => {};
  page.onmessage = ({ data }: MessageEvent<StudyReport>) => {
    heard.push(data);
    wake();
  };
  serveStudies(
    {
      post: (report) => worker.postMessage(report),
      listen: (take) => {
        worker.onmessage = ({ data }: MessageEvent<StudyCommand>) => take(data);
      },
    },
    { now, defer: (callback) => setImmediate(callback) },
  );
  /** Resolves to the first report that fits, heard or to come. */
  async function hear<Type extends StudyReport['type']>(type: Type, fits: (report: StudyReport & { type: Type }) => boolean = () => true) {
    for (;;) {
      const found = heard.find((report): report is StudyReport & { type: Type } => report.type === type && fits(report as never));
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { send: (command: StudyCommand) => page.postMessage(command), hear, heard };
}

const BUG = { study: 'bug', params: { bug: 'scaledTwice', p: 0.3, steps: 60, seed: 4 } } as const;

describe('the session of a study worker', () => {
  test('says that it is ready, plans, runs and gathers to the very result of a run in one piece', async () => {
    const { send, hear } = startSession();
    expect(await hear('ready')).toEqual({ type: 'ready', protocol: 1 });
    send({ type: 'plan', runId: 1, ...BUG });
    expect(await hear('planned')).toEqual({ type: 'planned', runId: 1, weights: [1, 1] });
    for (const jobIndex of [1, 0]) send({ type: 'job', runId: 1, ...BUG, jobIndex });
    for (const jobIndex of [1, 0]) {
      const { partial } = await hear('partial', (report) => report.share === 1 && report.jobIndex === jobIndex);
      send({ type: 'gather', runId: 1, jobIndex, share: 1, partial });
    }
    const { result } = await hear('result', ({ progress }) => progress === 1);
    expect(result).toEqual(runStudy(bugStudy, { ...defaultParams('bug'), ...BUG.params }));
  });

  test('DT1 on a machine that takes a second for each step only the result itself is called the whole', async () => {
    let nowMs = 0;
    const { send, hear, heard } = startSession(() => {
      nowMs += 1000;
      return nowMs;
    });
    send({ type: 'job', runId: 1, ...BUG, jobIndex: 0 });
    await hear('partial', ({ share }) => share === 1);
    // One job has ended; a message to and fro, and all it said has been heard.
    send({ type: 'plan', runId: 2, ...BUG });
    await hear('planned');
    const partials = heard.filter((report) => report.type === 'partial');
    expect(partials.length).toBeGreaterThan(50);
    expect(partials.filter(({ share }) => share === 1)).toHaveLength(1);
    const { correct } = runStudy(bugStudy, { ...defaultParams('bug'), ...BUG.params });
    expect(partials.at(-1)?.partial).toEqual(correct);
  });

  test('refuses parameters by name, and goes on serving', async () => {
    const { send, hear } = startSession();
    send({ type: 'plan', runId: 1, study: 'bug', params: { p: 2 } });
    expect(await hear('failed')).toEqual({ type: 'failed', runId: 1, code: 'bad-params', message: 'p must be between 0 and 1, got 2' });
    send({ type: 'plan', runId: 2, study: 'subnetworks', params: { hidden: [9, 9] } });
    expect(await hear('failed', ({ runId }) => runId === 2)).toMatchObject({ message: 'hidden must add up to at most 14 units, got 18' });
    send({ type: 'plan', runId: 3, ...BUG });
    expect((await hear('planned')).runId).toBe(3);
  });

  test('a short study overtakes a long one, and a dropped one falls silent', async () => {
    const { send, hear, heard } = startSession();
    const long = { study: 'bug', params: { steps: 3000 } } as const;
    send({ type: 'job', runId: 1, ...long, jobIndex: 0 });
    await hear('partial', ({ share }) => share < 1);
    send({ type: 'job', runId: 2, study: 'placement', params: {}, jobIndex: 0 });
    await hear('partial', ({ runId }) => runId === 2);
    expect(heard.some((report) => report.type === 'partial' && report.runId === 1 && report.share === 1)).toBe(false);
    send({ type: 'drop', runId: 1 });
    send({ type: 'plan', runId: 3, ...BUG });
    await hear('planned');
    const before = heard.length;
    send({ type: 'job', runId: 4, study: 'placement', params: {}, jobIndex: 0 });
    await hear('partial', ({ runId }) => runId === 4);
    expect(heard.slice(before).every((report) => report.type !== 'ready' && report.runId === 4)).toBe(true);
  });

  test('a run dropped while the core is being compiled never starts', async () => {
    const { send, hear, heard } = startSession();
    send({ type: 'job', runId: 1, study: 'millionWeights', params: { numWeights: 100, trials: 4 }, jobIndex: 0 });
    send({ type: 'drop', runId: 1 });
    send({ type: 'job', runId: 2, study: 'millionWeights', params: { numWeights: 100, trials: 4 }, jobIndex: 0 });
    await hear('partial', ({ runId }) => runId === 2);
    expect(heard.some((report) => report.type === 'partial' && report.runId === 1)).toBe(false);
  });
});
