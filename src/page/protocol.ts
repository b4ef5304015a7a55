/**
 * What the page and its workers say to each other. The page asks, a worker answers; each request has a number and
 * may be cancelled. What a panel can ask is a table of its own (`<panel>/calls.ts`), so both ends are typed by it.
 */
import { SeamountError, ViolationsError } from '../../cores/index.js';

export const PANEL_NAMES = ['neuron', 'coding', 'chip', 'digits'] as const;

export type PanelName = (typeof PANEL_NAMES)[number];

/** What a worker can be opened for. */
export type WorkerName = PanelName | 'self-test';

/** One thing a panel can ask of its worker. */
export interface Call {
  readonly params: unknown;
  readonly result: unknown;
  /** What is reported before the result; `never` where nothing is. */
  readonly progress: unknown;
}

export type Calls = Readonly<Record<string, Call>>;

/** What answers a panel's calls, in its worker. */
export type Handlers<C extends Calls> = {
  readonly [M in keyof C]: (
    params: C[M]['params'],
    context: CallContext<C[M]['progress']>,
  ) => Promise<C[M]['result']> | C[M]['result'];
};

export interface CallContext<Progress = unknown> {
  /** Fires when the page no longer wants the answer. */
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /** Hands these buffers over with the answer instead of copying them; the worker must not use them again. */
  transfer(...buffers: ArrayBuffer[]): void;
  /** Lets waiting messages in, cancellations among them. Throws E_ABORTED when this call was cancelled. */
  breathe(): Promise<void>;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly panel: WorkerName }
  /** Loads the code of other panels' workers into the browser's cache, so that they open without the network. */
  | { readonly kind: 'ahead'; readonly panels: readonly WorkerName[] }
  | { readonly kind: 'ask'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure };

/** An error as it crosses: classes are lost between threads. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What went wrong, in words for the user; all violations, one a line. */
export function failureOf(cause: unknown): Failure {
  if (cause instanceof ViolationsError) {
    const message = cause.violations.map((v) => `${v.subject}: ${v.message}`).join('\n');
    const hint = [...new Set(cause.violations.map((v) => v.hint).filter((h) => h !== ''))].join('; ');
    return { code: cause.code, message, hint };
  }
  if (cause instanceof SeamountError) return { code: cause.code, message: cause.message, hint: cause.hint };
  return { code: 'E_WORKER', message: cause instanceof Error ? cause.message : String(cause), hint: '' };
}

export const isAborted = (cause: unknown): boolean => failureOf(cause).code === 'E_ABORTED';
