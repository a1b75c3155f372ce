/** The bar under the header: which dropout, how much, and what the figures show. */
import { MODES, OPEN_MODES, PHASES, SETTINGS } from '../../protocol/settings';
import { CONVENTIONS } from '../../store/labStore';
import { NumberField } from '../controls/NumberField';
import { SegmentedRadio } from '../controls/SegmentedRadio';
import { SelectField } from '../controls/SelectField';
import { Slider } from '../controls/Slider';
import { useChange, useLabState, useNumbers, useSettings, useSetView } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { useWidth } from '../hooks/useWidth';
import { bothWays, CONVENTION_NAMES, counterpart, fromShown, probabilityLabel, toShown, writesKeep } from '../words/convention';
import { trimmed } from '../words/format';
import { expectedScale, MODE_NAMES, PHASE_NAMES, survivors } from '../words/modes';
import { isAtWork } from '../words/numbers';
import { numberRule } from '../words/settings';

/** All modes in one field, where a row of them has no room. */
export function ModeSelect() {
  const mode = useLabState((state) => state.settings.mode);
  const help = useHelp(({ MODE_HELP }) => MODE_HELP);
  const change = useChange();
  return (
    <span className="mode-choice">
      <SelectField
        label="Mode of dropout"
        title={help?.[mode]}
        choices={MODES.map((value) => ({ value, label: MODE_NAMES[value] }))}
        value={mode}
        onChange={(value) => change({ mode: value })}
      />
    </span>
  );
}

function ModeChoice() {
  const mode = useLabState((state) => state.settings.mode);
  const help = useHelp(({ MODE_HELP }) => MODE_HELP);
  const change = useChange();
  return (
    <SegmentedRadio
      legend="Mode of dropout"
      className="mode-choice"
      choices={MODES.map((value) => ({ value, label: MODE_NAMES[value], title: help?.[value] }))}
      value={mode}
      onChange={(value) => change({ mode: value })}
    />
  );
}

/** Gaussian and alpha have no meaning at p = 1; the slider stops just short of it. */
const OPEN_TOP = 0.99;

export function DropControl() {
  const { mode, p } = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const help = useHelp(({ CONVENTION_HELP }) => CONVENTION_HELP[convention]);
  const numbers = useNumbers();
  const change = useChange();
  const setView = useSetView();
  const isOpen = OPEN_MODES.includes(mode);
  const label = probabilityLabel(convention);
  const shown = toShown(convention, p);
  const other = counterpart(convention, p);
  const layer = numbers?.layers.find((each, index) => index > 0 && isAtWork(mode, each) && each.p === p);
  const factor = survivors(mode, p, layer?.scale ?? expectedScale(mode, p));
  const topDrop = isOpen ? OPEN_TOP : 1;
  const low = writesKeep(convention) ? 1 - topDrop : 0;
  const high = writesKeep(convention) ? 1 : topDrop;
  const set = (value: number) => change({ p: fromShown(convention, value) });

  return (
    <fieldset className="drop-control" aria-label="Drop probability">
      <div className="drop-value">
        <span className="small-label">{label}</span>
        <NumberField
          label={label}
          value={shown}
          min={0}
          max={1}
          openMax={isOpen && !writesKeep(convention)}
          step={0.01}
          format={(value) => trimmed(value)}
          onCommit={set}
          title={bothWays(convention, p)}
          className="drop-number"
        />
      </div>
      <Slider label={label} value={shown} min={low} max={high} step={0.01} valueText={bothWays(convention, p)} onChange={set} />
      <div className="drop-facts">
        <p className="both-ways">{bothWays(convention, p)}</p>
        <p>
          <span>{factor.label}</span> <b>{factor.value}</b>
          <span className="visually-hidden">{`, ${other.label} = ${other.value}`}</span>
        </p>
        <SelectField
          label="how a probability is written"
          title={help}
          choices={CONVENTIONS.map((value) => ({ value, label: CONVENTION_NAMES[value] }))}
          value={convention}
          onChange={(value) => setView({ convention: value })}
        />
      </div>
    </fieldset>
  );
}

export function PhaseChoice() {
  const { phase, passes } = useSettings();
  const help = useHelp(({ PHASE_HELP }) => PHASE_HELP);
  const change = useChange();
  return (
    <div className="phase-choice">
      <SegmentedRadio
        legend="Phase on show"
        className="phases"
        choices={PHASES.map((value) => ({
          value,
          label: value === 'mc' ? `${PHASE_NAMES.mc} × ${passes}` : PHASE_NAMES[value],
          title: help?.[value],
        }))}
        value={phase}
        onChange={(value) => change({ phase: value })}
      />
      {phase === 'mc' && (
        <span className="passes">
          <span className="small-label">passes</span>
          <NumberField
            label={SETTINGS.passes.label}
            value={passes}
            {...numberRule('passes')}
            step={10}
            onCommit={(value) => change({ passes: value })}
          />
        </span>
      )}
    </div>
  );
}

/** From here on the bar is a phone's, in CSS pixels of its own width, for an embed may be narrow on a wide page. Keep in step with labNarrow.css. */
const PHONE_WIDTH = 700;

export function ModeBar() {
  const [bar, width] = useWidth<HTMLElement>(innerWidth);
  return (
    <section ref={bar} className="mode-bar" aria-label="Dropout">
      {width < PHONE_WIDTH ? <ModeSelect /> : <ModeChoice />}
      <DropControl />
      <PhaseChoice />
    </section>
  );
}
