/** One line of TF 1 that makes DropConnect out of dropout, and what TF 2 makes of the same line. */
import './family.css';
import { useState } from 'react';
import { defaultParams } from '../../../protocol/studyParams';
import type { KeepProbTrickResult, TrickReading } from '../../../protocol/studyResults';
import { fixed, percent } from '../../words/format';
import { CodeBox } from '../shell/CodeBox';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { Knob } from '../shell/Knob';
import { SourceLink } from '../shell/SourceLink';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';
import { Numbers } from './Numbers';

const FIRST = defaultParams('keepProbTrick');
const WRITTEN = { min: 0.05, max: 0.95, step: 0.05 };

function trickTable(result: KeepProbTrickResult | null): NumberTable {
  const headers = ['', 'TF 1 reads keep', 'TF 2 reads drop'];
  if (result === null) return { caption: 'No draws yet', headers, rows: [] };
  const both = (name: string, write: (reading: TrickReading) => string) => [name, write(result.tf1), write(result.tf2)];
  return {
    caption: 'Sum of the masked weights, inputs of one',
    headers,
    rows: [
      both('weights that survive', ({ keptShare }) => percent(keptShare)),
      both('a survivor is multiplied by', ({ factor }) => fixed(factor)),
      both('mean of the sum', ({ mean }) => fixed(mean)),
      both('expected', ({ expected }) => fixed(expected)),
      both('standard deviation', ({ sd }) => fixed(sd)),
      both('in theory', ({ predictedSd }) => fixed(predictedSd)),
    ],
  };
}

export default function TrickFigure() {
  const [written, setWritten] = useState(FIRST.written);
  const view = useStudy('keepProbTrick', { written });
  const table = trickTable(view.result);
  const text = fixed(written);
  return (
    <FigureBox
      title="DropConnect in one line, and how TF 2 flips it"
      study={view}
      summary={
        view.result
          ? `TF 1 keeps ${percent(view.result.tf1.keptShare)} of the weights, TF 2 ${percent(view.result.tf2.keptShare)}. The mean of the sum is ${fixed(view.result.tf1.mean)} and ${fixed(view.result.tf2.mean)}.`
          : 'No draws yet.'
      }
      table={table}
      controls={<Knob {...WRITTEN} label="the number in the code" value={written} onChange={setWritten} />}
      caption={
        view.result && (
          <>
            TF 1 divides survivors by keep, and the factor at the end takes that back: masked weights, unscaled. So eval must use {text} ×
            Σw = {fixed(view.result.rightEval)}; merely setting keep_prob to 1 gives {fixed(view.result.wrongEval)}.{' '}
            <SourceLink href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/ops/nn_ops.py">TF 2</SourceLink> reads
            the same number as the rate to drop. No error, and the mean stays: only the kept share and the wider spread give it away.
          </>
        )
      }
    >
      <div className="family-pair">
        <CodeBox
          title="meant: keep each weight with this probability"
          lines={[`keep_prob = ${text}`, { text: 'w = tf.nn.dropout(w, keep_prob) * keep_prob', kind: 'marked' }]}
        />
        <Gate view={view} what="drawing masks">
          {() => <Numbers table={table} />}
        </Gate>
      </div>
    </FigureBox>
  );
}
