/**
 * `<dropout-lab>`: a lab as an element of any page. Its attributes are settings, its members those of the public handle (see the README).
 *
 * It shares nothing with the page or with its like: a shadow tree, a worker and a store of its own, which all end when it is removed. The
 * worker starts when the element is first seen or first asked.
 */
import { createRoot, type Root } from 'react-dom/client';
import { ErrorBoundary } from '../app/ErrorBoundary';
import { createLab, DropoutLab, type Lab, LabError } from '../bridge';
import type { DropoutLabEvents } from '../bridge/events';
import type { LabFailure } from '../protocol/failure';
import { SettingsError } from '../protocol/parse';
import type { SettingName, Settings } from '../protocol/settings';
import type { Change, Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import { VIEW_KEYS } from '../store/addressView';
import { DEFAULT_VIEW, type ViewState } from '../store/labStore';
import { autoplay, BASE_PACE, isLabFigure, LAB_FIGURES, openExperiment } from '../ui/parts';
import { Rest, watchAttendance } from './attendance';
import { attributeOf, RUN_ATTRIBUTES, readAttributes, refusedAtFirst, refusedLater, restartsRun, SETTING_ATTRIBUTES } from './attributes';
import { type BadAttribute, badAttribute } from './badAttribute';
import { keepKeys } from './keys';
import { createNotice, type Notice } from './notice';
import { shadowSheet } from './shadowStyles';
import { EmbedScreen } from './view/EmbedScreen';

export interface DropoutLabElementEvents {
  frame: DropoutLabEvents['frame'];
  settingschange: DropoutLabEvents['settingschange'];
  /** The run or the worker has failed, or an attribute was refused. */
  error: CustomEvent<LabFailure | BadAttribute>;
}

/** Everything that exists while the lab does. */
interface Life {
  readonly lab: Lab;
  readonly handle: DropoutLab;
  readonly rest: Rest;
  readonly notice: Notice;
  readonly root: Root;
  readonly scope: HTMLElement;
  /** Settled once the lab stands where its first attributes say: calls wait for it. */
  readonly opened: Promise<void>;
  /** The same of attributes that have changed since. */
  moved: Promise<void>;
  /** Ends the way there: what stops does not wait. */
  halt: AbortController;
  /** What the attribute `at` has changed on the way. */
  changes: readonly Change[];
}

const FIGURE = 'figure';
const SITE = 'site';
/** What a view attribute means when it is taken away. */
const PLAIN_VIEW: ViewState = { ...DEFAULT_VIEW, pace: BASE_PACE };

/** Where the whole page is, for builds that lie beside it; set by the entry of embed.js. */
let homeSite: string | null = null;
export function setHomeSite(site: string): void {
  homeSite = site;
}

/** Lets the module be imported where there is no page, as on a server. */
const PageElement = typeof HTMLElement === 'undefined' ? (class {} as unknown as typeof HTMLElement) : HTMLElement;

export class DropoutLabElement extends PageElement {
  static readonly observedAttributes: readonly string[] = [
    ...SETTING_ATTRIBUTES.keys(),
    ...VIEW_KEYS.map(({ key }) => key),
    ...RUN_ATTRIBUTES,
    FIGURE,
    SITE,
  ];

  #life: Life | null = null;
  #stopWatching: (() => void) | null = null;
  #changed = new Set<string>();

  get version(): 1 {
    return 1;
  }
  /** Worker up, wasm loaded, first frame painted; rejects with a readable Error. Asking for it starts the lab. */
  get ready(): Promise<void> {
    return this.#call((handle) => handle.ready);
  }
  /** A frozen copy of the settings; before the lab has started, those that its attributes say. */
  get settings(): Settings {
    return this.#life?.handle.settings ?? readAttributes(this.#attributes()).settings;
  }
  get step(): number {
    return this.#life?.handle.step ?? 0;
  }
  /** Writes the attribute: frameworks set a property wherever there is one. */
  set step(step: number | string | null | undefined) {
    if (step === null || step === undefined) this.removeAttribute('step');
    else this.setAttribute('step', String(step));
  }
  get running(): boolean {
    return this.#life?.handle.running ?? false;
  }
  configure(patch: Partial<Settings>): Promise<void> {
    return this.#call((handle) => handle.configure(patch));
  }
  play(): Promise<void> {
    return this.#call((handle) => handle.play(), 'steer');
  }
  pause(): Promise<void> {
    return this.#call((handle) => handle.pause(), 'stop');
  }
  advance(count = 1): Promise<number> {
    return this.#call((handle) => handle.advance(count), 'steer');
  }
  reset(): Promise<void> {
    return this.#call((handle) => handle.reset(), 'stop');
  }
  seek(step: number): Promise<void> {
    return this.#call((handle) => handle.seek(step), 'steer');
  }
  predict(inputs: Float32Array, options: PredictOptions = {}): Promise<Prediction> {
    return this.#call((handle) => handle.predict(inputs, options));
  }
  snapshot(): Promise<Snapshot> {
    return this.#call((handle) => handle.snapshot());
  }

  override addEventListener<Name extends keyof DropoutLabElementEvents>(
    type: Name,
    listener: (event: DropoutLabElementEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  override addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(type, listener, options);
  }

  connectedCallback(): void {
    if (this.#stopWatching !== null) return;
    this.#takeOver();
    this.#stopWatching = watchAttendance(this, (isSeen) => this.#see(isSeen));
  }

  disconnectedCallback(): void {
    // An element that is only moved comes back at once and keeps its run.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  adoptedCallback(): void {
    // The inside of a template is a document too, but without a view, and so without styles.
    if (this.shadowRoot && this.ownerDocument.defaultView) this.shadowRoot.adoptedStyleSheets = [shadowSheet(this.ownerDocument)];
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.#life === null || before === after) return;
    // Several attributes that change together are one change of the lab.
    if (this.#changed.size === 0) queueMicrotask(() => this.#follow());
    this.#changed.add(name);
  }

  /** Sets anew what was set before the element was defined: it would hide the members for ever. */
  #takeOver(): void {
    for (const name of Object.keys(this)) {
      if (!(name in DropoutLabElement.prototype)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  #attributes(): [string, string][] {
    const ours = DropoutLabElement.observedAttributes;
    return [...this.attributes].filter(({ name }) => ours.includes(name)).map(({ name, value }) => [name, value]);
  }

  #see(isSeen: boolean): void {
    if (isSeen) this.#live();
    this.#life?.rest.see(isSeen);
  }

  /** Runs a call on the handle; a call starts the lab, wherever on the page it is. One that steers, or stops, leaves to the host what runs. */
  async #call<Result>(call: (handle: DropoutLab) => Promise<Result>, kind: 'ask' | 'steer' | 'stop' = 'ask'): Promise<Result> {
    if (!this.isConnected) throw new LabError('disposed', 'This <dropout-lab> is not on a page: put it into the document first.');
    const life = this.#live();
    if (kind !== 'ask') life.rest.steer();
    await life.opened;
    // Attributes that changed just before the call are followed by now; what they ask for has begun once it has found the lab ready.
    await (kind === 'stop' ? life.lab.ready : life.moved);
    if (kind === 'stop') life.halt.abort();
    return call(life.handle);
  }

  /** Starts the lab, once. */
  #live(): Life {
    if (this.#life !== null) return this.#life;
    const { settings, view, refused, ...target } = readAttributes(this.#attributes());
    const lab = createLab({ settings, view: { ...PLAIN_VIEW, ...view } });
    const scope = this.#shadow();
    // What fails stands in the store; the view shows it, 'error' tells it, and calls are rejected with it.
    const opened = openExperiment(lab, target, async () => undefined).catch(() => undefined);
    const life: Life = {
      lab,
      handle: new DropoutLab(lab),
      rest: new Rest(lab),
      notice: createNotice(),
      root: createRoot(scope),
      scope,
      opened,
      moved: opened,
      halt: new AbortController(),
      changes: target.changes,
    };
    this.#life = life;
    for (const type of ['frame', 'settingschange', 'error'] as const) {
      life.handle.addEventListener(type, (event) => this.dispatchEvent(new CustomEvent(type, { detail: event.detail })));
    }
    this.#render();
    this.#refuse([...refused.map(refusedAtFirst), ...this.#badFigure()]);
    if (target.step === null) void opened.then(() => life.rest.begin(() => autoplay(lab)));
    return life;
  }

  /** Returns the box in the shadow tree that the lab is drawn in, empty. */
  #shadow(): HTMLElement {
    let shadow = this.shadowRoot;
    if (shadow === null) {
      shadow = this.attachShadow({ mode: 'open' });
      keepKeys(shadow);
    }
    shadow.adoptedStyleSheets = [shadowSheet(this.ownerDocument)];
    const scope = document.createElement('div');
    scope.className = 'embed';
    shadow.replaceChildren(scope);
    return scope;
  }

  /** What is asked for, whether there is such a figure or not. */
  get #figure(): string {
    return this.getAttribute(FIGURE) ?? 'lab';
  }

  #badFigure(): BadAttribute[] {
    const name = this.#figure;
    if (isLabFigure(name)) return [];
    return [badAttribute(FIGURE, name, `must be one of ${Object.keys(LAB_FIGURES).join(', ')}. The whole lab is shown instead.`)];
  }

  #render(): void {
    if (this.#life === null) return;
    const { lab, root, scope, notice } = this.#life;
    const site = this.getAttribute(SITE) ?? homeSite;
    const figure = this.#figure;
    root.render(
      <ErrorBoundary>
        <EmbedScreen
          lab={lab}
          figure={isLabFigure(figure) ? figure : 'lab'}
          scope={scope}
          notice={notice}
          site={site === '' ? null : site}
        />
      </ErrorBoundary>,
    );
  }

  /** Says what was refused, a line for each; when nothing was, what stood there goes. */
  #refuse(refused: readonly BadAttribute[]): void {
    this.#life?.notice.set(refused.map(({ message }) => message).join('\n') || null);
    for (const detail of refused) this.dispatchEvent(new CustomEvent('error', { detail }));
  }

  /** Takes over the attributes that have changed; one that is refused leaves what was. */
  #follow(): void {
    const names = [...this.#changed];
    this.#changed.clear();
    if (this.#life === null) return;
    const { lab, rest } = this.#life;
    const { settings, view, refused, ...target } = readAttributes(this.#attributes());
    const news = refused.filter(({ attribute }) => names.includes(attribute));
    const taken = names.filter((name) => !news.some(({ attribute }) => attribute === name));
    // One that stands where it was told to stands there after a restart, too.
    const isStartedOver = target.step !== null && !lab.running && taken.some((name) => restartsRun(name));
    const isMoved = isStartedOver || RUN_ATTRIBUTES.some((name) => taken.includes(name));
    // The run is told anew from step 0 on: what `at` has changed on the way is there as the other attributes say it.
    const undone = isMoved ? this.#life.changes.flatMap(({ patch }) => Object.keys(patch) as SettingName[]) : [];
    const unfit = this.#change(taken, settings, undone);
    const figure = taken.includes(FIGURE) ? this.#badFigure() : [];
    this.#refuse([...news.map(refusedLater), ...unfit, ...figure]);
    const fields = VIEW_KEYS.filter(({ key }) => taken.includes(key)).map(({ field }) => field);
    const shown: ViewState = { ...PLAIN_VIEW, ...view };
    if (fields.length > 0) lab.store.getState().setView(Object.fromEntries(fields.map((field) => [field, shown[field]])));
    if (taken.includes(FIGURE) || taken.includes(SITE)) this.#render();
    if (isMoved) {
      this.#life.changes = target.changes;
      this.#life.halt = new AbortController();
      const begin = async () => rest.begin(() => autoplay(lab));
      this.#life.moved = openExperiment(lab, target, begin, this.#life.halt.signal).catch(() => undefined);
    }
  }

  /** Changes the settings of attributes, and others beside them; returns what was refused. */
  #change(taken: readonly string[], settings: Settings, others: readonly SettingName[]): BadAttribute[] {
    const { store } = (this.#life as Life).lab;
    const named = taken.map((name) => SETTING_ATTRIBUTES.get(name)).filter((name) => name !== undefined);
    const names = [...named, ...others];
    try {
      if (names.length > 0) store.getState().setSettings(Object.fromEntries(names.map((name) => [name, settings[name]])));
      return [];
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      // Each alone was good; together with the rest they are not.
      const setting = error.field.replace(/\[.*/, '') as SettingName;
      const attribute = taken.find((name) => SETTING_ATTRIBUTES.get(name) === setting) ?? attributeOf(setting);
      return [refusedLater({ attribute, value: String(error.value), reason: `${error.message}.`, instead: null })];
    }
  }

  #end(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    const life = this.#life;
    this.#life = null;
    if (life === null) return;
    life.root.unmount();
    life.lab.dispose();
  }
}
