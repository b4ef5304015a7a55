/** The worker of one panel. It holds the panel's chip; only the code of that panel is loaded. */
import { SeamountError } from '../../../cores/index.js';
import type { Calls, Handlers, ToWorker } from '../protocol.js';
import { serve } from './serve.js';

async function load(panel: string): Promise<Handlers<Calls>> {
  switch (panel) {
    case 'neuron':
      return (await import('../neuron/handlers.js')).handlers as unknown as Handlers<Calls>;
    case 'chip':
      return (await import('../chip/handlers.js')).handlers as unknown as Handlers<Calls>;
    case 'coding':
      return (await import('../coding/handlers.js')).handlers as unknown as Handlers<Calls>;
    case 'digits':
      return (await import('../digits/handlers.js')).handlers as unknown as Handlers<Calls>;
    case 'self-test':
      return (await import('../self-test/handlers.js')).handlers as unknown as Handlers<Calls>;
    default:
      throw new SeamountError('E_USAGE', `there is no panel ${panel}`);
  }
}

const take = serve(
  { postMessage: (message, transfer) => globalThis.postMessage(message, { transfer }) },
  load,
);

globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => take(data));
