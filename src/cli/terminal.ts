/**
 * The world a command sees: where results and messages go, what the terminal can show, how the user stops it.
 * `main.ts` makes one from the process; tests make one from arrays.
 */
import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta' | 'blue';

export interface Terminal {
  /** Results, and nothing else. */
  out(text: string): void;
  /** Progress, notices and errors. */
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** Whether a progress line may be drawn on stderr. */
  readonly drawsProgress: boolean;
  /** Columns of stdout. */
  readonly columns: number;
  readonly colours: { readonly out: boolean; readonly err: boolean };
  /** Aborts when the user presses Ctrl-C; a command that never asks for it is simply ended. */
  interruptSignal(): AbortSignal;
  /** Seconds from some fixed moment; for speeds shown to people, never for results. */
  now(): number;
}

/** A painter for one of the two streams. */
export const painter =
  (colours: boolean) =>
  (style: Style | readonly Style[], text: string): string =>
    colours ? styleText([style].flat() as Style[], text, { validateStream: false }) : text;

/** Whether a stream gets colours: NO_COLOR and FORCE_COLOR decide, then whether it is a terminal. */
export function wantsColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  if (environment.FORCE_COLOR !== undefined)
    return environment.FORCE_COLOR !== '0' && environment.FORCE_COLOR !== 'false';
  return isTerminal && environment.TERM !== 'dumb';
}
