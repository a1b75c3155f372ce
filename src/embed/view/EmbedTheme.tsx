/**
 * The theme of an embed: the one it is told, else that of the page around it, read off what the browser makes of `light-dark()` there and
 * read again whenever the page may have changed its own.
 */
import { type ReactNode, useEffect, useState } from 'react';
import { PaletteProvider, useLabState, useMedia } from '../../ui/parts';

interface EmbedThemeProps {
  readonly scope: HTMLElement;
  readonly children: ReactNode;
}

/** Returns the colour scheme in force where `scope` stands, whatever theme it wears itself. */
function schemeAround(scope: HTMLElement): 'light' | 'dark' {
  const parent = scope.parentNode instanceof ShadowRoot ? scope.parentNode.host : (scope.parentElement ?? scope);
  const probe = scope.ownerDocument.createElement('span');
  probe.hidden = true;
  // The paper of the scheme: light-dark() would be a stranger to browsers that know all else.
  probe.style.color = 'Canvas';
  probe.style.colorScheme = getComputedStyle(parent).colorScheme;
  scope.append(probe);
  const isDark = Number(/\d+/.exec(getComputedStyle(probe).color)?.[0]) < 128;
  probe.remove();
  return isDark ? 'dark' : 'light';
}

export function EmbedTheme({ scope, children }: EmbedThemeProps) {
  const theme = useLabState((state) => state.view.theme);
  // A frame has a document of its own, whose scheme is the page's by the browser's own doing.
  const isFrame = scope === document.documentElement;
  const prefersDark = useMedia('(prefers-color-scheme: dark)');
  const [around, setAround] = useState(() => schemeAround(scope));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the reader prefers decides what the page makes of it
  useEffect(() => {
    if (isFrame) return;
    const read = () => setAround(schemeAround(scope));
    read();
    const observer = new MutationObserver(read);
    for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
    return () => observer.disconnect();
  }, [scope, isFrame, prefersDark]);
  return (
    <PaletteProvider theme={theme === 'system' && !isFrame ? around : theme} scope={scope}>
      {children}
    </PaletteProvider>
  );
}
