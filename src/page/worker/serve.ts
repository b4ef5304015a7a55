/** The worker's side of the protocol: takes requests, runs handlers, sends answers. */
import { SeamountError } from '../../../cores/index.js';
import {
  type CallContext,
  type Calls,
  type FromWorker,
  failureOf,
  type Handlers,
  type ToWorker,
} from '../protocol.js';

type AnyHandler = (params: unknown, context: CallContext) => unknown;

/** Where messages go; a worker's global scope, or a test's. */
export interface Port {
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void;
}

/**
 * Answers the messages of one panel. Handlers are loaded by the first of them; requests wait for that.
 * @param load gives the handlers of the panel that was opened
 */
export function serve(
  port: Port,
  load: (panel: string) => Promise<Handlers<Calls>>,
): (message: ToWorker) => void {
  const running = new Map<number, AbortController>();
  let handlers: Promise<Handlers<Calls>> | null = null;

  const answer = async (id: number, method: string, params: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const { signal } = controller;
    const buffers: ArrayBuffer[] = [];
    const context: CallContext = {
      signal,
      report: (progress) => port.postMessage({ kind: 'progress', id, progress }, []),
      transfer: (...more) => void buffers.push(...more),
      breathe: async () => {
        await macrotask();
        if (signal.aborted) throw new SeamountError('E_ABORTED', 'cancelled');
      },
    };
    try {
      if (handlers === null) throw new SeamountError('E_USAGE', 'no panel is open');
      const handler = (await handlers)[method] as AnyHandler | undefined;
      if (handler === undefined) throw new SeamountError('E_USAGE', `this panel has no call ${method}`);
      const result = await handler(params, context);
      port.postMessage({ kind: 'result', id, result }, buffers);
    } catch (cause) {
      port.postMessage({ kind: 'failure', id, failure: failureOf(cause) }, []);
    } finally {
      running.delete(id);
    }
  };

  return (message) => {
    if (message.kind === 'open') {
      handlers = load(message.panel);
      handlers.catch(() => undefined); // said by every answer
    } else if (message.kind === 'ahead') {
      for (const panel of message.panels) load(panel).catch(() => undefined); // said when it is opened
    } else if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void answer(message.id, message.method, message.params);
  };
}

/** Resolves after messages that wait have been taken. A message of its own is not slowed down, as timers are. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
