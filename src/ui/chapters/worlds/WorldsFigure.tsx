/** The four masks of two units as four rows: the thinned pair, how likely it is, its sum, and what it adds to the mean. */
import './worlds.css';
import { Toggle } from '../../controls/Toggle';
import { fixed } from '../../words/format';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { NUM_WORLDS, useWorlds, type WorldsState } from './useWorlds';
import { keptFactor, type TwoUnits, type World } from './worlds';

const NAMES = ['both kept', 'first kept', 'second kept', 'none kept'] as const;

function worldsTable({ worlds, numTerms }: WorldsState): NumberTable {
  return {
    caption: 'All masks of two units',
    headers: ['mask', 'm₁', 'm₂', 'probability', 'z', 'probability × z', 'sum so far'],
    rows: worlds.map(({ mask, probability, z, term, runningSum }, index) => [
      NAMES[index] ?? '',
      String(mask[0]),
      String(mask[1]),
      fixed(probability, 4),
      fixed(z, 3),
      fixed(term, 4),
      index < numTerms ? fixed(runningSum, 4) : 'to be added',
    ]),
  };
}

/** Two inputs, one sum: dropped units are hatched and dashed, and their link is gone. */
function Pair({ mask }: { readonly mask: World['mask'] }) {
  return (
    <svg className="world-pair" viewBox="0 0 84 46" width="72" height="38" aria-hidden="true">
      {mask.map((kept, unit) => {
        const y = unit === 0 ? 11 : 35;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: units have no identity but their place
          <g key={unit} className={kept ? 'world-pair-kept' : 'world-pair-dropped'}>
            {kept === 1 && <path d={`M20 ${y} C 44 ${y}, 44 23, 66 23`} />}
            <circle cx="12" cy={y} r="8.5" />
            {kept === 0 && <path className="world-pair-hatch" d={`M6 ${y + 3} l9 -9 M9 ${y + 6} l9 -9`} />}
          </g>
        );
      })}
      <circle className="world-pair-sum" cx="73" cy="23" r="8.5" />
      <text x="73" y="26.5" textAnchor="middle">
        z
      </text>
    </svg>
  );
}

