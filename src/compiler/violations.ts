/** Collects what is wrong, so that the user learns all of it at once. */
import { type ErrorCode, type Violation, ViolationsError } from '../../cores/index.js';

export class Violations {
  readonly #list: Violation[] = [];

  /** `subject` is the user's object, as they named it. */
  add(subject: string, message: string, hint = ''): void {
    this.#list.push({ subject, message, hint });
  }

  addAll(violations: readonly Violation[]): void {
    this.#list.push(...violations);
  }

  get count(): number {
    return this.#list.length;
  }

  throwIfAny(code: ErrorCode): void {
    if (this.#list.length > 0) throw new ViolationsError(code, this.#list);
  }
}
