/** The word somebody most likely meant. */

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into another. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above: number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(row[j - 1]! + 1, above[j]! + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/** `tau_m`, `tauM` and `TAU-M` are the same word to a person. */
const folded = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The nearest of `words` when it is near enough to be a slip of the hand, else undefined. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  // Long words are no slips, and the table is quadratic.
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(folded(word).length / 3)) + 1;
  for (const candidate of words) {
    if (candidate.length > 64) continue;
    const d = distance(folded(word), folded(candidate));
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}