/** Places the bars of all rows on one scale that holds every sum on the way. */
function barScale(worlds: readonly World[]): (value: number) => number {
  const ends = [0, ...worlds.map(({ runningSum }) => runningSum)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const width = high > low ? high - low : 1;
  return (value) => ((value - low) / width) * 100;
}

function sumText({ w, x, p, isInverted }: TwoUnits, { mask, z }: World): string {
  const parts = [0, 1].filter((unit) => mask[unit] === 1).map((unit) => fixed((w[unit] ?? 0) * (x[unit] ?? 0)));
  if (parts.length === 0) return '0.00';
  const joined = parts.join(' + ').replace('+ −', '− ');
  const factor = isInverted && p > 0 && p < 1;
  if (parts.length === 1 && !factor) return fixed(z);
  return `${factor && parts.length > 1 ? `(${joined})` : joined}${factor ? ` ÷ ${fixed(1 / keptFactor({ p, isInverted }))}` : ''} = ${fixed(z)}`;
}

function WorldRow({
  state,
  index,
  place,
}: {
  readonly state: WorldsState;
  readonly index: number;
  readonly place: (value: number) => number;
}) {
  const world = state.worlds[index] as World;
  const isAdded = index < state.numTerms;
  const before = world.runningSum - world.term;
  const [from, to] = [place(Math.min(before, world.runningSum)), place(Math.max(before, world.runningSum))];
  const q = fixed(1 - state.units.p);
  const chance = world.mask.map((kept) => (kept ? q : fixed(state.units.p))).join(' × ');
  return (
    <li className={`world ${isAdded ? '' : 'is-waiting'}`}>
      <Pair mask={world.mask} />
      <span className="world-name">{NAMES[index]}</span>
      <span className="world-chance">
        <span className="world-number">
          {chance} = <b>{fixed(world.probability)}</b>
        </span>
        <span className="world-chance-bar" style={{ width: `${world.probability * 100}%` }} />
      </span>
      <span className="world-number world-z">
        z = <b>{sumText(state.units, world)}</b>
      </span>
      <span className="world-number world-term">{isAdded ? `${world.term < 0 ? '' : '+ '}${fixed(world.term, 3)}` : ''}</span>
      <span className="world-track" aria-hidden="true">
        <span className="world-zero" style={{ left: `${place(0)}%` }} />
        {isAdded && (
          <span
            className={`world-bar ${world.term < 0 ? 'is-negative' : ''}`}
            style={{ left: `${from}%`, width: `max(2px, ${to - from}%)` }}
          />
        )}
      </span>
    </li>
  );
}

function Controls({ state }: { readonly state: WorldsState }) {
  const { units, change } = state;
  const { w, x } = units;
  const range = { min: -3, max: 3, step: 0.1 };
  return (
    <>
      <Knob {...range} label="w₁" value={w[0]} onChange={(value) => change({ w: [value, w[1]] })} />
      <Knob {...range} label="w₂" value={w[1]} onChange={(value) => change({ w: [w[0], value] })} />
      <Knob {...range} label="x" value={x[0]} onChange={(value) => change({ x: [value, x[1]] })} />
      <Knob {...range} label="y" value={x[1]} onChange={(value) => change({ x: [x[0], value] })} />
      <ProbabilityKnob p={units.p} max={0.95} onChange={(p) => change({ p })} />
      <Knob label="terms added" value={state.numTerms} min={0} max={NUM_WORLDS} step={1} format={String} onChange={state.setNumTerms} />
      <Toggle label="inverted: ÷ keep" checked={units.isInverted} onChange={(isInverted) => change({ isInverted })} />
    </>
  );
}

export function WorldsView({ state }: { readonly state: WorldsState }) {
  const { worlds, numTerms, mean, variance, units, whole } = state;
  const place = barScale(worlds);
  const sum = numTerms === 0 ? 0 : (worlds[numTerms - 1]?.runningSum ?? 0);
  const isWhole = numTerms === NUM_WORLDS;
  const factor = units.isInverted ? '' : `${fixed(1 - units.p)} × `;
  return (
    <FigureBox
      title="Four masks, and their mean term by term"
      summary={`${numTerms} of 4 terms added: ${fixed(sum, 3)}. ${isWhole ? `The mean of z is ${fixed(mean, 3)}. ` : ''}The variance of z is ${fixed(variance, 3)}.`}
      table={worldsTable(state)}
      controls={<Controls state={state} />}
    >
      <p className="world world-heads" aria-hidden="true">
        <span>mask</span>
        <span />
        <span>how likely</span>
        <span>sum</span>
        <span className="world-term">adds</span>
        <span>to the mean so far</span>
      </p>
      <ol className="worlds">
        {worlds.map((world, index) => (
          <WorldRow key={world.mask.join()} state={state} index={index} place={place} />
        ))}
      </ol>
      <p className="worlds-sum">
        <span>
          {isWhole ? 'E[z]' : 'so far'} = <b>{fixed(sum, 3)}</b>
        </span>
        {isWhole && (
          <span>
            = {factor}({fixed(units.w[0] * units.x[0])} {whole - units.w[0] * units.x[0] < 0 ? '−' : '+'}{' '}
            {fixed(Math.abs(units.w[1] * units.x[1]))})
          </span>
        )}
        <span>
          Var[z] = <b>{fixed(variance, 3)}</b>
        </span>
        <span>
          sd = <b>{fixed(Math.sqrt(variance), 3)}</b>
        </span>
      </p>
    </FigureBox>
  );
}

export default function WorldsFigure() {
  return <WorldsView state={useWorlds()} />;
}
