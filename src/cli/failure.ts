/** What a command says and returns when it fails (docs/errors.md). */
import { type ErrorCode, SeamountError, ViolationsError } from '../../cores/index.js';
import { painter, type Terminal } from './terminal.js';

export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  E_USAGE: 2,
  E_CAPACITY: 3,
  E_INPUT: 4,
  E_MISMATCH: 5,
  E_OVERFLOW: 1,
  E_STALL: 1,
  E_WORKER: 1,
  E_IO: 1,
  E_ABORTED: 130,
};

/** More than this many lines help nobody; the JSON form has all of them. */
const LISTED = 50;

/** Reports an error on stderr, with `json` also as an object on stdout, and returns the exit code. */
export function reportFailure(cause: unknown, terminal: Terminal, json: boolean): number {
  const error = cause instanceof SeamountError ? cause : unexpected(cause);
  const paint = painter(terminal.colours.err);
  const head = paint(['red', 'bold'], `error ${error.code}`);
  const say = (text: string): void => terminal.err(`${text}\n`);
  if (error instanceof ViolationsError && error.violations.length > 1) {
    say(`${head}: ${error.violations.length} things are wrong`);
    for (const { subject, message, hint } of error.violations.slice(0, LISTED))
      say(`  ${subject}: ${message}${hint === '' ? '' : paint('dim', ` (${hint})`)}`);
    if (error.violations.length > LISTED) say(`  and ${error.violations.length - LISTED} more`);
  } else {
    say(`${head}: ${error.message}`);
    if (error.hint !== '') say(paint('dim', `  hint: ${error.hint.replaceAll('\n', '\n  hint: ')}`));
  }
  if (!(cause instanceof SeamountError) && cause instanceof Error && cause.stack !== undefined)
    say(paint('dim', cause.stack.split('\n').slice(1, 6).join('\n')));
  const exit = EXIT_CODES[error.code];
  if (json) terminal.out(`${JSON.stringify(failureObject(error, exit), undefined, 2)}\n`);
  return exit;
}

/** What `--json` prints for a command line that could not be read. */
export const usageObject = (message: string): object =>
  failureObject(new SeamountError('E_USAGE', message.replace(/^error: /, '')), EXIT_CODES.E_USAGE);

const failureObject = (error: SeamountError, exit: number): object => ({
  schema: 'seamount/error/1',
  code: error.code,
  exit,
  message: error.message,
  hint: error.hint,
  violations: error instanceof ViolationsError ? error.violations : [],
});

/** A defect of ours: reported as such, never as the user's mistake. */
function unexpected(cause: unknown): SeamountError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new SeamountError(
    'E_WORKER',
    `unexpected: ${message}`,
    'this is a defect of seamount; please report it with the command and file',
    { cause },
  );
}
