/**
 * `<dropout-lab>`: a lab as an element of any page. Its attributes are settings, its members those of the public handle (see the README).
 *
 * It shares nothing with the page or with its like: a shadow tree, a worker and a store of its own, which all end when it is removed. The
 * worker starts when the element is first seen or first asked.
 */
import { createRoot, type Root } from 'react-dom/client';
import { createLab, DropoutLab, type DropoutLabEvents, type Lab, LabError } from '../bridge';
import { SettingsError } from '../protocol/parse';
import type { SettingName, Settings } from '../protocol/settings';
import type { Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import { VIEW_KEYS } from '../store/addressView';
import { DEFAULT_VIEW, type LabFailure, type ViewState } from '../store/labStore';
import { autoplay, BASE_PACE, isLabFigure, LAB_FIGURES, type LabFigureName, openExperiment } from '../ui/parts';
import { Rest, watchAttendance } from './attendance';
import { type BadAttribute, badAttribute, RUN_ATTRIBUTES, readAttributes, SETTING_ATTRIBUTES } from './attributes';
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
  /** Settled once the lab stands where its attributes say: calls wait for it. */
  readonly opened: Promise<void>;
}

const FIGURE = 'figure';
const SITE = 'site';
/** What a view attribute means when it is taken away. */
const PLAIN_VIEW: ViewState = { ...DEFAULT_VIEW, pace: BASE_PACE };

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function defer(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

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
  #whenSeen = defer();
  #changed = new Set<string>();
  /** Whether the host has called for anything: then it decides what runs. */
  #isSteered = false;

  get version(): 1 {
    return 1;
  }
  /** Worker up, wasm loaded, first frame painted; rejects with a readable Error. Asking for it starts the lab. */
  get ready(): Promise<void> {
    return this.#call((handle) => handle.ready, false);
  }
  /** A frozen copy of the settings; before the lab has started, those that its attributes say. */
  get settings(): Settings {
    return this.#life?.handle.settings ?? readAttributes(this.#attributes()).settings;
  }
  get step(): number {
    return this.#life?.handle.step ?? 0;
  }
  get running(): boolean {
    return this.#life?.handle.running ?? false;
  }
  configure(patch: Partial<Settings>): Promise<void> {
    return this.#call((handle) => handle.configure(patch));
  }
  play(): Promise<void> {
    return this.#call((handle) => handle.play());
  }
  pause(): Promise<void> {
    return this.#call((handle) => handle.pause());
  }
  advance(count = 1): Promise<number> {
    return this.#call((handle) => handle.advance(count));
  }
  reset(): Promise<void> {
    return this.#call((handle) => handle.reset());
  }
  seek(step: number): Promise<void> {
    return this.#call((handle) => handle.seek(step));
  }
  predict(inputs: Float32Array, options: PredictOptions = {}): Promise<Prediction> {
    return this.#call((handle) => handle.predict(inputs, options));
  }
  snapshot(): Promise<Snapshot> {
    return this.#call((handle) => handle.snapshot());
  }

  connectedCallback(): void {
    if (this.#stopWatching !== null) return;
    this.#stopWatching = watchAttendance(this, (isSeen) => this.#see(isSeen));
  }

  disconnectedCallback(): void {
    // An element that is only moved comes back at once and keeps its run.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.#life === null || before === after) return;
    // Several attributes that change together are one change of the lab.
    if (this.#changed.size === 0) queueMicrotask(() => this.#follow());
    this.#changed.add(name);
  }

  #attributes(): [string, string][] {
    const ours = DropoutLabElement.observedAttributes;
    return [...this.attributes].filter(({ name }) => ours.includes(name)).map(({ name, value }) => [name, value]);
  }

  #see(isSeen: boolean): void {
    if (isSeen) {
      this.#live();
      this.#whenSeen.resolve();
    }
    this.#life?.rest.see(isSeen);
  }

  /** Runs a call on the handle; a call starts the lab, wherever on the page it is. */
  async #call<Result>(call: (handle: DropoutLab) => Promise<Result>, isSteering = true): Promise<Result> {
    if (!this.isConnected) throw new LabError('disposed', 'This <dropout-lab> is not on a page: put it into the document first.');
    if (isSteering) this.#isSteered = true;
    const { handle, opened } = this.#live();
    await opened;
    return call(handle);
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
    };
    this.#life = life;
    for (const type of ['frame', 'settingschange', 'error'] as const) {
      life.handle.addEventListener(type, (event) => this.dispatchEvent(new CustomEvent(type, { detail: event.detail })));
    }
    this.#render();
    for (const bad of refused) this.#refuse(bad);
    if (target.step === null) void this.#begin(life);
    return life;
  }

  /** Sets the lab going once it is seen, unless the host steers it. */
  async #begin({ lab, opened }: Life): Promise<void> {
    await Promise.all([opened, this.#whenSeen.promise]);
    if (this.#life?.lab === lab && !this.#isSteered) await autoplay(lab).catch(() => undefined);
  }

  /** Returns the box in the shadow tree that the lab is drawn in, empty. */
  #shadow(): HTMLElement {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [shadowSheet()];
    const scope = document.createElement('div');
    scope.className = 'embed';
    shadow.replaceChildren(scope);
    return scope;
  }

  #figure(): LabFigureName {
    const name = this.getAttribute(FIGURE) ?? 'lab';
    if (isLabFigure(name)) return name;
    const allowed = Object.keys(LAB_FIGURES).join(', ');
    this.#refuse(badAttribute(FIGURE, name, `must be one of ${allowed}. The whole lab is shown instead.`));
    return 'lab';
  }

  #render(): void {
    if (this.#life === null) return;
    const { lab, root, scope, notice } = this.#life;
    const site = this.getAttribute(SITE) ?? homeSite;
    root.render(<EmbedScreen lab={lab} figure={this.#figure()} scope={scope} notice={notice} site={site === '' ? null : site} />);
  }

  #refuse(bad: BadAttribute): void {
    this.#life?.notice.set(bad.message);
    this.dispatchEvent(new CustomEvent('error', { detail: bad }));
  }

  /** Takes over the attributes that have changed; one that is refused leaves what was. */
  #follow(): void {
    const names = [...this.#changed];
    this.#changed.clear();
    if (this.#life === null) return;
    const { lab } = this.#life;
    const { settings, view, refused, ...target } = readAttributes(this.#attributes());
    const news = refused.filter(({ attribute }) => names.includes(attribute));
    for (const bad of news) this.#refuse(bad);
    const taken = names.filter((name) => !news.some(({ attribute }) => attribute === name));
    this.#change(taken, settings);
    const fields = VIEW_KEYS.filter(({ key }) => taken.includes(key)).map(({ field }) => field);
    const shown: ViewState = { ...PLAIN_VIEW, ...view };
    if (fields.length > 0) lab.store.getState().setView(Object.fromEntries(fields.map((field) => [field, shown[field]])));
    if (taken.includes(FIGURE) || taken.includes(SITE)) this.#render();
    if (RUN_ATTRIBUTES.some((name) => taken.includes(name))) openExperiment(lab, target).catch(() => undefined);
  }

  #change(taken: readonly string[], settings: Settings): void {
    const { store } = (this.#life as Life).lab;
    const names = taken.map((name) => SETTING_ATTRIBUTES.get(name)).filter((name): name is SettingName => name !== undefined);
    const pick = (wanted: readonly SettingName[]): Partial<Settings> => Object.fromEntries(wanted.map((name) => [name, settings[name]]));
    try {
      if (names.length > 0) store.getState().setSettings(pick(names));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      // Each alone was good; together with the rest they are not.
      this.#refuse(badAttribute(error.field, String(error.value), error.message));
    }
  }

  #end(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    const life = this.#life;
    this.#life = null;
    this.#whenSeen = defer();
    this.#isSteered = false;
    if (life === null) return;
    life.root.unmount();
    life.lab.dispose();
  }
}
