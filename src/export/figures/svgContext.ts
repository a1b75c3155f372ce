/**
 * A 2-D context that writes SVG: whatever a painter draws on it becomes paths, rectangles, texts and images, in the order of the calls.
 *
 * Ours rather than a library's, because the painters use thirty calls of the two hundred that such a library carries, and none of the
 * transforms. A test keeps the list complete. It must not know of figures.
 */
import { faceOf, type Outlines, outlineText } from './outlines';
import { SvgPath } from './svgPath';
import { attributes, coordinate, escapeXml, paintAttributes } from './xml';

/** What painters use of a canvas context. */
type PaintingCalls = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'bezierCurveTo'
  | 'clearRect'
  | 'clip'
  | 'closePath'
  | 'drawImage'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'imageSmoothingEnabled'
  | 'imageSmoothingQuality'
  | 'lineCap'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'roundRect'
  | 'save'
  | 'setLineDash'
  | 'stroke'
  | 'strokeRect'
  | 'strokeStyle'
  | 'strokeText'
  | 'textAlign'
  | 'textBaseline'
>;

interface DrawState {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  strokeStyle: CanvasRenderingContext2D['strokeStyle'];
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  imageSmoothingEnabled: boolean;
  imageSmoothingQuality: ImageSmoothingQuality;
  dash: readonly number[];
}

const INITIAL: DrawState = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  imageSmoothingEnabled: true,
  imageSmoothingQuality: 'low',
  dash: [],
};

const ANCHORS: Readonly<Record<CanvasTextAlign, string | null>> = { left: null, start: null, center: 'middle', right: 'end', end: 'end' };
/** The share of a text's width that stands to the left of its anchor. */
const SHARES: Readonly<Record<CanvasTextAlign, number>> = { left: 0, start: 0, center: 0.5, right: 1, end: 1 };
/** How far below its anchor a text's line stands, in ems: not every reader of SVG knows `dominant-baseline`. */
const BASELINES: Partial<Readonly<Record<CanvasTextBaseline, number>>> = { middle: 0.36, top: 0.93, bottom: -0.21 };

/** An image that can be written into a file. */
interface Encodable {
  readonly width: number;
  readonly height: number;
  toDataURL(type: string): string;
}

export class SvgContext implements PaintingCalls {
  fillStyle = INITIAL.fillStyle;
  strokeStyle = INITIAL.strokeStyle;
  lineWidth = INITIAL.lineWidth;
  lineCap = INITIAL.lineCap;
  lineJoin = INITIAL.lineJoin;
  globalAlpha = INITIAL.globalAlpha;
  font = INITIAL.font;
  textAlign = INITIAL.textAlign;
  textBaseline = INITIAL.textBaseline;
  imageSmoothingEnabled = INITIAL.imageSmoothingEnabled;
  imageSmoothingQuality = INITIAL.imageSmoothingQuality;

  private dash = INITIAL.dash;
  private readonly path = new SvgPath();
  private parts: string[] = [];
  private saved: { state: DrawState; numGroups: number }[] = [];
  private numGroups = 0;
  private numClips = 0;

  /**
   * `id` begins the names of what the drawing refers to within itself: unique on a page that holds several. With `outlines`, texts in the
   * page's fonts become paths, which look the same to every reader.
   */
  constructor(
    private readonly id: string,
    private readonly outlines: Outlines | null = null,
  ) {}

  /** For painters, which ask for a whole canvas context but use no more than `PaintingCalls`. */
  get context(): CanvasRenderingContext2D {
    return this as PaintingCalls as CanvasRenderingContext2D;
  }

  /** What has been drawn so far, as the inside of an `<svg>` or `<g>`. */
  get body(): string {
    return this.parts.join('\n') + '</g>'.repeat(this.numGroups);
  }

  /** Adds another drawing, its corner at (x, y). */
  place(drawing: SvgContext, x: number, y: number): void {
    this.parts.push(`<g transform="translate(${coordinate(x)} ${coordinate(y)})">\n${drawing.body}\n</g>`);
  }

  /** Forgets all that was drawn: painters clear their whole area, and nothing else. */
  clearRect(): void {
    this.parts = [];
    this.numGroups = 0;
  }

  save(): void {
    this.saved.push({ state: this.readState(), numGroups: this.numGroups });
  }

  restore(): void {
    const last = this.saved.pop();
    if (!last) return;
    if (this.numGroups > last.numGroups) this.parts.push('</g>'.repeat(this.numGroups - last.numGroups));
    this.numGroups = last.numGroups;
    Object.assign(this, last.state);
  }

