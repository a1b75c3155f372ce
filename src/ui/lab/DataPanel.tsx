/** Which data, how many, how noisy; and the points that people place themselves. */
import { datasetShape } from '../../protocol/network';
import { type DatasetName, SETTINGS, type SettingName } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { Row } from '../controls/Row';
import { SeedField } from '../controls/SeedField';
import { SegmentedRadio } from '../controls/SegmentedRadio';
import { DataThumb } from '../figures/DataThumb';
import { useChange, useNotify, useSettings } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { counted, listed, trimmed } from '../words/format';
import { DATASET_NAMES, dataSummary, effectNote, valueText } from '../words/settings';
import { followDataset } from './datasetCompanions';
import { Panel } from './Panel';
import { ChoiceSetting, NumberOf, NumberSetting } from './settingFields';

export function DataPanel() {
  const settings = useSettings();
  const change = useChange();
  const notify = useNotify();
  const help = useHelp(({ helpText }) => helpText('dataSeed'));
  const sizesHelp = useHelp(({ helpText }) => `${helpText('trainSize')} ${helpText('testSize')}`);
  const choose = (dataset: DatasetName) => {
    const patch = followDataset(settings, dataset);
    const { dataset: _, ...companions } = patch;
    if (!change(patch) || Object.keys(companions).length === 0) return;
    const words = Object.entries(companions).map(
      ([name, value]) => `${SETTINGS[name as SettingName].label} ${valueText(name as SettingName, value)}`,
    );
    notify(`${DATASET_NAMES[dataset]} brings along what suits it: ${listed(words)}. Undo takes all of it back.`);
  };
  return (
    <Panel title="Data" summary={dataSummary(settings)} note={effectNote(['dataset', 'trainSize'])}>
      <DataThumb />
      <ChoiceSetting name="dataset" names={DATASET_NAMES} onChoose={choose} />
      <Row label="train, test points" title={sizesHelp}>
        <NumberOf name="trainSize" step={10} label="points" />
        <NumberOf name="testSize" step={10} />
      </Row>
      <NumberSetting name="noise" step={0.05} format={(value) => trimmed(value)} />
      <NumberSetting name="labelNoise" step={0.05} format={(value) => trimmed(value)} />
      <Row label={SETTINGS.dataSeed.label} title={help}>
        <SeedField label="data seed" value={settings.dataSeed} onChange={(dataSeed) => change({ dataSeed })} />
      </Row>
    </Panel>
  );
}

interface OwnPointsProps {
  readonly ownClass: 0 | 1;
  readonly onOwnClass: (value: 0 | 1) => void;
}

/** Stands under the picture of the network's belief, where the points are placed. */
export function OwnPoints({ ownClass, onOwnClass }: OwnPointsProps) {
  const { points, dataset } = useSettings();
  const change = useChange();
  const { loss } = datasetShape(dataset);
  if (loss === 'softmax') return null;
  return (
    <fieldset className="own-points" aria-label="Own points">
      <span>{loss === 'binary' ? 'Click adds' : `Click adds a point${points.length === 0 ? ' and restarts' : ''}`}</span>
      {loss === 'binary' ? (
        <SegmentedRadio
          legend="Class of the points you add"
          className="class-choice"
          choices={[
            { value: '1', label: 'green' },
            { value: '0', label: 'purple' },
          ]}
          value={ownClass === 1 ? '1' : '0'}
          onChange={(value) => onOwnClass(value === '1' ? 1 : 0)}
        />
      ) : null}
      <span className="own-points-text">
        {points.length > 0 ? counted(points.length, 'own point') : loss === 'binary' ? 'restarts' : ''}
      </span>
      {points.length > 0 && (
        <>
          <Button kind="quiet" onClick={() => change({ points: points.slice(0, -1) })}>
            Undo point
          </Button>
          <Button kind="quiet" aria-label="Clear points" onClick={() => change({ points: [] })}>
            Clear
          </Button>
        </>
      )}
    </fieldset>
  );
}
