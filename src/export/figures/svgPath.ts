/** A path as canvas calls build it, written as the `d` of an SVG path. It keeps canvas' rules: a line without a start begins where it ends. */
import { coordinate } from './xml';

const TAU = 2 * Math.PI;

export class SvgPath {
  private parts: string[] = [];

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  get d(): string {
    return this.parts.join('');
  }

  clear(): void {
    this.parts = [];
  }

  moveTo(x: number, y: number): void {
    this.add('M', x, y);
  }

  lineTo(x: number, y: number): void {
    this.add(this.isEmpty ? 'M' : 'L', x, y);
  }

  curveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    if (this.isEmpty) this.moveTo(x1, y1);
    this.add('C', x1, y1, x2, y2, x, y);
  }

  close(): void {
    if (!this.isEmpty) this.parts.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.add('M', x, y);
    this.add('h', width);
    this.add('v', height);
    this.add('h', -width);
    this.close();
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.min(radius, width / 2, height / 2);
    const corner = (dx: number, dy: number) => this.add('a', r, r, 0, 0, 1, dx, dy);
    this.add('M', x + r, y);
    this.add('h', width - 2 * r);
    corner(r, r);
    this.add('v', height - 2 * r);
    corner(-r, r);
    this.add('h', 2 * r - width);
    corner(-r, -r);
    this.add('v', 2 * r - height);
    corner(r, -r);
    this.close();
  }

  /** Adds an arc, clockwise unless told otherwise; a whole turn is written as two halves, since one arc cannot be a circle in SVG. */
  arc(x: number, y: number, radius: number, start: number, end: number, isCounterclockwise = false): void {
    const point = (angle: number) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
    const direction = isCounterclockwise ? -1 : 1;
    const turn = Math.min(Math.max((end - start) * direction, 0), TAU);
    const sweep = isCounterclockwise ? 0 : 1;
    this.lineTo(...point(start));
    if (turn > TAU - 1e-9) this.add('A', radius, radius, 0, 0, sweep, ...point(start + (direction * TAU) / 2));
    const isLarge = turn > TAU / 2 && turn <= TAU - 1e-9;
    this.add('A', radius, radius, 0, isLarge ? 1 : 0, sweep, ...point(turn > TAU - 1e-9 ? start : end));
  }

  private add(command: string, ...numbers: readonly number[]): void {
    this.parts.push(command + numbers.map(coordinate).join(' '));
  }
}
