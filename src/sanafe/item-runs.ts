/**
 * Long runs of list items that stand on a line each, `- n.3: {core: 0.0}`. They are parsed a few hundred at a time and
 * forgotten: the parser's own tree of 40,000 such lines is tens of MiB. In the text an item with a word takes their place.
 */
import { ShortenedText } from './shortened-text.js';

export interface ItemPiece {
  /** Lines of one list, whole. */
  readonly text: string;
  /** Where it begins in the text that was scanned. */
  readonly from: number;
}

export interface ScannedItems {
  readonly rest: ShortenedText;
  /** The pieces a word stands for, if it is one of ours. */
  readonly piecesOf: (word: string) => readonly ItemPiece[] | undefined;
}

/** Shorter runs are left to the parser. */
const LONG = 512;
const PIECE = 256;
const ITEM = /^( *)- \S/;
/** What may tie a line to others: anchors, aliases, literal blocks, tags. */
const TIES = /[&*!]|[|>][-+\d]*[ \r]*$/m;

export function scanItems(text: string, prefix: string): ScannedItems {
  const rest = new ShortenedText(text);
  const runs = new Map<string, readonly ItemPiece[]>();
  const piecesOf = (word: string): readonly ItemPiece[] | undefined => runs.get(word);
  if (TIES.test(text)) return { rest, piecesOf };
  let starts: number[] = [];
  let indent = -1;
  const close = (): void => {
    // The last item may go on in the lines after it.
    const end = starts.pop();
    if (end !== undefined && starts.length >= LONG) {
      const word = `${prefix}${runs.size}`;
      runs.set(word, piecesFrom(text, starts, end));
      rest.replace(starts[0]!, end, `${' '.repeat(indent)}- ${word}\n`);
    }
    starts = [];
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, end);
    const own = ITEM.exec(line)?.[1]?.length ?? -1;
    if (own < 0 || own !== indent || !isWhole(line)) close();
    if (own >= 0 && isWhole(line)) {
      indent = own;
      starts.push(at);
    }
    at = end;
  }
  close();
  return { rest, piecesOf };
}

function piecesFrom(text: string, starts: readonly number[], end: number): ItemPiece[] {
  const pieces: ItemPiece[] = [];
  for (let k = 0; k < starts.length; k += PIECE) {
    const from = starts[k]!;
    pieces.push({ text: text.slice(from, starts[k + PIECE] ?? end), from });
  }
  return pieces;
}

/** Whether brackets and quotes of a line close on it. */
function isWhole(line: string): boolean {
  let depth = 0;
  let single = 0;
  let double = 0;
  for (let i = 0; i < line.length; i++) {
    const c = line.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) depth++;
    else if (c === 0x5d || c === 0x7d) depth--;
    else if (c === 0x27) single++;
    else if (c === 0x22) double++;
  }
  return depth === 0 && single % 2 === 0 && double % 2 === 0;
}
