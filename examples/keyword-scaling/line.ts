/** Straight lines through points. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Largest distance of a point from the line, of the slope. */
  readonly deviation: number;
}

/** Least squares; two points of different x at least. */
export function lineThrough(points: readonly Point[]): Line {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const xy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const xx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  const farthest = Math.max(...points.map(({ x, y }) => Math.abs(y - intercept - slope * x)));
  return { slope, intercept, deviation: farthest / Math.abs(slope) };
}

/** Where rising points reach `level`, between two of them; null where they do not. */
export function reaches(points: readonly Point[], level: number): number | null {
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a === undefined || b === undefined || a.y > level || b.y < level) continue;
    return a.x + ((level - a.y) / (b.y - a.y)) * (b.x - a.x);
  }
  return null;
}
