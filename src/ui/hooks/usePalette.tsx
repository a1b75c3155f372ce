/** The colours of the figures, read from the design tokens once per theme and handed down; painters cannot read CSS variables. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Palette, readPalette } from '../../viz';
import { useMedia } from './useMedia';

/** Given again where labels are of another size. */
export const PaletteContext = createContext<Palette | null>(null);

interface PaletteProviderProps {
  readonly theme: 'system' | 'light' | 'dark';
  /** The element that wears the theme; default: the document's own. */
  readonly scope?: HTMLElement;
  readonly children: ReactNode;
}

/** Sets the theme of the document, or of a part of it, and reads the palette anew whenever theme, contrast or colour scheme change. */
export function PaletteProvider({ theme, scope = document.documentElement, children }: PaletteProviderProps) {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isForced = useMedia('(forced-colors: active)');
  const isContrast = useMedia('(prefers-contrast: more)');
  const shown = theme === 'system' ? (isDark ? 'dark' : 'light') : theme;
  const isHighContrast = isForced || isContrast;
  const palette = useMemo(() => {
    // The tokens look for the theme there.
    scope.setAttribute('data-theme', shown);
    return { ...readPalette(scope === document.documentElement ? document.body : scope), highContrast: isHighContrast };
  }, [shown, scope, isHighContrast]);
  return <PaletteContext value={palette}>{children}</PaletteContext>;
}

export function usePalette(): Palette {
  const palette = useContext(PaletteContext);
  if (!palette) throw new Error('a figure must stand inside a PaletteProvider');
  return palette;
}
