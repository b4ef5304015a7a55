/**
 * A YAML text as a tree of maps, lists and words that know where they are. Words stay words: `core: 0.10` names
 * core 10, which the number 0.1 would not.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { depthOf } from '../netfile/document.js';
import { type ItemPiece, scanItems } from './item-runs.js';
import { type NumberList, scanNumberLists, unusedWord } from './number-lists.js';
import type { Problems } from './problems.js';

interface At {
  /** Offset in the text. */
  readonly at: number;
}

export interface WordNode extends At {
  readonly kind: 'word';
  readonly text: string;
}

/** A long list of numbers, not taken apart. */
export interface NumbersNode extends At {
  readonly kind: 'numbers';
  readonly list: NumberList;
}

export interface ListNode extends At {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

export interface Entry extends At {
  readonly key: string;
  readonly value: TreeNode;
}

export interface MapNode extends At {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

export type TreeNode = WordNode | NumbersNode | ListNode | MapNode;

/** The parser recurses; no file of this format needs more. */
const MAX_DEPTH = 100;

/**
 * The root of `text`, or null when it cannot be read, which `problems` then says. `origin` tells where an offset is in
 * the text that the problems are about.
 */
export function readTree(
  text: string,
  problems: Problems,
  origin: (offset: number) => number = (offset) => offset,
): TreeNode | null {
  if (depthOf(text) > MAX_DEPTH) {
    problems.add(origin(0), `is nested more than ${MAX_DEPTH} deep`);
    return null;
  }
  const numbers = scanNumberLists(text);
  const short = numbers.rest.toString();
  const items = scanItems(short, unusedWord(short, 'items'));
  const place = (offset: number): number => origin(Math.min(numbers.rest.origin(offset), text.length));
  const build = (part: string, placeOf: (offset: number) => number): TreeNode | null => {
    const document = parseDocument(part, { prettyErrors: false, schema: 'failsafe', version: '1.2' });
    const [error] = document.errors;
    if (error === undefined) {
      const lists = { numbers: numbers.listOf, items: (word: string) => itemsOf(items.piecesOf(word)) };
      return new TreeBuilder(document, lists, problems, placeOf).build(document.contents, 0);
    }
    problems.add(placeOf(error.pos[0]), `is not YAML: ${error.message}`);
    return null;
  };
  const itemsOf = (pieces: readonly ItemPiece[] | undefined): readonly TreeNode[] | undefined =>
    pieces?.flatMap(({ text: lines, from }) => {
      const part = build(lines, (offset) => place(from + offset));
      return part?.kind === 'list' ? part.items : [];
    });
  return build(items.rest.toString(), (offset) => place(items.rest.origin(offset)));
}

/** What words stand for that the parser was given in place of lists. */
interface Lists {
  readonly numbers: (word: string) => NumberList | undefined;
  readonly items: (word: string) => readonly TreeNode[] | undefined;
}

class TreeBuilder {
  readonly #document: Document.Parsed;
  readonly #lists: Lists;
  readonly #problems: Problems;
  readonly #place: (offset: number) => number;

  constructor(
    document: Document.Parsed,
    lists: Lists,
    problems: Problems,
    place: (offset: number) => number,
  ) {
    this.#document = document;
    this.#lists = lists;
    this.#problems = problems;
    this.#place = place;
  }

  build(node: unknown, otherwise: number, aliases = 0): TreeNode {
    const at = (node as Node | null)?.range?.[0] ?? otherwise;
    if (isAlias(node)) {
      // An alias inside what it stands for would never end.
      const anchored = node.resolve(this.#document);
      if (anchored === undefined)
        this.#problems.add(this.#place(at), `no anchor &${node.source} before this alias`);
      else if (aliases < MAX_DEPTH) return this.build(anchored, at, aliases + MAX_DEPTH / 4);
      else this.#problems.add(this.#place(at), 'has aliases within aliases', 'write the parts out');
      return { kind: 'word', at: this.#place(at), text: '' };
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const keyAt = (key as Node | null)?.range?.[0] ?? at;
        if (!isScalar(key)) this.#problems.add(this.#place(keyAt), 'expected a plain word as key');
        return {
          key: isScalar(key) ? String(key.value ?? '') : '',
          at: this.#place(keyAt),
          value: this.build(value, keyAt, aliases),
        };
      });
      return { kind: 'map', at: this.#place(at), entries };
    }
    if (isSeq(node)) {
      return {
        kind: 'list',
        at: this.#place(at),
        items: node.items.flatMap((item): readonly TreeNode[] => {
          const built = this.build(item, at, aliases);
          return (built.kind === 'word' ? this.#lists.items(built.text) : undefined) ?? [built];
        }),
      };
    }
    const text = isScalar(node) ? String(node.value ?? '') : '';
    const list = this.#lists.numbers(text);
    return list === undefined
      ? { kind: 'word', at: this.#place(at), text }
      : { kind: 'numbers', at: this.#place(at), list };
  }
}
