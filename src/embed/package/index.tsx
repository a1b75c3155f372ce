/**
 * The entry of the package: `<DropoutLab p={0.2} seed={7} figure="masks" />`, a React component over the element.
 *
 * Props are settings by name. What is not given is at its default, and a prop that is taken away goes back to it. A `ref` is the element, with
 * all members of the public handle.
 */
import { type CSSProperties, type ElementType, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { LabFailure } from '../../protocol/failure';
import { SETTING_NAMES, type Settings } from '../../protocol/settings';
import type { Change } from '../../protocol/snapshot';
import { writeChanges } from '../../store/addressText';
import type { ControlName } from '../../store/controls';
import type { LabFigureName } from '../../ui/share/figureNames';
import { settingAttributes } from '../attributes';
import type { BadAttribute } from '../badAttribute';
import type { DropoutLabElement } from '../element';
import { register, TAG } from '../register';

/** A prop that is undefined is one that is not given, whatever the compiler's settings. */
type Settable = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface DropoutLabProps extends Settable {
  /** One figure alone; default: the whole lab. */
  readonly figure?: LabFigureName | undefined;
  /** Controls to leave out. */
  readonly hide?: readonly ControlName[] | undefined;
  /** Default: that of the page around. */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Where the run is to stand, still. Without it, it plays once it is seen. */
  readonly step?: number | undefined;
  /** Live changes on the way to `step`, as `snapshot()` tells them. */
  readonly changes?: readonly Change[] | undefined;
  /** Training steps per second; Infinity is as fast as the machine can. */
  readonly speed?: number | undefined;
  /** Address of a page of Dropout Lab that the small link leads to; without it there is none. */
  readonly site?: string | undefined;
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly ref?: Ref<DropoutLabElement> | undefined;
  readonly onFrame?: ((detail: { step: number }) => void) | undefined;
  readonly onSettingsChange?: ((settings: Settings) => void) | undefined;
  readonly onError?: ((failure: LabFailure | BadAttribute) => void) | undefined;
}

function attributesOf(props: DropoutLabProps): Readonly<Record<string, string | undefined>> {
  const settings = Object.fromEntries(SETTING_NAMES.map((name) => [name, props[name]])) as Partial<Settings>;
  const { figure, hide, theme, step, changes, speed, site, id } = props;
  const foreign = Object.entries(props).filter(([name]) => /^(?:data|aria)-/.test(name));
  return {
    ...Object.fromEntries(foreign),
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

/** The element's name as React takes it. */
const Element = TAG as unknown as ElementType;

export function DropoutLab(props: DropoutLabProps) {
  const { ref, className, style } = props;
  const own = useRef<DropoutLabElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useImperativeHandle(ref, () => own.current as DropoutLabElement);
  useEffect(() => {
    const controller = new AbortController();
    const listen = (type: string, tell: (detail: never) => void) =>
      own.current?.addEventListener(type, (event) => tell((event as unknown as CustomEvent<never>).detail), { signal: controller.signal });
    listen('frame', (detail) => latest.current.onFrame?.(detail));
    listen('settingschange', ({ settings }: { settings: Settings }) => latest.current.onSettingsChange?.(settings));
    listen('error', (detail) => latest.current.onError?.(detail));
    // Only now does the element begin to live: nothing that it tells is missed.
    register();
    return () => controller.abort();
  }, []);
  return <Element {...attributesOf(props)} class={className} style={style} ref={own} />;
}

export type { Prediction, PredictOptions, Snapshot } from '../../protocol/snapshot';
export type { BadAttribute, Change, ControlName, DropoutLabElement, LabFailure, LabFigureName, Settings };
