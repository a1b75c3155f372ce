/** The lab's settings as the lines one would write today, with a mark where the last change has landed. */
import './framework.css';
import { useEffect, useRef, useState } from 'react';
import { IDIOM_FRAMEWORKS, IDIOM_NAMES, type IdiomFramework } from '../../../export/idioms';
import { MODES, type Mode, OPEN_MODES, PHASES, type Phase, SETTINGS, type SettingName } from '../../../protocol/settings';
import { CONVENTIONS } from '../../../store/labStore';
import { Button } from '../../controls/Button';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { SelectField } from '../../controls/SelectField';
import { CONVENTION_NAMES, probabilityLabel } from '../../words/convention';
import { counted, listed, sentence } from '../../words/format';
import { MODE_NAMES, PHASE_NAMES } from '../../words/modes';
import { FigureBox } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { type FrameworkState, useFramework } from './useFramework';

const FRAMEWORKS = IDIOM_FRAMEWORKS.map((value) => ({ value, label: IDIOM_NAMES[value] }));
const CONVENTION_CHOICES = CONVENTIONS.map((value) => ({ value, label: CONVENTION_NAMES[value] }));
const MODE_CHOICES = MODES.map((value) => ({ value, label: MODE_NAMES[value] }));
const PHASE_CHOICES = PHASES.map((value) => ({ value, label: PHASE_NAMES[value] }));
const COPIED_MS = 2000;
/** Passes that a slider offers; the setting itself reaches further. */
const MAX_PASSES = 200;
/** Gaussian and alpha dropout stop short of 1. */
const OPEN_TOP = 0.95;

type Copying = 'ready' | 'copied' | 'refused';

function CopyButton({ text }: { readonly text: string }) {
  const [copying, setCopying] = useState<Copying>('ready');
  useEffect(() => {
    if (copying === 'ready') return;
    const timer = setTimeout(() => setCopying('ready'), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copying]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopying('copied');
    } catch {
      setCopying('refused');
    }
  };
  return (
    <span className="framework-copy">
      <Button onClick={() => void copy()}>Copy</Button>
      <span role="status">{{ ready: '', copied: 'copied', refused: 'The browser refused: select the lines and copy them.' }[copying]}</span>
    </span>
  );
}

function Controls({ state }: { readonly state: FrameworkState }) {
  const { settings } = state;
  return (
    <>
      <ProbabilityKnob
        p={settings.p}
        max={OPEN_MODES.includes(settings.mode) ? OPEN_TOP : SETTINGS.p.kind === 'number' ? SETTINGS.p.max : 1}
        onChange={(p) => state.change({ p })}
      />
      <span className="framework-mode">
        <span className="small-label">mode</span>{' '}
        <SelectField<Mode> label="mode" choices={MODE_CHOICES} value={settings.mode} onChange={(mode) => state.change({ mode })} />
      </span>
      <SegmentedRadio<Phase> legend="phase" choices={PHASE_CHOICES} value={settings.phase} onChange={(phase) => state.change({ phase })} />
      <Knob
        label="MC passes"
        value={Math.min(settings.passes, MAX_PASSES)}
        min={1}
        max={MAX_PASSES}
        step={1}
        format={String}
        onChange={(passes) => state.change({ passes })}
      />
    </>
  );
}

function Lines({ state }: { readonly state: FrameworkState }) {
  const { lines, marked, framework } = state;
  const box = useRef<HTMLElement>(null);
  const firstMarked = marked[0];
  useEffect(() => {
    const line = firstMarked === undefined ? null : box.current?.querySelectorAll<HTMLElement>('.framework-line')[firstMarked];
    if (!line || !box.current) return;
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
    const isVisible = top >= box.current.scrollTop && bottom <= box.current.scrollTop + box.current.clientHeight;
    if (!isVisible) box.current.scrollTop = Math.max(0, top - box.current.clientHeight / 3);
  }, [firstMarked]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={box} className="framework-code" tabIndex={0} aria-label={`Code for ${IDIOM_NAMES[framework]}`}>
      <pre>
        <code>
          {lines.map(({ text }, index) => {
            const isMarked = marked.includes(index);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <span key={index} className={`framework-line ${isMarked ? 'is-marked' : ''}`}>
                {isMarked && <span className="visually-hidden">changed: </span>}
                {text}
                {'\n'}
              </span>
            );
          })}
        </code>
      </pre>
    </section>
  );
}

export function FrameworkView({ state }: { readonly state: FrameworkState }) {
  const { framework, lines, marked, changed } = state;
  const { convention } = useHost();
  const labelOf = (name: SettingName) => (name === 'p' ? probabilityLabel(convention) : SETTINGS[name].label);
  const list = listed(changed.map(labelOf));
  const names = /^\w+_/.test(list) ? list : sentence(list); // keep_prob is written small everywhere
  return (
    <FigureBox
      title="The lab, in your framework"
      summary={`${IDIOM_NAMES[framework]}, ${counted(lines.length, 'line')}; ${names} ${marked.length === 0 ? 'lands on no line' : `lands on ${counted(marked.length, 'line')}: ${marked.map((index) => index + 1).join(', ')}`}.`}
      table={{
        caption: `${IDIOM_NAMES[framework]}, line by line`,
        headers: ['line', 'code', 'settings'],
        rows: lines.map(({ text, marks }, index) => [String(index + 1), text, marks.map(labelOf).join(', ')]),
      }}
      controls={<Controls state={state} />}
      caption={`${names} ${marked.length === 0 ? 'lands on no line here' : `lands on ${counted(marked.length, 'marked line')}`}. Whatever you change, here or in the lab, is marked.`}
    >
      <div className="framework-bar">
        <SegmentedRadio<IdiomFramework>
          className="framework-choice"
          legend="framework"
          choices={FRAMEWORKS}
          value={framework}
          onChange={state.setFramework}
        />
        <SelectField
          label="convention of the probability"
          choices={CONVENTION_CHOICES}
          value={state.convention}
          onChange={state.setConvention}
        />
        <CopyButton text={state.text} />
      </div>
      <Lines state={state} />
    </FigureBox>
  );
}

export default function FrameworkFigure() {
  return <FrameworkView state={useFramework()} />;
}
