/** Texts, numbers and colours as XML attributes. Pure; it knows of no figure. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold, escaped or not: control characters but for line breaks and tabs. */
const FORBIDDEN = /[^\P{Cc}\t\n\r\u007f-\u009f]/gu;

/** Returns `text` ready to stand between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign] as string);
}

/** Writes a coordinate with two decimals at most: a fiftieth of a pixel is finer than any printer. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

/** Returns `name="value"` for each entry that has one, numbers as coordinates. */
export function attributes(entries: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(entries)
    .filter((entry): entry is [string, string | number] => entry[1] !== null)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? coordinate(value) : escapeXml(value)}"`)
    .join('');
}

/**
 * Returns a CSS colour as the attributes of a fill or stroke; alpha becomes an opacity of its own, which every SVG reader knows.
 * Errors: TypeError for a gradient or a pattern.
 */
export function paintAttributes(kind: 'fill' | 'stroke', style: unknown, alpha: number): string {
  if (typeof style !== 'string') throw new TypeError(`the ${kind} of an exported figure must be a plain colour`);
  const parts = /^rgba?\(([^)]+)\)$/.exec(style.trim())?.[1]?.split(/[\s,/]+/);
  const opacity = alpha * (parts?.[3] === undefined ? 1 : Number(parts[3]));
  const colour = parts ? `rgb(${parts.slice(0, 3).join(',')})` : style;
  return attributes({ [kind]: colour, [`${kind}-opacity`]: opacity === 1 ? null : opacity });
}
