/** The worker's side of the protocol, without a worker: answers, failures, progress, cancellation. */
import { describe, expect, it } from 'vitest';
import { SeamountError, ViolationsError } from '../../cores/index.js';
import type { Calls, FromWorker, Handlers } from '../../src/page/protocol.js';
import { serve } from '../../src/page/worker/serve.js';

function open(handlers: Handlers<Calls> | Error) {
  const said: FromWorker[] = [];
  const transferred: ArrayBuffer[][] = [];
  const port = {
    postMessage: (message: FromWorker, buffers: ArrayBuffer[]) => {
      said.push(message);
      transferred.push(buffers);
    },
  };
  const take = serve(port, async () => {
    if (handlers instanceof Error) throw handlers;
    return handlers;
  });
  const settled = async (count: number): Promise<readonly FromWorker[]> => {
    while (said.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    return said;
  };
  return { take, settled, transferred };
}

describe('serve', () => {
  it('answers in any order, each with its number', async () => {
    const { take, settled } = open({
      slow: async (params) => {
        const { ms } = params as { readonly ms: number };
        return new Promise((resolve) => setTimeout(() => resolve(ms), ms));
      },
    });
    take({ kind: 'open', panel: 'neuron' });
    take({ kind: 'ask', id: 1, method: 'slow', params: { ms: 30 } });
    take({ kind: 'ask', id: 2, method: 'slow', params: { ms: 1 } });
    expect(await settled(2)).toEqual([
      { kind: 'result', id: 2, result: 1 },
      { kind: 'result', id: 1, result: 30 },
    ]);
  });

  it('sends failures as data, with the way out', async () => {
    const violations = [
      { subject: 'population a', message: 'too large', hint: 'make it smaller' },
      { subject: 'population b', message: 'too large', hint: 'make it smaller' },
    ];
    const { take, settled } = open({
      one: () => {
        throw new SeamountError('E_USAGE', 'no', 'say yes');
      },
      many: () => {
        throw new ViolationsError('E_INPUT', violations);
      },
      foreign: () => {
        throw new TypeError('x is undefined');
      },
    });
    take({ kind: 'open', panel: 'neuron' });
    for (const [id, method] of ['one', 'many', 'foreign', 'none'].entries())
      take({ kind: 'ask', id, method, params: null });
    const said = await settled(4);
    expect(said).toEqual([
      { kind: 'failure', id: 0, failure: { code: 'E_USAGE', message: 'no', hint: 'say yes' } },
      {
        kind: 'failure',
        id: 1,
        failure: {
          code: 'E_INPUT',
          message: 'population a: too large\npopulation b: too large',
          hint: 'make it smaller',
        },
      },
      { kind: 'failure', id: 2, failure: { code: 'E_WORKER', message: 'x is undefined', hint: '' } },
      {
        kind: 'failure',
        id: 3,
        failure: { code: 'E_USAGE', message: 'this panel has no call none', hint: '' },
      },
    ]);
  });

  it('says to every call that the panel could not be loaded, or was never opened', async () => {
    const lost = open(new Error('gone'));
    lost.take({ kind: 'open', panel: 'neuron' });
    lost.take({ kind: 'ask', id: 1, method: 'any', params: null });
    expect(await lost.settled(1)).toMatchObject([{ kind: 'failure', failure: { message: 'gone' } }]);
    const unopened = open({});
    unopened.take({ kind: 'ask', id: 1, method: 'any', params: null });
    expect(await unopened.settled(1)).toMatchObject([{ failure: { message: 'no panel is open' } }]);
  });

  it('ends a call that breathes when it is cancelled, and reports progress until then', async () => {
    const { take, settled } = open({
      count: async (_, { report, breathe }) => {
        for (let i = 0; i < 1_000_000; i++) {
          report(i);
          await breathe();
        }
      },
    });
    take({ kind: 'open', panel: 'neuron' });
    take({ kind: 'ask', id: 7, method: 'count', params: null });
    await settled(3);
    take({ kind: 'cancel', id: 7 });
    take({ kind: 'cancel', id: 8 });
    const last = async (): Promise<FromWorker | undefined> => (await settled(3)).at(-1);
    while ((await last())?.kind === 'progress') await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await last()).toEqual({
      kind: 'failure',
      id: 7,
      failure: { code: 'E_ABORTED', message: 'cancelled', hint: '' },
    });
  });

  it('hands over buffers with the answer', async () => {
    const { take, settled, transferred } = open({
      give: (_, { transfer }) => {
        const data = new Uint8Array(8);
        transfer(data.buffer);
        return data;
      },
    });
    take({ kind: 'open', panel: 'neuron' });
    take({ kind: 'ask', id: 1, method: 'give', params: null });
    await settled(1);
    expect(transferred[0]).toHaveLength(1);
  });
});
