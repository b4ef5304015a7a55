/**
 * Long flow lists of numbers, `[[0,1],[0,2], ...]`, read before the YAML parser sees them, which takes a hundred times
 * as long: seconds for the 98,304 pairs of golden net g08. In the text a short word takes the place of each.
 */
import { ShortenedText } from './shortened-text.js';

export interface NumberList {
  readonly values: Float64Array;
  /** 1 for a flat list, k for a list of lists of k numbers each, 0 for anything else. */
  readonly width: number;
}

export interface ScannedText {
  /** With a word for each list. */
  readonly rest: ShortenedText;
  /** What a word stands for, if it is one of ours. */
  readonly listOf: (word: string) => NumberList | undefined;
}

/** Shorter lists are left to the parser. */
const LONG = 160;

export function scanNumberLists(text: string): ScannedText {
  const prefix = unusedWord(text, 'numbers');
  const lists = new Map<string, NumberList>();
  const rest = new ShortenedText(text);
  for (let open = text.indexOf('['); open >= 0; open = text.indexOf('[', open + 1)) {
    const end = endOf(text, open);
    if (end - open < LONG) continue;
    const list = readList(text, open, end);
    if (list !== null) {
      const word = `${prefix}${lists.size}`;
      lists.set(word, list);
      rest.replace(open, end, word);
    }
    open = end - 1;
  }
  return { rest, listOf: (word) => lists.get(word) };
}

/** Where the list at `open` ends; 0 when it holds anything but numbers and one more level of lists. */
function endOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x5b) {
      if (++depth > 2) return 0;
    } else if (c === 0x5d) {
      if (--depth === 0) return at + 1;
    } else if (!isOfNumbers(c)) return 0;
  }
  return 0;
}

/** Digits, `-+.,eE` and white space. */
const isOfNumbers = (c: number): boolean =>
  (c >= 0x30 && c <= 0x39) ||
  (c >= 0x2b && c <= 0x2e) ||
  c === 0x20 ||
  c === 0x0a ||
  c === 0x0d ||
  c === 0x09 ||
  c === 0x65 ||
  c === 0x45;

/** Letters only, so that it is a plain word to YAML; not part of the text. */
export function unusedWord(text: string, word: string): string {
  let unused = word;
  while (text.includes(unused)) unused += 'x';
  return unused;
}

/** The numbers of `text[from .. to)`, or null where it is not a list of numbers or of equally long lists of them. */
function readList(text: string, from: number, to: number): NumberList | null {
  let values = new Float64Array(1024);
  let count = 0;
  let depth = 0;
  let deepest = 0;
  let width = -1;
  let rowStart = 0;
  let isLoose = false;
  let at = from;
  while (at < to) {
    const c = text.charCodeAt(at);
    if (c === 0x5b) {
      deepest = Math.max(deepest, ++depth);
      if (depth > 2) return null;
      rowStart = count;
      at++;
    } else if (c === 0x5d) {
      if (depth === 2) {
        const row = count - rowStart;
        if (width >= 0 && row !== width) width = 0;
        else if (width < 0) width = row;
      }
      depth--;
      at++;
    } else if (c === 0x2c || c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) at++;
    else {
      const start = at;
      const value = readNumber(text, at);
      at = value.end;
      if (at === start || Number.isNaN(value.value)) return null;
      isLoose ||= depth === 1;
      if (count === values.length) values = grown(values);
      values[count++] = value.value;
    }
  }
  return { values: values.subarray(0, count), width: deepest === 1 ? 1 : isLoose ? 0 : Math.max(0, width) };
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Small integers digit by digit, the rest by the platform. */
function readNumber(text: string, from: number): { readonly value: number; readonly end: number } {
  let at = from;
  const negative = text.charCodeAt(at) === 0x2d;
  if (negative) at++;
  let value = 0;
  const digits = at;
  for (let c = text.charCodeAt(at); c >= 0x30 && c <= 0x39; c = text.charCodeAt(++at))
    value = value * 10 + c - 0x30;
  const c = text.charCodeAt(at);
  const plain = c === 0x2c || c === 0x5d || c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
  if (plain && at > digits && at - digits <= 15) return { value: negative ? -value : value, end: at };
  while (at < text.length && !/[,\]\s]/.test(text[at]!)) at++;
  return { value: Number(text.slice(from, at)), end: at };
}
