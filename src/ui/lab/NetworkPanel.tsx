/** The shape of the network and where in it units are dropped. */
import { datasetShape } from '../../protocol/network';
import { MAX_HIDDEN_LAYERS, MAX_UNITS, type Settings } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { useChange, useLabState, useSettings } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { shortLabel } from '../words/convention';
import { ACTIVATION_NAMES, effectNote, networkSummary, SCOPE_NAMES } from '../words/settings';
import { LayerRow } from './LayerRow';
import { Panel } from './Panel';
import { ChoiceSetting, NumberSetting } from './settingFields';

const NEW_LAYER_UNITS = 8;

/** Returns per-layer probabilities with one replaced; trailing layers that follow p are left out. */
function withLayerP(layerP: Settings['layerP'], index: number, value: number | null): (number | null)[] {
  const next = Array.from({ length: Math.max(layerP.length, index + 1) }, (_, layer) =>
    layer === index ? value : (layerP[layer] ?? null),
  );
  while (next.length > 0 && next.at(-1) === null) next.pop();
  return next;
}

function Layers() {
  const { dataset, hidden, inputP, layerP } = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const change = useChange();
  const help = useHelp(({ SETTING_HELP }) => SETTING_HELP);
  return (
    <>
      <p className="layer-heads" aria-hidden="true">
        <span>units</span>
        <span>{shortLabel(convention)}</span>
      </p>
      <LayerRow
        where="input"
        units={<span className="layer-units">{datasetShape(dataset).numInputs}</span>}
        value={inputP}
        help={help?.inputP}
        canFollow={false}
        onChange={(value) => change({ inputP: value ?? 0 })}
      />
      {hidden.map((units, index) => (
        <LayerRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the network
          key={index}
          where={`hidden ${index + 1}`}
          units={
            <NumberField
              label={`units of hidden layer ${index + 1}`}
              value={units}
              min={1}
              max={MAX_UNITS}
              step={1}
              integer
              onCommit={(value) => change({ hidden: hidden.map((each, layer) => (layer === index ? value : each)) })}
            />
          }
          value={layerP[index] ?? null}
          help={help?.layerP}
          canFollow
          onChange={(value) => change({ layerP: withLayerP(layerP, index, value) })}
        />
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
  return (
    <Panel title="Network" summary={networkSummary(settings)} note={effectNote(['hidden', 'activation', 'inputP', 'layerP', 'maskScope'])}>
      <Layers />
      <ChoiceSetting name="activation" names={ACTIVATION_NAMES} />
      <ChoiceSetting name="maskScope" names={SCOPE_NAMES} />
      {settings.mode === 'spatial' && <NumberSetting name="channelSize" step={1} />}
    </Panel>
  );
}
