/** What the figures of the middle column share: the width they are drawn in, the columns of the layers, and the view the painters take. */
import { useCallback, useMemo } from 'react';
import type { Frame } from '../../protocol/frame';
import { layerSizes } from '../../protocol/network';
import { type ColumnsLayout, columnsLayout, type Hit, highlightOf } from '../../viz';
import type { ViewStyle } from '../../viz/view';
import { useLab, usePointing, useSettings } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { shownRow } from '../words/shownRow';

export interface LayersView {
  readonly sizes: readonly number[];
  readonly columns: ColumnsLayout;
  /** The style of this moment, read when a painter runs. */
  readonly style: (frame: Frame) => ViewStyle;
  /** The columns of a frame: those on show, unless the frame is of older settings. */
  readonly columnsOf: (frame: Frame) => ColumnsLayout;
  readonly onHit: (hit: Hit | null) => void;
  readonly onChoose: (hit: Hit | null) => void;
}

export function useLayers(width: number): LayersView {
  const settings = useSettings();
  const palette = usePalette();
  const pointing = usePointing();
  const { frames } = useLab();
  const { dataset, hidden, phase, mode } = settings;
  const sizes = useMemo(() => layerSizes({ dataset, hidden }), [dataset, hidden]);
  const columns = useMemo(() => columnsLayout(width, sizes), [width, sizes]);
  const style = useCallback(
    (frame: Frame): ViewStyle => {
      const row = shownRow(frame, pointing.get().row);
      return { palette, phase, mode, row, highlight: pointing.highlight() };
    },
    [palette, phase, mode, pointing],
  );
  const columnsOf = useCallback(
    (frame: Frame) => (frame.shape.sizes.join() === sizes.join() ? columns : columnsLayout(width, frame.shape.sizes)),
    [columns, sizes, width],
  );
  const onHit = useCallback((hit: Hit | null) => pointing.hover(hit && highlightOf(hit)), [pointing]);
  const onChoose = useCallback(
    (hit: Hit | null) => {
      pointing.focus(hit && highlightOf(hit));
      frames.invalidate();
    },
    [pointing, frames],
  );
  return { sizes, columns, style, columnsOf, onHit, onChoose };
}
