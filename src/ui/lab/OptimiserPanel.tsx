/** How the weights move, and the seed that everything is drawn from. */
import { useSettings } from '../hooks/labContext';
import { trimmed } from '../words/format';
import { effectNote, OPTIMIZER_NAMES, optimiserSummary } from '../words/settings';
import { Panel } from './Panel';
import { ChoiceSetting, NumberSetting } from './settingFields';

export function OptimiserPanel() {
  const settings = useSettings();
  return (
    <Panel title="Optimiser" summary={optimiserSummary(settings)} note={effectNote(['optimizer', 'batchSize', 'learningRate'])}>
      <ChoiceSetting name="optimizer" names={OPTIMIZER_NAMES} />
      <NumberSetting name="learningRate" step={0.01} format={(value) => trimmed(value, 2, 5)} />
      {settings.optimizer !== 'sgd' && <NumberSetting name="momentum" step={0.05} format={(value) => trimmed(value, 2, 3)} />}
      <NumberSetting name="weightDecay" step={0.001} format={(value) => (value === 0 ? '0' : trimmed(value, 2, 6))} />
      <NumberSetting name="maxNorm" step={0.5} format={(value) => (value === 0 ? 'off' : trimmed(value, 1, 3))} />
      <NumberSetting name="batchSize" step={1} />
    </Panel>
  );
}
