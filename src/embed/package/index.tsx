/**
 * The entry of the package: `<DropoutLab p={0.2} seed={7} figure="masks" />`, a React component over the element.
 *
 * Props are settings by name. What is not given is at its default, and a prop that is taken away goes back to it. A `ref` is the element, with
 * all members of the public handle.
 */
import { type CSSProperties, createElement, type Ref, useCallback, useEffect, useRef } from 'react';
import { SETTING_NAMES, type Settings } from '../../protocol/settings';
import type { Change } from '../../protocol/snapshot';
import { writeChanges } from '../../store/addressText';
import type { ControlName } from '../../store/controls';
import type { LabFailure } from '../../store/labStore';
import type { LabFigureName } from '../../ui/share/figureNames';
import { type BadAttribute, settingAttributes } from '../attributes';
import type { DropoutLabElement } from '../element';
import { register, TAG } from '../register';

export interface DropoutLabProps extends Partial<Settings> {
  /** One figure alone; default: the whole lab. */
  readonly figure?: LabFigureName;
  /** Controls to leave out. */
  readonly hide?: readonly ControlName[];
  /** Default: that of the page around. */
  readonly theme?: 'light' | 'dark';
  /** Where the run is to stand, still. Without it, it plays once it is seen. */
  readonly step?: number;
  /** Live changes on the way to `step`, as `snapshot()` tells them. */
  readonly changes?: readonly Change[];
  /** Training steps per second; Infinity is as fast as the machine can. */
  readonly speed?: number;
  /** Address of a page of Dropout Lab that the small link leads to; without it there is none. */
  readonly site?: string;
  readonly id?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly ref?: Ref<DropoutLabElement>;
  readonly onFrame?: (detail: { step: number }) => void;
  readonly onSettingsChange?: (settings: Settings) => void;
  readonly onError?: (failure: LabFailure | BadAttribute) => void;
}

function attributesOf(props: DropoutLabProps): Readonly<Record<string, string | undefined>> {
  const settings = Object.fromEntries(SETTING_NAMES.map((name) => [name, props[name]])) as Partial<Settings>;
  const { figure, hide, theme, step, changes, speed, site, id } = props;
  return {
    ...settingAttributes(settings),
    id,
    figure,
    theme,
    site,
    hide: hide?.join(' '),
    step: step?.toString(),
    at: changes && writeChanges(changes),
    speed: speed === Number.POSITIVE_INFINITY ? 'max' : speed?.toString(),
  };
}

/** Calls the newest of the handlers that were given; the element is listened to once. */
function useEvents(props: DropoutLabProps): (element: DropoutLabElement | null) => (() => void) | undefined {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  return useCallback((element: DropoutLabElement | null) => {
    if (!element) return undefined;
    const controller = new AbortController();
    const listen = (type: string, tell: (detail: never) => void) =>
      element.addEventListener(type, (event) => tell((event as unknown as CustomEvent<never>).detail), { signal: controller.signal });
    listen('frame', (detail) => latest.current.onFrame?.(detail));
    listen('settingschange', ({ settings }: { settings: Settings }) => latest.current.onSettingsChange?.(settings));
    listen('error', (detail) => latest.current.onError?.(detail));
    return () => controller.abort();
  }, []);
}

export function DropoutLab(props: DropoutLabProps) {
  const { ref = null, className, style } = props;
  const listen = useEvents(props);
  const attach = useCallback(
    (element: DropoutLabElement | null) => {
      // The events are listened to before the element begins to live.
      const stop = listen(element);
      register();
      const leave = typeof ref === 'function' ? ref(element) : undefined;
      if (ref !== null && typeof ref === 'object') ref.current = element;
      return () => {
        stop?.();
        if (typeof leave === 'function') leave();
        else if (typeof ref === 'function') ref(null);
        else if (ref !== null) ref.current = null;
      };
    },
    [listen, ref],
  );
  return createElement(TAG, { ...attributesOf(props), class: className, style, ref: attach });
}

export type { Prediction, PredictOptions, Snapshot } from '../../protocol/snapshot';
export type { BadAttribute, Change, ControlName, DropoutLabElement, LabFailure, LabFigureName, Settings };
