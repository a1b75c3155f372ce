/** Twelve values forward through one mask and twelve gradients back through the same, with the arithmetic of the chosen cell. */
import './tensor.css';
import { useState } from 'react';
import { CONVENTION_NAMES, CONVENTIONS, type ConventionName } from '../../../math/conventions';
import { NumberField } from '../../controls/NumberField';
import { SeedField } from '../../controls/SeedField';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { SelectField } from '../../controls/SelectField';
import { Toggle } from '../../controls/Toggle';
import { bothWays } from '../../words/convention';
import { counted, fixed } from '../../words/format';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { ProbabilityKnob } from '../shell/Knob';
import { CellGrid } from './CellGrid';
import { COLUMNS, printCell } from './tensor';
import { type TensorState, useTensor, type ZeroRule } from './useTensor';

const CONVENTION_CHOICES = CONVENTION_NAMES.map((name) => ({
  value: name,
  label: `${CONVENTIONS[name].where}: ${CONVENTIONS[name].symbol} = ${CONVENTIONS[name].counts}`,
}));
const ZERO_CHOICES: readonly { readonly value: ZeroRule; readonly label: string; readonly title: string }[] = [
  { value: 'multiply', label: 'PyTorch: × 0', title: 'Values are multiplied by mask and scale: a negative value that is dropped is −0.' },
  { value: 'select', label: 'JAX, TF: select', title: 'Dropped values are replaced by 0.' },
];
const LARGEST = 99;

/** Writes the arithmetic of one cell: "−1.30 × 0 = -0.0000", "0.62 × 1 ÷ 0.80 = 0.7750". */
export function cellArithmetic(value: number, mask: 0 | 1, p: number, result: number, rule: ZeroRule): string {
  if (p === 0) return `${fixed(value)}, untouched = ${printCell(result)}`;
  if (mask === 1) return `${fixed(value)} × 1 ÷ ${fixed(1 - p)} = ${printCell(result)}`;
  return rule === 'multiply' ? `${fixed(value)} × 0 = ${printCell(result)}` : `${fixed(value)}, dropped: 0 = ${printCell(result)}`;
}

function cellTable({ input, mask, output, arriving, gradient }: TensorState): NumberTable {
  return {
    caption: 'Cell by cell',
    headers: ['cell', 'x', 'mask', 'y', 'g', 'dx'],
    rows: input.map((value, index) => [
      `${Math.floor(index / COLUMNS) + 1}, ${(index % COLUMNS) + 1}`,
      fixed(value),
      String(mask[index]),
      printCell(output[index] ?? 0),
      fixed(arriving[index] ?? 0),
      printCell(gradient[index] ?? 0),
    ]),
  };
}

function Controls({ state }: { readonly state: TensorState }) {
  return (
    <>
      <ProbabilityKnob p={state.p} onChange={state.setP} />
      <span className="tensor-seed">
        <span className="small-label">seed</span> <SeedField label="seed of the tensor" value={state.seed} onChange={state.setSeed} />
      </span>
      <SegmentedRadio legend="what a dropped value becomes" choices={ZERO_CHOICES} value={state.zeroRule} onChange={state.setZeroRule} />
      <Toggle label="type the input" checked={state.isTyping} onChange={state.setIsTyping} />
    </>
  );
}

function Writing({ state }: { readonly state: TensorState }) {
  const { reading, isMistaken, convention } = state;
  const { convention: shown } = useHost();
  const isHidden = reading.meant === reading.got;
  return (
    <div className="tensor-writing">
      <SelectField<ConventionName>
        label="written in the convention of"
        choices={CONVENTION_CHOICES}
        value={convention}
        onChange={state.setConvention}
      />
      <code className="tensor-call">{reading.call}</code>
      <Toggle label="pass the wrong one" checked={isMistaken} onChange={state.setIsMistaken} />
      <span className={`tensor-outcome ${isMistaken && !isHidden ? 'say-differ' : ''}`} role="status">
        {!isMistaken && `means ${bothWays(shown, reading.got)}`}
        {isMistaken && !isHidden && `meant ${bothWays(shown, reading.meant)}, and gets ${bothWays(shown, reading.got)}`}
        {isMistaken && isHidden && 'wrong, and nothing shows: 0.5 = 1 − 0.5'}
      </span>
    </div>
  );
}

export function TensorView({ state }: { readonly state: TensorState }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { input, mask, output, arriving, gradient, zeroRule, reading } = state;
  const at = chosen ?? 0;
  const shared = { chosen, onChoose: setChosen };
  const product = (symbol: string) => (reading.got < 1 ? `${symbol} · m ÷ ${fixed(1 - reading.got)}` : '0: nothing is kept');
  const forward = cellArithmetic(input[at] ?? 0, mask[at] ?? 1, reading.got, output[at] ?? 0, zeroRule);
  const backward = cellArithmetic(arriving[at] ?? 0, mask[at] ?? 1, reading.got, gradient[at] ?? 0, zeroRule);
  return (
    <FigureBox
      title="One tensor through dropout, and its gradient back"
      summary={`${counted(state.numDropped, 'cell')} of 12 dropped at ${bothWays('drop', reading.got)}. Chosen cell: output ${forward}; gradient ${backward}.`}
      table={cellTable(state)}
      controls={<Controls state={state} />}
    >
      <Writing state={state} />
      <div className="tensor-picture">
        <CellGrid
          {...shared}
          className="tensor-input"
          title="input x"
          label="input"
          cells={input.map((value) => fixed(value))}
          mask={null}
          {...(state.isTyping && {
            edit: (index: number) => (
              <NumberField
                label={`input, row ${Math.floor(index / COLUMNS) + 1}, column ${(index % COLUMNS) + 1}`}
                value={input[index] ?? 0}
                min={-LARGEST}
                max={LARGEST}
                step={0.1}
                format={(value) => fixed(value)}
                onCommit={(value) => state.typeCell(index, value)}
              />
            ),
          })}
        />
        <CellGrid {...shared} className="tensor-mask" title="one mask, both ways" label="mask" cells={mask.map(String)} mask={mask} />
        <CellGrid
          {...shared}
          className="tensor-output"
          title={`output y = ${product('x')}`}
          label="output"
          cells={output.map(printCell)}
          mask={mask}
        />
        <CellGrid
          {...shared}
          className="tensor-gradient"
          title={`gradient to x = ${product('g')}`}
          label="gradient to the input"
          cells={gradient.map(printCell)}
          mask={mask}
        />
        <CellGrid
          {...shared}
          className="tensor-arriving"
          title="gradient g, coming back"
          label="gradient that arrives"
          cells={arriving.map((value) => fixed(value))}
          mask={null}
        />
        <span className="tensor-arrow tensor-arrow-in" aria-hidden="true">
          →
        </span>
        <span className="tensor-arrow tensor-arrow-out" aria-hidden="true">
          →
        </span>
        <span className="tensor-arrow tensor-arrow-back-in" aria-hidden="true">
          ←
        </span>
        <span className="tensor-arrow tensor-arrow-back-out" aria-hidden="true">
          ←
        </span>
      </div>
      <p className="tensor-arithmetic">
        <span>
          row {Math.floor(at / COLUMNS) + 1}, column {(at % COLUMNS) + 1}:
        </span>{' '}
        <span>
          y = <b>{forward}</b>
        </span>{' '}
        <span>
          gradient = <b>{backward}</b>
        </span>
      </p>
    </FigureBox>
  );
}

export default function TensorFigure() {
  return <TensorView state={useTensor()} />;
}
