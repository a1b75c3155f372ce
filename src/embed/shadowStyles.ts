/**
 * The styles of the page, made fit for a shadow tree, in one sheet that all elements share. A constructed sheet passes every policy.
 *
 * Breakpoints become those of the element's own width, for it may be narrow on a wide page; rem becomes a measure that a page with small
 * type at its root cannot shrink. Fonts stay behind (src/embed/build.mjs): system faces take their place.
 */
import base from '../ui/base.css?inline';
import controls from '../ui/controls/controls.css?inline';
import figures from '../ui/figures/figures.css?inline';
import always from '../ui/lab/always.css?inline';
import lab from '../ui/lab/lab.css?inline';
import labNarrow from '../ui/lab/labNarrow.css?inline';
import parts from '../ui/lab/parts.css?inline';
import settings from '../ui/lab/settings.css?inline';
import hide from '../ui/share/hide.css?inline';
import tokens from '../ui/theme/tokens.css?inline';
import embed from './embed.css?inline';

const HOST = `:host { display: block; --lab-rem: max(1rem, 16px); }
:host([hidden]) { display: none; }`;

/** A media rule with its queries and its body, in which rules may hold rules. */
const MEDIA = /@media\s*([^{}]+)\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;
const ASKS_WIDTH = /\bwidth\b/;

/** Asks the element for its width and the device for all else: `(a), (b) and (c)` is a or both b and c. */
function askElement(rule: string, queries: string, body: string): string {
  if (!ASKS_WIDTH.test(queries)) return rule;
  const rules = queries.split(',').map((query) => {
    const features = query.split(/\band\b/).map((feature) => feature.trim());
    const widths = features.filter((feature) => ASKS_WIDTH.test(feature)).join(' and ');
    const others = features.filter((feature) => !ASKS_WIDTH.test(feature)).join(' and ');
    const inner = others === '' ? body : `@media ${others}{${body}}`;
    return widths === '' ? inner : `@container lab ${widths}{${inner}}`;
  });
  return rules.join('\n');
}

/** Rewrites a sheet of the page for a shadow tree. */
export function toShadow(css: string): string {
  return css
    .replace(MEDIA, askElement)
    .replace(/(?<![\w.#-])(\d*\.?\d+)rem\b/g, 'calc($1 * var(--lab-rem))')
    .replaceAll(':root:root ', '.embed.embed ')
    .replaceAll('100vh', '100%')
    .replaceAll('100dvh', '100%');
}

const sheets = new WeakMap<Document, CSSStyleSheet>();

/** Returns the sheet of all elements of a document: none may wear that of another. */
export function shadowSheet(ownDocument: Document): CSSStyleSheet {
  let sheet = sheets.get(ownDocument);
  if (!sheet) {
    sheet = new (ownDocument.defaultView ?? window).CSSStyleSheet();
    sheets.set(ownDocument, sheet);
    const page = [tokens, base, controls, figures, lab, settings, always, labNarrow, parts, hide, embed].map(toShadow);
    sheet.replaceSync([HOST, ...page].join('\n'));
  }
  return sheet;
}
