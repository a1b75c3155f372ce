/** Traces the line where a field on a grid is zero: marching squares with linear interpolation. Pure arithmetic, no canvas. */

/** Receives one straight piece of the line, in grid units (column, row). */
type Segment = (x0: number, y0: number, x1: number, y1: number) => void;

/**
 * Visits the pieces of the line `field = 0` on a `side × side` grid, row-major.
 *
 * A saddle is split by the mean of its corners. Grid points that are exactly zero count as positive, so that no piece is drawn twice.
 */
export function traceZero(side: number, field: (index: number) => number, visit: Segment): void {
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) traceSquare(side, column, row, field, visit);
  }
}

function traceSquare(side: number, column: number, row: number, field: (index: number) => number, visit: Segment): void {
  const topLeft = field(row * side + column);
  const topRight = field(row * side + column + 1);
  const bottomLeft = field((row + 1) * side + column);
  const bottomRight = field((row + 1) * side + column + 1);
  const top: Crossing = isCrossed(topLeft, topRight) ? [column + cross(topLeft, topRight), row] : null;
  const right: Crossing = isCrossed(topRight, bottomRight) ? [column + 1, row + cross(topRight, bottomRight)] : null;
  const bottom: Crossing = isCrossed(bottomLeft, bottomRight) ? [column + cross(bottomLeft, bottomRight), row + 1] : null;
  const left: Crossing = isCrossed(topLeft, bottomLeft) ? [column, row + cross(topLeft, bottomLeft)] : null;
  const join = (from: Crossing | undefined, to: Crossing | undefined) => {
    if (from && to) visit(from[0], from[1], to[0], to[1]);
  };
  if (top && right && bottom && left) {
    const isCentreUp = topLeft + topRight + bottomLeft + bottomRight >= 0;
    const isTopLeftJoined = topLeft >= 0 === isCentreUp;
    join(top, isTopLeftJoined ? right : left);
    join(bottom, isTopLeftJoined ? left : right);
    return;
  }
  const [from, to] = [top, right, bottom, left].filter((crossing) => crossing !== null);
  join(from, to);
}

type Crossing = readonly [x: number, y: number] | null;

function isCrossed(from: number, to: number): boolean {
  return from >= 0 !== to >= 0;
}

/** Returns where between two values the zero lies, in [0, 1]. */
function cross(from: number, to: number): number {
  return from / (from - to);
}