  clip(): void {
    this.numClips += 1;
    const id = `${this.id}-clip-${this.numClips}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path.d}"/></clipPath><g clip-path="url(#${id})">`);
    this.numGroups += 1;
  }

  beginPath(): void {
    this.path.clear();
  }
  closePath(): void {
    this.path.close();
  }
  moveTo(x: number, y: number): void {
    this.path.moveTo(x, y);
  }
  lineTo(x: number, y: number): void {
    this.path.lineTo(x, y);
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path.curveTo(x1, y1, x2, y2, x, y);
  }
  arc(x: number, y: number, radius: number, start: number, end: number, isCounterclockwise = false): void {
    this.path.arc(x, y, radius, start, end, isCounterclockwise);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path.rect(x, y, width, height);
  }
  roundRect(x: number, y: number, width: number, height: number, radius: Parameters<PaintingCalls['roundRect']>[4] = 0): void {
    if (typeof radius !== 'number') throw new TypeError('the corners of an exported figure must share one radius');
    this.path.roundRect(x, y, width, height, radius);
  }
  setLineDash(dash: readonly number[]): void {
    this.dash = [...dash];
  }

  fill(): void {
    if (!this.path.isEmpty) this.parts.push(`<path d="${this.path.d}"${this.fillPaint()}/>`);
  }
  stroke(): void {
    if (!this.path.isEmpty) this.parts.push(`<path d="${this.path.d}" fill="none"${this.strokePaint()}/>`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`<rect${attributes({ x, y, width, height })}${this.fillPaint()}/>`);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`<rect${attributes({ x, y, width, height })} fill="none"${this.strokePaint()}/>`);
  }
  fillText(text: string, x: number, y: number): void {
    this.addText(text, x, y, this.fillPaint());
  }
  strokeText(text: string, x: number, y: number): void {
    this.addText(text, x, y, ` fill="none"${this.strokePaint()}`);
  }

  /** Embeds a canvas as a PNG: whole, or the part of it that is asked for, stretched over a box. */
  drawImage(image: CanvasImageSource, ...box: readonly number[]): void {
    if (!('toDataURL' in image)) throw new TypeError('an exported figure can embed nothing but canvases');
    const source: Encodable = image;
    const [dx = 0, dy = 0, dw = source.width, dh = source.height] = box.length === 8 ? box.slice(4) : box;
    const [sx = 0, sy = 0, sw = source.width, sh = source.height] = box.length === 8 ? box : [];
    const view = [sx, sy, sw, sh].map(coordinate).join(' ');
    const look = attributes({
      'image-rendering': this.imageSmoothingEnabled ? null : 'pixelated',
      opacity: this.globalAlpha === 1 ? null : this.globalAlpha,
    });
    const place = attributes({ x: dx, y: dy, width: dw, height: dh });
    const size = attributes({ width: source.width, height: source.height });
    this.parts.push(
      `<svg${place} viewBox="${view}" preserveAspectRatio="none"><image${size} preserveAspectRatio="none"${look} href="${source.toDataURL('image/png')}"/></svg>`,
    );
  }

  private readState(): DrawState {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline } = this;
    const { imageSmoothingEnabled, imageSmoothingQuality, dash } = this;
    return {
      ...{ fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline },
      ...{ imageSmoothingEnabled, imageSmoothingQuality, dash },
    };
  }

  private fillPaint(): string {
    return paintAttributes('fill', this.fillStyle, this.globalAlpha);
  }

  private strokePaint(): string {
    const { lineWidth, lineCap, lineJoin, dash } = this;
    return (
      paintAttributes('stroke', this.strokeStyle, this.globalAlpha) +
      attributes({
        'stroke-width': lineWidth === 1 ? null : lineWidth,
        'stroke-linecap': lineCap === 'butt' ? null : lineCap,
        'stroke-linejoin': lineJoin === 'miter' ? null : lineJoin,
        'stroke-dasharray': dash.length === 0 ? null : dash.join(' '),
      })
    );
  }

  /** Writes a text; `font` is a size in pixels and families, before them a weight perhaps. */
  private addText(text: string, x: number, y: number, paint: string): void {
    const [, weight, size, family] = /^(?:(\d+|bold)\s+)?([\d.]+)px\s+(.+)$/.exec(this.font) ?? [];
    if (size === undefined || family === undefined)
      throw new TypeError(`the font of an exported figure must be a size in px and a family, got "${this.font}"`);
    const base = y + (BASELINES[this.textBaseline] ?? 0) * Number(size);
    const face = this.outlines && faceOf(this.outlines, family, weight);
    const outline = face && outlineText(text, face, Number(size), x, base, SHARES[this.textAlign]);
    if (typeof outline === 'string') {
      this.parts.push(`<path${attributes({ 'aria-label': text })} d="${outline}"${paint}/>`);
      return;
    }
    const place = attributes({
      x,
      y: base,
      'font-family': family,
      'font-size': size,
      'font-weight': weight ?? null,
      'text-anchor': ANCHORS[this.textAlign],
    });
    this.parts.push(`<text${place}${paint}>${escapeXml(text)}</text>`);
  }
}

/** Returns a whole SVG file. Title and description are for readers who do not see it. */
export function svgFile(
  drawing: SvgContext,
  size: { readonly width: number; readonly height: number },
  title: string,
  description: string,
): string {
  const { width, height } = size;
  const box = `${coordinate(width)} ${coordinate(height)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${attributes({ width, height })} viewBox="0 0 ${box}" role="img" aria-labelledby="figure-title figure-description">`,
    `<title id="figure-title">${escapeXml(title)}</title>`,
    `<desc id="figure-description">${escapeXml(description)}</desc>`,
    drawing.body,
    '</svg>',
    '',
  ].join('\n');
}
