/** Everything wrong with one text, by where it is; thrown at once with lines and columns. */
import { type Violation, ViolationsError } from '../../cores/index.js';
import { type Place, placesIn, subjectAt } from '../netfile/document.js';

/** More than this are counted, not listed. */
const LISTED = 200;

interface Problem {
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

export class Problems {
  readonly #name: string;
  readonly #text: string;
  readonly #list: Problem[] = [];
  readonly #said = new Set<string>();
  #places: ((offset: number) => Place) | null = null;

  /** `name` is the file's, for messages. */
  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
  }

  get count(): number {
    return this.#list.length;
  }

  /** `at` is an offset in the text. What was said of it already is not said again: many neurons share attributes. */
  add(at: number, message: string, hint = ''): void {
    const key = `${at} ${message}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#list.push({ at, message, hint });
  }

  /** `file:line:column` of an offset, both from 1. */
  subject(at: number): string {
    this.#places ??= placesIn(this.#text);
    return subjectAt(this.#name, this.#places(at));
  }

  /** Violations in order of place. */
  violations(): Violation[] {
    const sorted = [...this.#list].sort((a, b) => a.at - b.at);
    const listed = sorted
      .slice(0, LISTED)
      .map(({ at, message, hint }) => ({ subject: this.subject(at), message, hint }));
    if (sorted.length > LISTED) {
      listed.push({ subject: this.#name, message: `and ${sorted.length - LISTED} more`, hint: '' });
    }
    return listed;
  }

  /** @throws {ViolationsError} `E_INPUT` with all of them */
  throwIfAny(): void {
    if (this.#list.length > 0) throw new ViolationsError('E_INPUT', this.violations());
  }
}
