/** What is expected at a place of a tree, or a problem saying so. */
import type { Entry, TreeNode } from './document.js';
import type { Problems } from './problems.js';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const RANGE = /^(\d+)(?:\.\.(\d+))?$/;
const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  1: true,
  false: false,
  False: false,
  FALSE: false,
  0: false,
};

/** Inclusive. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

export const isEmpty = (node: TreeNode): boolean =>
  node.kind === 'word' && (node.text === '' || node.text === '~');

const shown = (node: TreeNode): string => {
  if (node.kind === 'word') return node.text === '' ? 'nothing' : JSON.stringify(node.text.slice(0, 40));
  return node.kind === 'map' ? 'a map' : 'a list';
};

/** The number a word stands for, or NaN. */
export const numberOfWord = (text: string): number => (NUMBER.test(text) ? Number(text) : Number.NaN);

/** `5` or `0..9`, or null. */
export function rangeOfWord(text: string): IdRange | null {
  const match = RANGE.exec(text.trim());
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return to < from ? null : { from, to };
}

export class TreeReader {
  readonly problems: Problems;

  constructor(problems: Problems) {
    this.problems = problems;
  }

  #expected(node: TreeNode, what: string, expected: string): void {
    this.problems.add(node.at, `${what}: expected ${expected}, got ${shown(node)}`);
  }

  /** Entries of a map, or of a list of maps in turn, which the format takes for the same. */
  entries(node: TreeNode, what: string): readonly Entry[] {
    if (node.kind === 'map') return node.entries;
    if (node.kind === 'list') return node.items.flatMap((item) => this.entries(item, what));
    if (!isEmpty(node)) this.#expected(node, what, 'a map');
    return [];
  }

  /** As `entries`, by key; a key given twice counts once, the last time. */
  map(node: TreeNode, what: string): ReadonlyMap<string, Entry> {
    return new Map(this.entries(node, what).map((entry) => [entry.key, entry]));
  }

  /** Items of a list; a single part stands for a list of it. */
  items(node: TreeNode): readonly TreeNode[] {
    if (node.kind === 'list') return node.items;
    return isEmpty(node) ? [] : [node];
  }

  /** A required entry, or a problem at its parent. */
  need(parent: ReadonlyMap<string, Entry>, key: string, at: number, what: string): TreeNode | null {
    const entry = parent.get(key);
    if (entry !== undefined) return entry.value;
    this.problems.add(at, `${what} has no ${key}`);
    return null;
  }

  text(node: TreeNode, what: string): string {
    if (node.kind === 'word' && node.text !== '') return node.text;
    this.#expected(node, what, 'a word');
    return '';
  }

  /** NaN after a problem. */
  number(
    node: TreeNode,
    what: string,
    limits: { readonly min?: number; readonly max?: number } = {},
  ): number {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits;
    const value = node.kind === 'word' ? numberOfWord(node.text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const range = Number.isFinite(min) ? (Number.isFinite(max) ? ` ${min}..${max}` : ` >= ${min}`) : '';
    this.#expected(node, what, `a number${range}`);
    return Number.NaN;
  }

  /** NaN after a problem. */
  whole(node: TreeNode, what: string, min: number, max: number): number {
    const value = node.kind === 'word' ? numberOfWord(node.text) : Number.NaN;
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.#expected(node, what, `a whole number ${min}..${max}`);
    return Number.NaN;
  }

  flag(node: TreeNode, what: string): boolean {
    const value = node.kind === 'word' ? WORDS[node.text] : undefined;
    if (value !== undefined) return value;
    this.#expected(node, what, 'true or false');
    return false;
  }

  /** A flat list of numbers; null after a problem. */
  numbers(node: TreeNode, what: string): Float64Array | null {
    if (node.kind === 'numbers') {
      if (node.list.width === 1) return node.list.values;
    } else if (node.kind === 'list') {
      const values = Float64Array.from(node.items, (item) =>
        item.kind === 'word' ? numberOfWord(item.text) : Number.NaN,
      );
      const bad = values.findIndex((value) => Number.isNaN(value));
      if (bad < 0) return values;
      this.#expected(node.items[bad]!, `${what}[${bad}]`, 'a number');
      return null;
    }
    this.#expected(node, what, 'a list of numbers');
    return null;
  }

  /** A list of pairs as one array, two numbers each; null after a problem. */
  pairs(node: TreeNode, what: string): Float64Array | null {
    if (node.kind === 'numbers') {
      if (node.list.width === 2) return node.list.values;
    } else if (node.kind === 'list') {
      const rows = node.items.map((item) => this.numbers(item, what));
      const bad = rows.findIndex((row) => row !== null && row.length !== 2);
      if (bad >= 0) this.problems.add(node.items[bad]!.at, `${what}[${bad}]: expected a pair`);
      else if (rows.every((row) => row !== null))
        return Float64Array.from(rows.flatMap((row) => [row![0]!, row![1]!]));
      return null;
    }
    this.#expected(node, what, 'a list of pairs');
    return null;
  }
}
