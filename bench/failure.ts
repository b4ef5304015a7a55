/** How a bench fails: a line on stderr and the exit codes of the command line (docs/errors.md). */
import process from 'node:process';
import { EXIT_CODES } from '../src/cli/failure.js';
import { type ErrorCode, SeamountError } from '../src/index.js';

/** Says what went wrong; returns the exit code. */
export function fail(cause: unknown): number {
  if (cause instanceof SeamountError) {
    process.stderr.write(`error ${cause.code}: ${cause.message}\n`);
    if (cause.hint !== '') process.stderr.write(`  hint: ${cause.hint}\n`);
    return EXIT_CODES[cause.code];
  }
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
  return 1;
}

/** The error code behind a child's exit code, so that a failed check in a process of its own stays a failed check. */
export function codeOfExit(exit: number | null): ErrorCode {
  const [code] = Object.entries(EXIT_CODES).find(([, each]) => each === exit && each !== 1) ?? ['E_WORKER'];
  return code as ErrorCode;
}
