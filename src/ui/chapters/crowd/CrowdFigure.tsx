/** All sub-networks of one trained net judge one place: their histogram, three numbers for the crowd, Monte-Carlo passes on their way. */
import './crowd.css';
import { MAX_MASKED_UNITS, PLANAR_DATASETS, STUDIES } from '../../../protocol/studyParams';
import { SeedField } from '../../controls/SeedField';
import { SegmentedRadio } from '../../controls/SegmentedRadio';
import { SelectField } from '../../controls/SelectField';
import { Toggle } from '../../controls/Toggle';
import { fixed, grouped, percent } from '../../words/format';
import { Measured } from '../charts/Measured';
import { FigureBox } from '../shell/FigureBox';
import { Knob, ProbabilityKnob } from '../shell/Knob';
import { StudyStatus } from '../shell/StudyStatus';
import { crowdTable, gapText, placeText, structureText } from './crowd';
import { Histogram } from './Histogram';
import { Passes } from './Passes';
import { PlacePlane } from './PlacePlane';
import { type CrowdState, useCrowd, type Verdict } from './useCrowd';

const rules = STUDIES.subnetworks.params;
const PLACE_RANGE = { min: -2, max: 2, step: 0.05 };
/** Numbers of passes that the slider offers. */
const PASS_COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;
const MIN_UNITS = 2;
const DATASETS = PLANAR_DATASETS.map((value) => ({ value, label: value }));

function Controls({ state }: { readonly state: CrowdState }) {
  const { settings, change, place, move } = state;
  return (
    <>
      <SelectField label="data set" choices={DATASETS} value={settings.dataset} onChange={(dataset) => change({ dataset })} />
      <SegmentedRadio
        legend="hidden layers"
        choices={[
          { value: 'one', label: 'one masked layer' },
          { value: 'two', label: 'two masked layers' },
        ]}
        value={settings.structure}
        onChange={(structure) => change({ structure })}
      />
      <Knob
        label="hidden units"
        value={settings.units}
        min={MIN_UNITS}
        max={MAX_MASKED_UNITS}
        step={1}
        format={(units) => String(units)}
        detail={`${grouped(2 ** settings.units)} masks`}
        onChange={(units) => change({ units })}
      />
      <ProbabilityKnob p={settings.p} onChange={(p) => change({ p })} />
      <Knob
        label="passes T"
        value={Math.max(0, PASS_COUNTS.indexOf(settings.passes as (typeof PASS_COUNTS)[number]))}
        min={0}
        max={PASS_COUNTS.length - 1}
        step={1}
        format={(index) => grouped(PASS_COUNTS[index] ?? 1)}
        onChange={(index) => change({ passes: PASS_COUNTS[index] ?? rules.passes.default })}
      />
      <Knob {...PLACE_RANGE} label="place x" value={place.x} onChange={(x) => move({ ...place, x })} />
      <Knob {...PLACE_RANGE} label="place y" value={place.y} onChange={(y) => move({ ...place, y })} />
      <span className="crowd-seed">
        <span className="small-label">seed</span>{' '}
        <SeedField label="seed of the net" value={settings.seed} onChange={(seed) => change({ seed })} />
      </span>
      <Toggle label="show the means" checked={state.areMeansShown} onChange={state.showMeans} />
    </>
  );
}

/** How the net is getting on, without a flicker while the place is dragged. */
function Training({ state }: { readonly state: CrowdState }) {
  const { view, crowd } = state;
  const { result } = view;
  const isQuiet = view.state === 'done' || ((view.state === 'running' || view.state === 'queued') && result?.crowd && crowd);
  if (!isQuiet || !result) return <StudyStatus view={view} what="one training, then all its masks" />;
  return (
    <p className="study-status">
      Trained for {grouped(result.trainedSteps)} steps; the whole network is right for {percent(result.testAccuracy)} of the test set.
    </p>
  );
}

function Verdicts({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="verdicts-scroll" aria-label="Where the three numbers agree" tabIndex={0}>
      <table className="verdicts">
        <thead>
          <tr>
            <th scope="col">structure, into softmax</th>
            <th scope="col">arithmetic mean</th>
            <th scope="col">geometric mean</th>
            <th scope="col">weight scaling</th>
            <th scope="col">geometric − scaling</th>
            <th scope="col">arithmetic − scaling</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => {
            const { arithmeticMean, geometricMean, weightScaling, isExact } = verdict.crowd;
            return (
              <tr key={verdict.structure}>
                <th scope="row">
                  {structureText(verdict)}, at {placeText(verdict.place)}
                </th>
                <td>{fixed(arithmeticMean, 4)}</td>
                <td>{fixed(geometricMean, 4)}</td>
                <td>{fixed(weightScaling, 4)}</td>
                <td className={isExact ? 'is-exact' : 'is-apart'}>
                  {gapText(geometricMean, weightScaling)}
                  {isExact ? ', exact' : ''}
                </td>
                <td>{gapText(arithmeticMean, weightScaling)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Pictures({ state }: { readonly state: CrowdState }) {
  const { crowd, place, move, settings, areMeansShown } = state;
  if (crowd === null) return <p className="crowd-wait">The net is trained first. Then every one of its masks is tried.</p>;
  return (
    <div className="crowd-pictures">
      <div>
        <h4 className="crowd-title">the place, in eval</h4>
        <PlacePlane crowd={crowd} place={place} onMove={move} />
      </div>
      <div>
        <h4 className="crowd-title">{grouped(2 ** settings.units)} sub-networks at this place</h4>
        <Measured maxWidth={420}>{(width) => <Histogram crowd={crowd} width={width} isMarked={areMeansShown} />}</Measured>
      </div>
      <div>
        <h4 className="crowd-title">{grouped(crowd.passMeans.length)} Monte-Carlo passes</h4>
        <Measured maxWidth={420}>{(width) => <Passes crowd={crowd} width={width} isMarked={areMeansShown} />}</Measured>
      </div>
    </div>
  );
}

function summaryOf({ crowd, place, settings, areMeansShown }: CrowdState): string {
  if (crowd === null) return 'The net is being trained.';
  if (!areMeansShown) return `${grouped(2 ** settings.units)} sub-networks judge ${placeText(place)}. Their means come with your answer.`;
  const { arithmeticMean, geometricMean, weightScaling, passMeans } = crowd;
  return `${grouped(2 ** settings.units)} sub-networks at ${placeText(place)}: arithmetic mean ${fixed(arithmeticMean, 4)}, geometric mean ${fixed(geometricMean, 4)}, weight scaling ${fixed(weightScaling, 4)}, ${grouped(passMeans.length)} passes ${fixed(passMeans.at(-1) ?? Number.NaN, 4)}.`;
}

export function CrowdView({ state }: { readonly state: CrowdState }) {
  return (
    <FigureBox
      title="Every sub-network judges one place"
      study={state.view}
      summary={summaryOf(state)}
      table={crowdTable(state.crowd, 2 ** state.settings.units, state.areMeansShown)}
      controls={<Controls state={state} />}
      caption={
        <>
          Each mask counts with its chance. <b className="mark-mc">Ochre</b>: masks on, the crowd and its passes, in a band of one standard
          error. <b className="mark-eval">Vermilion</b>: one pass of the whole network. Drag the place.
        </>
      }
    >
      <Training state={state} />
      <Pictures state={state} />
      {state.areMeansShown && state.verdicts.length > 0 && <Verdicts verdicts={state.verdicts} />}
    </FigureBox>
  );
}

export default function CrowdFigure() {
  return <CrowdView state={useCrowd()} />;
}
