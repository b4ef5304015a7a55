/** Puts in order what several shards logged in a step: each of them in order, or nearly so. */

/** Runs that are merged; more are sorted. */
const MOST_RUNS = 4;
/** The first run, out of the way; reused, as a step has few spikes and a run has many steps. */
let first = new Uint32Array(1024);

/** Sorts `words[begin .. end - 1]`, which are a few ascending runs one behind the other. */
export function mergeRuns(words: Uint32Array, begin: number, end: number): void {
  let middle = runEnd(words, begin, end);
  for (let runs = 2; middle < end; runs++) {
    if (runs > MOST_RUNS) {
      words.subarray(begin, end).sort();
      return;
    }
    const next = runEnd(words, middle, end);
    merge(words, begin, middle, next);
    middle = next;
  }
}

/** Where the ascending run that begins at `begin` ends. */
function runEnd(words: Uint32Array, begin: number, end: number): number {
  let at = begin + 1;
  while (at < end && words[at - 1]! <= words[at]!) at++;
  return Math.min(at, end);
}

/** Merges two runs that meet at `middle`. */
function merge(words: Uint32Array, begin: number, middle: number, end: number): void {
  const length = middle - begin;
  if (first.length < length) first = new Uint32Array(2 * length);
  for (let i = 0; i < length; i++) first[i] = words[begin + i]!;
  let i = 0;
  let k = middle;
  for (let at = begin; i < length; at++) {
    const isSecond = k < end && words[k]! < first[i]!;
    words[at] = isSecond ? words[k++]! : first[i++]!;
  }
}
