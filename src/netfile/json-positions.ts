/**
 * Where things are in a JSON text that `JSON.parse` has already accepted. Large explicit networks are JSON,
 * and this is some hundred times faster on them than a YAML parser that keeps every position.
 */
import type { Finding, Path } from './findings.js';

export interface JsonPositions {
  /** Keys given twice in one map; `JSON.parse` would silently keep the last. */
  readonly duplicates: readonly { readonly key: string; readonly offset: number }[];
  /** Offset of the value at `path`, or of the key of its last step; of the nearest parent when there is none. */
  locate(path: Path, at: Finding['at']): number;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const PLAIN = /[^\s,\]}]+/y;

/** Reads positions in `text`, which must be valid JSON. */
export function jsonPositions(text: string): JsonPositions {
  const duplicates: { key: string; offset: number }[] = [];
  const match = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    pattern.test(text);
    return pattern.lastIndex;
  };
  const skipSpace = (from: number): number => match(SPACE, from);

  /**
   * Calls `visit` for each entry of the map or list that starts at `from` and returns the offset after it.
   * `visit` returns the offset after the entry's value.
   */
  function entries(
    from: number,
    visit: (step: string | number, keyAt: number, valueAt: number) => number,
  ): number {
    const close = text[from] === '{' ? '}' : ']';
    let at = skipSpace(from + 1);
    for (let index = 0; text[at] !== close; index++) {
      const keyAt = at;
      let step: string | number = index;
      if (close === '}') {
        at = match(STRING, at);
        step = JSON.parse(text.slice(keyAt, at)) as string;
        at = skipSpace(skipSpace(at) + 1);
      }
      at = skipSpace(visit(step, keyAt, at));
      if (text[at] === ',') at = skipSpace(at + 1);
    }
    return at + 1;
  }

  function skip(from: number): number {
    const first = text[from];
    if (first === '"') return match(STRING, from);
    if (first !== '{' && first !== '[') return match(PLAIN, from);
    const seen = new Set<string | number>();
    return entries(from, (step, keyAt, valueAt) => {
      if (seen.has(step)) duplicates.push({ key: String(step), offset: keyAt });
      if (first === '{') seen.add(step);
      return skip(valueAt);
    });
  }

  const root = skipSpace(0);
  skip(root);

  interface Entry {
    readonly keyAt: number;
    readonly valueAt: number;
  }
  /** Entries of the maps and lists looked into so far, by their offset. */
  const known = new Map<number, ReadonlyMap<string | number, Entry>>();
  function entriesOf(container: number): ReadonlyMap<string | number, Entry> {
    let found = known.get(container);
    if (found === undefined) {
      const all = new Map<string | number, Entry>();
      entries(container, (step, keyAt, valueAt) => {
        all.set(step, { keyAt, valueAt });
        return skip(valueAt);
      });
      found = all;
      known.set(container, found);
    }
    return found;
  }

  return {
    duplicates: [...duplicates],
    locate(path, at) {
      let entry: Entry = { keyAt: root, valueAt: root };
      for (const step of path) {
        const first = text[entry.valueAt];
        const next = first === '{' || first === '[' ? entriesOf(entry.valueAt).get(step) : undefined;
        if (next === undefined) break;
        entry = next;
      }
      return at === 'key' ? entry.keyAt : entry.valueAt;
    },
  };
}
