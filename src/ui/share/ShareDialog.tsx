/** Takes the experiment along: as a link, a code for cameras, a frame or an element. Loaded on demand; a native dialog keeps the focus. */
import './share.css';
import { lazy, Suspense, useState } from 'react';
import { pageAddress } from '../../store/address';
import { CONTROL_NAMES, CONTROLS, type ControlName } from '../../store/controls';
import { experimentOf } from '../../store/experiment';
import { isStanding, type ViewState } from '../../store/labStore';
import { FIGURES } from '../chapters/figures';
import { Button } from '../controls/Button';
import { SelectField } from '../controls/SelectField';
import { Toggle } from '../controls/Toggle';
import { useLab } from '../hooks/labContext';
import { closeModal, Modal } from '../present/Modal';
import { grouped } from '../words/format';
import { CopyField } from './CopyField';
import { isLabFigure, LAB_FIGURES } from './figureNames';
import { elementOf, frameOf, linkOf, type Share } from './snippets';

const QrCode = lazy(() => import('./QrCode'));

interface ShareDialogProps {
  readonly onClose: () => void;
}

const CHAPTER_FIGURE_HEIGHT = 560;
const THEMES: readonly { readonly value: ViewState['theme']; readonly label: string }[] = [
  { value: 'system', label: "the reader's own" },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
];
const CHOICES = [
  ...Object.entries(LAB_FIGURES).map(([value, { title }]) => ({ value, label: title })),
  ...Object.entries(FIGURES).map(([value, { title }]) => ({ value, label: title })),
];

function titleOf(figure: string): { title: string; height: number } {
  if (isLabFigure(figure)) return LAB_FIGURES[figure];
  return { title: CHOICES.find(({ value }) => value === figure)?.label ?? figure, height: CHAPTER_FIGURE_HEIGHT };
}

export default function ShareDialog({ onClose }: ShareDialogProps) {
  const lab = useLab();
  // What is shared is the moment at which the dialog was opened: nothing in it moves.
  const [taken] = useState(() => lab.store.getState());
  const experiment = experimentOf({ ...taken, run: { ...taken.run, step: lab.running ? taken.run.step : lab.step } });
  const [hasStep, setHasStep] = useState(experiment.step !== null && (experiment.step > 0 || isStanding(taken.run)));
  const [theme, setTheme] = useState<ViewState['theme']>('system');
  const [hidden, setHidden] = useState<readonly ControlName[]>(taken.view.hidden);
  const [figure, setFigure] = useState<string>('lab');

  const page = pageAddress('');
  const view = { ...taken.view, theme, hidden, debug: false };
  const step = hasStep ? experiment.step : null;
  const share: Share = { page, settings: experiment.settings, changes: hasStep ? experiment.changes : [], step, view };
  const link = linkOf(hasStep ? share : { ...share, settings: taken.settings });
  const { title, height } = titleOf(figure);
  const shown = hasStep ? share : { ...share, settings: taken.settings };

  return (
    <Modal className="share" titleId="share-title" onClosed={onClose}>
      <div className="modal-head">
        <h2 id="share-title">Share this experiment</h2>
        <Button kind="quiet" onClick={closeModal}>
          Close
        </Button>
      </div>
      <div className="share-body">
        <section className="share-link" aria-label="Link">
          <CopyField label="Link" text={link} lines={3} />
          <p className="share-note">
            {hasStep && experiment.step !== null
              ? `It opens at step ${grouped(experiment.step)} with the very same weights.`
              : 'It opens with these settings and trains from step 0.'}
          </p>
          <div className="share-options">
            <Toggle
              label={`stop at step ${grouped(experiment.step ?? taken.run.step)}`}
              checked={hasStep}
              onChange={(checked) => setHasStep(checked && experiment.isWhole)}
            />
            <span className="share-option">
              <span>theme</span>
              <SelectField label="theme of the link" choices={THEMES} value={theme} onChange={setTheme} />
            </span>
          </div>
          {!experiment.isWhole && (
            <p className="share-note" role="note">
              {`This run was changed by hand ${grouped(taken.run.changes.length)} times, more than an address can hold. The link has the settings as they are now.`}
            </p>
          )}
          <HideChoice hidden={hidden} onChange={setHidden} />
        </section>
        <div className="share-code">
          <Suspense fallback={<div className="qr-code" />}>
            <QrCode text={link} />
          </Suspense>
        </div>
        <section className="share-embed" aria-label="Embed">
          <span className="share-option">
            <span>On a page of your own, show</span>
            <SelectField label="figure to embed" choices={CHOICES} value={figure} onChange={setFigure} />
          </span>
          <CopyField label="As a frame" text={frameOf(shown, figure, title, height)} lines={4} />
          {isLabFigure(figure) && (
            <CopyField label="As an element" text={elementOf(shown, figure, new URL('embed.js', page).href)} lines={4} />
          )}
        </section>
      </div>
    </Modal>
  );
}

interface HideChoiceProps {
  readonly hidden: readonly ControlName[];
  readonly onChange: (hidden: readonly ControlName[]) => void;
}

function HideChoice({ hidden, onChange }: HideChoiceProps) {
  return (
    <details className="share-hide">
      <summary>{hidden.length === 0 ? 'Leave controls out' : `Controls left out: ${hidden.join(', ')}`}</summary>
      <div className="share-hide-list">
        {CONTROL_NAMES.map((name) => (
          <Toggle
            key={name}
            label={`${name}: ${CONTROLS[name]}`}
            checked={hidden.includes(name)}
            onChange={(checked) => onChange(CONTROL_NAMES.filter((each) => (each === name ? checked : hidden.includes(each))))}
          />
        ))}
      </div>
    </details>
  );
}
