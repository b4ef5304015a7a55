/** What is wrong with one recording, collected so that all of it is told at once. */
import { type Violation, ViolationsError } from '../../cores/index.js';

/** Faults beyond this many are counted, not listed. */
const LISTED = 20;

/** The faults and the harmless strangers of one file. */
export class Complaints {
  readonly file: string;
  readonly notes: string[] = [];
  readonly #list: Violation[] = [];
  #more = 0;

  constructor(file: string) {
    this.file = file;
  }

  add(path: string, message: string, hint = ''): void {
    if (this.#list.length === LISTED) this.#more++;
    else this.#list.push({ subject: path === '' ? this.file : `${this.file}: ${path}`, message, hint });
  }

  /** @throws {ViolationsError} E_INPUT when anything was wrong */
  throwIfAny(): void {
    if (this.#list.length === 0) return;
    const rest =
      this.#more === 0 ? [] : [{ subject: this.file, message: `and ${this.#more} more`, hint: '' }];
    throw new ViolationsError('E_INPUT', [...this.#list, ...rest]);
  }
}
