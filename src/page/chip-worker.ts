/** The page's side of the protocol: one worker, and the calls of the panel it serves. */
import { type ErrorCode, SeamountError } from '../../cores/index.js';
import { type Calls, type FromWorker, PANEL_NAMES, type ToWorker, type WorkerName } from './protocol.js';

/** ms after which the panel surely runs. */
const AHEAD_MS = 4_000;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (cause: Error) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

export interface AskOptions<Progress> {
  /** Cancels the call: it then rejects with E_ABORTED. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export class ChipWorker<C extends Calls> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ahead: ReturnType<typeof setTimeout> | undefined;
  #next = 1;
  #lost: SeamountError | null = null;

  constructor(panel: WorkerName) {
    this.#worker = new Worker(new URL('./worker/worker.js', import.meta.url), {
      type: 'module',
      name: panel,
    });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(
        new SeamountError('E_WORKER', event.message || 'the worker could not be loaded', 'reload the page'),
      );
    };
    this.#worker.onmessageerror = () =>
      this.#lose(
        new SeamountError('E_WORKER', 'an answer of the worker could not be read', 'reload the page'),
      );
    this.#send({ kind: 'open', panel });
    if (!new URLSearchParams(location.search).has('embed'))
      this.#ahead = setTimeout(() => this.#send({ kind: 'ahead', panels: PANEL_NAMES }), AHEAD_MS);
  }

  /** Asks, and waits for the answer. @throws {SeamountError} what the worker says went wrong */
  ask<M extends keyof C & string>(
    method: M,
    params: C[M]['params'],
    options: AskOptions<C[M]['progress']> = {},
  ): Promise<C[M]['result']> {
    const { signal, onProgress } = options;
    const id = this.#next++;
    return new Promise<C[M]['result']>((resolve, reject) => {
      if (this.#lost !== null) return reject(this.#lost);
      if (signal?.aborted) return reject(new SeamountError('E_ABORTED', 'cancelled'));
      const cancel = (): void => this.#send({ kind: 'cancel', id });
      const settled = (): void => signal?.removeEventListener('abort', cancel);
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (cause) => {
          settled();
          reject(cause);
        },
        onProgress: onProgress as Waiting['onProgress'],
      });
      this.#send({ kind: 'ask', id, method, params });
    });
  }

  /** Ends the worker; calls that wait reject with E_ABORTED. */
  close(): void {
    this.#lose(new SeamountError('E_ABORTED', 'the panel was closed'));
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === 'progress') {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting.resolve(message.result);
    else {
      const { code, message: text, hint } = message.failure;
      waiting.reject(new SeamountError(code as ErrorCode, text, hint));
    }
  }

  #lose(cause: SeamountError): void {
    clearTimeout(this.#ahead);
    this.#worker.terminate();
    this.#lost = cause;
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }
}
