/** What a network believes on the plane, as cells of one of two colours, stronger the surer it is, with the border at one half. */
import './plates.css';
import { memo, type ReactNode } from 'react';

/** Shades on either side of one half. */
const LEVELS = 6;
const MIDDLE = 0.5;

interface FieldPlateProps {
  /** Probability of class 1 [side, side], first row at the top. */
  readonly values: ArrayLike<number>;
  readonly side: number;
  readonly className?: string;
  /** Drawn on top, in cells. */
  readonly children?: ReactNode;
}

interface Shade {
  readonly key: string;
  readonly classOf: 0 | 1;
  readonly opacity: number;
  readonly path: string;
}

/** Gathers the cells of each shade into one path; neighbours in a row become one bar. A value that is not a number stays empty. */
function shadesOf(values: ArrayLike<number>, side: number): readonly Shade[] {
  const paths = new Map<number, string>();
  const shadeAt = (index: number) => {
    const surety = 2 * (values[index] ?? Number.NaN) - 1;
    if (Number.isNaN(surety)) return null;
    const level = Math.min(LEVELS - 1, Math.floor(Math.abs(surety) * LEVELS));
    return surety >= 0 ? level : -level - 1;
  };
  for (let row = 0; row < side; row++) {
    for (let start = 0; start < side; ) {
      const shade = shadeAt(row * side + start);
      let end = start + 1;
      while (end < side && shadeAt(row * side + end) === shade) end++;
      if (shade !== null) paths.set(shade, `${paths.get(shade) ?? ''}M${start} ${row}h${end - start}v1h${start - end}z`);
      start = end;
    }
  }
  return [...paths].map(([shade, path]) => {
    const level = shade >= 0 ? shade : -shade - 1;
    return { key: String(shade), classOf: shade >= 0 ? 1 : 0, opacity: (level + 1) / LEVELS, path };
  });
}

/** Returns the edges between cells that are read as different classes. */
function borderOf(values: ArrayLike<number>, side: number): string {
  const isUpper = (row: number, column: number) => (values[row * side + column] ?? 0) >= MIDDLE;
  let path = '';
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (column + 1 < side && isUpper(row, column) !== isUpper(row, column + 1)) path += `M${column + 1} ${row}v1`;
      if (row + 1 < side && isUpper(row, column) !== isUpper(row + 1, column)) path += `M${column} ${row + 1}h1`;
    }
  }
  return path;
}

export const FieldPlate = memo(function FieldPlate({ values, side, className = '', children }: FieldPlateProps) {
  return (
    <svg className={`plate ${className}`} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      <rect className="plate-ground" width={side} height={side} />
      {shadesOf(values, side).map(({ key, classOf, opacity, path }) => (
        <path key={key} className={`plate-field-${classOf}`} d={path} fillOpacity={opacity} shapeRendering="crispEdges" />
      ))}
      <path className="plate-border" d={borderOf(values, side)} />
      <rect className="plate-frame" width={side} height={side} />
      {children}
    </svg>
  );
});
