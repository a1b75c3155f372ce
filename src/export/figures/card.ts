/**
 * What stands around an exported picture: a title, names over its columns, lines under them, a caption. On the page these are elements;
 * in a file they are drawn, with the same calls for SVG and PNG. It must not know which figure it frames.
 */

/** Texts and the place of a column: its centre, from the left edge of the picture. */
export interface CardColumn {
  readonly centre: number;
  readonly name: string;
  /** Lines under the picture, already wrapped. */
  readonly lines: readonly string[];
}

interface CardStyle {
  readonly ground: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly fontSans: string;
}

export interface Card {
  readonly title: string;
  /** The picture alone. */
  readonly picture: { readonly width: number; readonly height: number };
  readonly columns: readonly CardColumn[];
  /** Already wrapped to the width of the picture. */
  readonly caption: readonly string[];
  readonly style: CardStyle;
}

const MARGIN = 20;
const TITLE_SIZE = 15;
const TEXT_SIZE = 12.5;
const LINE = 18;
const TITLE_HEIGHT = 30;
const GAP = 8;

/** Returns the size of the whole, and where the picture stands on it. */
export function cardLayout({ picture, columns, caption }: Pick<Card, 'picture' | 'columns' | 'caption'>): {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
} {
  const hasNames = columns.some(({ name }) => name !== '');
  const y = MARGIN + TITLE_HEIGHT + (hasNames ? LINE + GAP / 2 : 0);
  const numLines = Math.max(0, ...columns.map(({ lines }) => lines.length)) + caption.length;
  const below = numLines === 0 ? 0 : GAP + numLines * LINE + (caption.length > 0 ? GAP : 0);
  return { width: Math.ceil(picture.width) + 2 * MARGIN, height: Math.ceil(y + picture.height + below + MARGIN), x: MARGIN, y };
}

/** What a card is drawn with. */
type Calls = Pick<CanvasRenderingContext2D, 'fillRect' | 'fillStyle' | 'fillText' | 'font' | 'textAlign' | 'textBaseline'>;

/** Draws the ground, then the picture by `place`, then all texts. */
export function paintCard(context: Calls, card: Card, place: (x: number, y: number) => void): void {
  const { title, picture, columns, caption, style } = card;
  const { width, height, x, y } = cardLayout(card);
  context.fillStyle = style.ground;
  context.fillRect(0, 0, width, height);
  place(x, y);
  const write = (text: string, textX: number, textY: number, align: CanvasTextAlign) => {
    context.textAlign = align;
    context.fillText(text, textX, textY);
  };
  context.textBaseline = 'alphabetic';
  context.fillStyle = style.ink;
  context.font = `600 ${TITLE_SIZE}px ${style.fontSans}`;
  write(title, x, MARGIN + TITLE_SIZE, 'left');
  context.font = `600 ${TEXT_SIZE}px ${style.fontSans}`;
  for (const { centre, name } of columns) if (name !== '') write(name, x + centre, y - GAP, 'center');
  context.font = `${TEXT_SIZE}px ${style.fontSans}`;
  context.fillStyle = style.inkSoft;
  let line = y + picture.height + GAP + TEXT_SIZE;
  for (const { centre, lines } of columns) {
    for (const [index, text] of lines.entries()) write(text, x + centre, line + index * LINE, 'center');
  }
  line += Math.max(0, ...columns.map(({ lines }) => lines.length)) * LINE + GAP;
  context.fillStyle = style.ink;
  for (const [index, text] of caption.entries()) write(text, x, line + index * LINE, 'left');
}

/** The font that texts under the picture are wrapped in. */
export function captionFont({ fontSans }: Pick<CardStyle, 'fontSans'>): string {
  return `${TEXT_SIZE}px ${fontSans}`;
}

/** Breaks a text into lines no wider than `width`, between words; a word that is wider has a line of its own. */
export function wrapText(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
