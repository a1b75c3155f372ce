/** The colours of the figures, read from the design tokens once per theme and handed down; painters cannot read CSS variables. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Palette, readPalette } from '../../viz';
import { useMedia } from './useMedia';

const PaletteContext = createContext<Palette | null>(null);

interface PaletteProviderProps {
  readonly theme: 'system' | 'light' | 'dark';
  readonly children: ReactNode;
}

/** Sets the theme of the document and reads the palette anew whenever theme, contrast or colour scheme change. */
export function PaletteProvider({ theme, children }: PaletteProviderProps) {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isForced = useMedia('(forced-colors: active)');
  const isContrast = useMedia('(prefers-contrast: more)');
  const shown = theme === 'system' ? (isDark ? 'dark' : 'light') : theme;
  const isHighContrast = isForced || isContrast;
  const palette = useMemo(() => {
    showTheme(shown);
    return { ...readPalette(document.body), highContrast: isHighContrast };
  }, [shown, isHighContrast]);
  return <PaletteContext value={palette}>{children}</PaletteContext>;
}

/** Puts a theme on the document, where the tokens look for it. */
function showTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset.theme = theme;
}

export function usePalette(): Palette {
  const palette = useContext(PaletteContext);
  if (!palette) throw new Error('a figure must stand inside a PaletteProvider');
  return palette;
}
