/**
 * The errors of every layer. A message names the user's object, what it needs and what there is;
 * `hint` is the way out. `code` is stable and documented in docs/errors.md.
 */
export type ErrorCode =
  /** wrong call or option (exit 2) */
  | 'E_USAGE'
  /** the network does not fit the chip (exit 3) */
  | 'E_CAPACITY'
  /** a network, image, recording or checkpoint file is bad (exit 4) */
  | 'E_INPUT'
  /** a comparison failed (exit 5) */
  | 'E_MISMATCH'
  /** a sum left its register under the `error` rule, or left the emulator's 30 bits (exit 1) */
  | 'E_OVERFLOW'
  /** a shard waited too long at the barrier (exit 1) */
  | 'E_STALL'
  /** a worker died or threw (exit 1) */
  | 'E_WORKER'
  /** a file could not be written or read (exit 1) */
  | 'E_IO'
  /** stopped by the user (exit 130) */
  | 'E_ABORTED';

export class SeamountError extends Error {
  readonly code: ErrorCode;
  /** What to do about it; empty when there is nothing useful to say. */
  readonly hint: string;
  constructor(code: ErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'SeamountError';
    this.code = code;
    this.hint = hint;
  }
}

/** One thing that is wrong; checks collect all of them before they throw. */
export interface Violation {
  /** The user's object: `population hidden`, `nets/a.yaml:12:5`. */
  readonly subject: string;
  readonly message: string;
  readonly hint: string;
}

/** Several violations at once, one line each. */
export class ViolationsError extends SeamountError {
  readonly violations: readonly Violation[];
  constructor(code: ErrorCode, violations: readonly Violation[]) {
    super(
      code,
      violations.map((v) => `${v.subject}: ${v.message}`).join('\n'),
      [...new Set(violations.map((v) => v.hint).filter(Boolean))].join('\n'),
    );
    this.name = 'ViolationsError';
    this.violations = violations;
  }
}
