/** The shape of the network and where in it units are dropped. */
import { MAX_HIDDEN_LAYERS, MAX_UNITS, type Settings } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { Row } from '../controls/Row';
import { useChange, useSettings } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { ACTIVATION_NAMES, effectNote, networkSummary, SCOPE_NAMES } from '../words/settings';
import { Panel } from './Panel';
import { ProbabilityField } from './ProbabilityField';
import { ChoiceSetting, NumberSetting } from './settingFields';

const NEW_LAYER_UNITS = 8;

/** Returns per-layer probabilities with one replaced; trailing layers that follow p are left out. */
export function withLayerP(layerP: Settings['layerP'], index: number, value: number | null): (number | null)[] {
  const next = Array.from({ length: Math.max(layerP.length, index + 1) }, (_, layer) =>
    layer === index ? value : (layerP[layer] ?? null),
  );
  while (next.length > 0 && next.at(-1) === null) next.pop();
  return next;
}

function HiddenLayers() {
  const { hidden, layerP } = useSettings();
  const change = useChange();
  const help = useHelp(({ helpText }) => helpText('hidden'));
  return (
    <>
      {hidden.map((units, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the network
        <Row key={index} label={`hidden ${index + 1} units`} title={help}>
          <NumberField
            label={`units of hidden layer ${index + 1}`}
            value={units}
            min={1}
            max={MAX_UNITS}
            step={1}
            integer
            onCommit={(value) => change({ hidden: hidden.map((each, layer) => (layer === index ? value : each)) })}
          />
        </Row>
      ))}
      <div className="layer-buttons">
        <Button kind="quiet" disabled={hidden.length >= MAX_HIDDEN_LAYERS} onClick={() => change({ hidden: [...hidden, NEW_LAYER_UNITS] })}>
          Add a layer
        </Button>
        <Button
          kind="quiet"
          disabled={hidden.length === 0}
          onClick={() => change({ hidden: hidden.slice(0, -1), layerP: layerP.slice(0, hidden.length - 1) })}
        >
          Remove
        </Button>
      </div>
    </>
  );
}

export function NetworkPanel() {
  const settings = useSettings();
  const change = useChange();
  const { hidden, layerP, p, inputP, mode } = settings;
  const help = useHelp(({ SETTING_HELP }) => SETTING_HELP);
  return (
    <Panel title="Network" summary={networkSummary(settings)} note={effectNote(['hidden', 'activation', 'inputP', 'layerP', 'maskScope'])}>
      <HiddenLayers />
      <ChoiceSetting name="activation" names={ACTIVATION_NAMES} />
      <ProbabilityField
        where="input"
        value={inputP}
        fallback={0}
        help={help?.inputP}
        canFollow={false}
        onChange={(value) => change({ inputP: value ?? 0 })}
      />
      {hidden.map((_, index) => (
        <ProbabilityField
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the network
          key={index}
          where={`hidden ${index + 1}`}
          value={layerP[index] ?? null}
          fallback={p}
          help={help?.layerP}
          canFollow
          onChange={(value) => change({ layerP: withLayerP(layerP, index, value) })}
        />
      ))}
      <ChoiceSetting name="maskScope" names={SCOPE_NAMES} />
      {mode === 'spatial' && <NumberSetting name="channelSize" step={1} />}
    </Panel>
  );
}
