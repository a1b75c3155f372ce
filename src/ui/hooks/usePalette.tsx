/** The colours of the figures, read from the design tokens once per theme and handed down; painters cannot read CSS variables. */
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { type Palette, readPalette } from '../../viz';
import { useMedia } from './useMedia';

const PaletteContext = createContext<Palette | null>(null);

interface PaletteProviderProps {
  readonly theme: 'system' | 'light' | 'dark';
  readonly children: ReactNode;
}

/** Sets the theme of the document and reads the palette anew whenever theme, contrast or colour scheme change. */
export function PaletteProvider({ theme, children }: PaletteProviderProps) {
  const [palette, setPalette] = useState<Palette>(() => {
    applyTheme(theme);
    return readPalette(document.body);
  });
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isForced = useMedia('(forced-colors: active)');
  const isContrast = useMedia('(prefers-contrast: more)');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes what the tokens resolve to
  useLayoutEffect(() => {
    applyTheme(theme);
    setPalette(readPalette(document.body));
  }, [theme, isDark, isForced, isContrast]);
  return <PaletteContext value={palette}>{children}</PaletteContext>;
}

function applyTheme(theme: 'system' | 'light' | 'dark'): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function usePalette(): Palette {
  const palette = useContext(PaletteContext);
  if (!palette) throw new Error('a figure must stand inside a PaletteProvider');
  return palette;
}
