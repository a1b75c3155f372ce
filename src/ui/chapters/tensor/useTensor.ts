/** The state of "One tensor": what is drawn or typed, which number is written in which convention, and everything that follows. */
import { useMemo, useState } from 'react';
import type { ConventionName } from '../../../math/conventions';
import { useHost } from '../shell/host';
import { drawCells, drawMask, multiplyCell, NUM_CELLS, type Reading, readArgument, selectCell, survivorScale } from './tensor';

/** 'multiply': a dropped value is times 0, so that −1.3 becomes −0. 'select': a dropped value is replaced by 0. */
export type ZeroRule = 'multiply' | 'select';

export interface TensorState {
  readonly seed: number;
  readonly p: number;
  readonly zeroRule: ZeroRule;
  readonly isTyping: boolean;
  readonly convention: ConventionName;
  readonly isMistaken: boolean;
  readonly reading: Reading;
  readonly input: readonly number[];
  readonly mask: readonly (0 | 1)[];
  readonly output: readonly number[];
  readonly arriving: readonly number[]; // gradient from above
  readonly gradient: readonly number[]; // gradient to the input
  readonly scale: number;
  readonly numDropped: number;
  setSeed(seed: number): void;
  setP(p: number): void;
  setZeroRule(rule: ZeroRule): void;
  setIsTyping(isTyping: boolean): void;
  setConvention(convention: ConventionName): void;
  setIsMistaken(isMistaken: boolean): void;
  typeCell(index: number, value: number): void;
}

/** Where the figure stands, and where it stands until the question has been answered: somewhere else than the question. */
const FIRST_P = 0.2;
const P_BEFORE = 0.4;

export function useTensor(isAnswered = true): TensorState {
  const host = useHost();
  const [seed, setSeed] = useState(25);
  const [chosenP, setP] = useState<number | null>(null);
  const p = chosenP ?? (isAnswered ? FIRST_P : P_BEFORE);
  const [zeroRule, setZeroRule] = useState<ZeroRule>('multiply');
  const [typed, setTyped] = useState<readonly number[] | null>(null);
  const [isTyping, setIsTyping] = useState(false);
  const [isLevel, setIsLevel] = useState(false);
  const [isMistaken, setIsMistaken] = useState(false);
  const convention: ConventionName = isLevel && host.convention === 'rate' ? 'level' : host.convention;

  const numbers = useMemo(() => {
    const reading = readArgument(convention, p, isMistaken);
    const input = typed ?? drawCells(seed, 'input');
    const arriving = drawCells(seed, 'gradient');
    const mask = drawMask(seed, reading.got);
    const cell = zeroRule === 'multiply' ? multiplyCell : selectCell;
    const pass = (values: readonly number[]) => values.map((value, index) => cell(value, mask[index] ?? 1, reading.got));
    return {
      reading,
      input,
      mask,
      arriving,
      output: pass(input),
      gradient: pass(arriving),
      scale: survivorScale(reading.got),
      numDropped: mask.filter((kept) => kept === 0).length,
    };
  }, [convention, p, isMistaken, typed, seed, zeroRule]);

  return {
    seed,
    p,
    zeroRule,
    isTyping,
    convention,
    isMistaken,
    ...numbers,
    setSeed: (next) => {
      setSeed(next);
      setTyped(null);
    },
    setP,
    setZeroRule,
    setIsTyping,
    setConvention: (next) => {
      setIsLevel(next === 'level');
      host.setConvention(next === 'level' ? 'rate' : next);
    },
    setIsMistaken,
    typeCell: (index, value) => {
      const cells = [...numbers.input];
      if (index < NUM_CELLS) cells[index] = value;
      setTyped(cells);
    },
  };
}
