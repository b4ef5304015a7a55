/** Answers of the neuron panel's worker. */
import { SeamountError } from '../../../cores/index.js';
import type { Handlers } from '../protocol.js';
import type { NeuronCalls } from './calls.js';
import { rateCurve } from './curve.js';
import { LiveNeuron } from './live.js';
import { measureNeuron } from './measure.js';

let live: LiveNeuron | null = null;
/** Calls that touch the live chip, one after another. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = queue.then(work, work);
  queue = done.catch(() => undefined);
  return done;
}

export const handlers: Handlers<NeuronCalls> = {
  programme: (parameters) =>
    inTurn(async () => {
      const before = live;
      live = await LiveNeuron.open(parameters, before);
      await before?.close();
      return live.programme;
    }),
  advance: ({ steps }) =>
    inTurn(async () => {
      if (live === null) throw new SeamountError('E_USAGE', 'the neuron is not programmed yet');
      return live.advance(steps);
    }),
  send: () =>
    inTurn(async () => {
      live?.sendSpike();
      return null;
    }),
  measure: measureNeuron,
  curve: rateCurve,
};
