/** Index of the run that `value` lies in, of runs that begin at `starts`, ascending, the first at or below it. */
export function runOf(starts: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}
