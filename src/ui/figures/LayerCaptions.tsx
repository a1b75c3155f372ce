/** What stands under the picture of each layer: its numbers, in its own column. */
import type { ReactNode } from 'react';
import { shownLayers } from '../../viz';
import { useNumbers, useSettings } from '../hooks/labContext';
import type { LayerNumbers } from '../words/numbers';
import { ColumnRow } from './ColumnRow';
import type { LayersView } from './useLayers';

interface LayerCaptionsProps {
  readonly layers: LayersView;
  readonly say: (numbers: LayerNumbers) => ReactNode;
}

export function LayerCaptions({ layers: { columns, sizes }, say }: LayerCaptionsProps) {
  const { inputP } = useSettings();
  const numbers = useNumbers();
  const shown = shownLayers(sizes, inputP);
  return (
    <ColumnRow
      columns={columns}
      className="column-captions"
      content={(layer) => {
        const stats = numbers?.layers[layer];
        return stats && shown.includes(layer) ? say(stats) : null;
      }}
    />
  );
}
