/** What `compile` complains about, one line each; empty when it does not. */
import { type ErrorCode, ViolationsError } from '../../cores/index.js';
import { type CompileOptions, compile, type Network } from '../../src/index.js';

export interface Complaints {
  readonly code: ErrorCode | null;
  readonly lines: readonly string[];
  readonly hints: readonly string[];
}

export function complaintsOf(network: Network, options: CompileOptions = {}): Complaints {
  try {
    compile(network, options);
  } catch (error) {
    if (!(error instanceof ViolationsError)) throw error;
    const { code, violations } = error;
    return {
      code,
      lines: violations.map(({ subject, message }) => `${subject}: ${message}`),
      hints: violations.map(({ hint }) => hint),
    };
  }
  return { code: null, lines: [], hints: [] };
}
