/** What the messages of a step cannot be made from is refused, with the way out. */
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import type { Recording } from '../../routing/index.js';
import { StepClock } from '../../src/account/step-clock.js';
import { costProfileNamed } from '../../src/index.js';
import { coreCosts, meshCosts } from '../../src/timing/core-costs.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { SimpleSums } from '../../src/timing/simple-sums.js';
import { tinyImage } from '../routing/tiny-image.js';
import { randomRecording } from './random-recording.js';
import { figure, PEER_COSTS } from './sanafe-case.js';
import { timesBy } from './simple-times.js';

const PS = coreCosts(PEER_COSTS).costs;
const { image } = tinyImage({ sources: 0 });
const recording = randomRecording(image, { seed: 1, from: 1, steps: 2, rarity: 3 });

function errorOf(run: () => unknown): SeamountError {
  try {
    run();
  } catch (error) {
    if (error instanceof SeamountError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const walked = (changes: Partial<Recording>, updates: 'state' | 'arrivals' = 'state') =>
  errorOf(() => [...new MessageWalk(image, PS, { updates }).steps({ ...recording, ...changes })]);

const summed = (changes: Partial<Recording>, kernels: 'scalar' | 'wasm' = 'wasm') =>
  errorOf(() => timesBy(kernels, image, PS, { barrier: 0 }, [{ ...recording, ...changes }]));

const spikes = { ...recording.spikes, ids: recording.spikes.ids.map(() => 4711) };

describe('refusals', () => {
  it.each([
    ['no activity', walked({ activity: null }), 'E_USAGE', /which compartments/],
    [
      'no masks',
      walked({ activity: { ...recording.activity!, masks: null } }),
      'E_USAGE',
      /which compartments/,
    ],
    ['another length', walked({ to: 3 }), 'E_INPUT', /activity of 3 steps/],
    ['a stranger', walked({ spikes }), 'E_INPUT', /neuron 4711/],
    ['a gap', walked({ from: 2, to: 3 }, 'arrivals'), 'E_USAGE', /after step 0 .* from step 2/],
    ['sums without activity', summed({ activity: null }), 'E_USAGE', /how many compartments/],
    ['sums of another length', summed({ to: 3 }), 'E_INPUT', /activity of 3 steps/],
    ['sums of a stranger', summed({ spikes }), 'E_INPUT', /neuron 4711/],
    ['scalar sums of a stranger', summed({ spikes }, 'scalar'), 'E_INPUT', /neuron 4711/],
    [
      'sums in seconds',
      errorOf(() => new SimpleSums(image, coreCosts(PEER_COSTS, 's').costs, { barrier: 0 })),
      'E_USAGE',
      /picoseconds/,
    ],
    [
      'a model without a latency',
      errorOf(
        () =>
          new StepClock(image, {
            model: 'mesh',
            costs: costProfileNamed('loihi2'),
            updates: 'state',
            messages: false,
          }),
      ),
      'E_USAGE',
      /loihi2 has no latencies/,
    ],
    [
      'a latency in pJ',
      errorOf(() => coreCosts({ ...PEER_COSTS, latency: { spike: { ...figure(3), unit: 'pJ' } } })),
      'E_INPUT',
      /latency of spike is 3 pJ/,
    ],
    [
      'a barrier before its beginning',
      errorOf(() => meshCosts({ ...PEER_COSTS, barrier: [{ tiles: 1, time: figure(-1) }] }, 1)),
      'E_INPUT',
      /latency of barrier is -1 ns/,
    ],
  ])('%s', (_, error, code, message) => {
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
  });

  it.each([
    ['neurons', tinyImage({ sources: 0, maxDelay: 3, dense: 0 }).image, /has delay [123], not 0/],
    ['rows', tinyImage({ sources: 0, maxDelay: 3, dense: 1 }).image, /has delay [123], not 0/],
    ['host sources', tinyImage({ sources: 2, maxDelay: 0 }).image, /has delay 0, not 1/],
  ])('arrivals after a delay: %s', (_, delayed, message) => {
    const error = errorOf(() => new MessageWalk(delayed, PS, { updates: 'arrivals' }));
    expect(error.code).toBe('E_USAGE');
    expect(error.message).toMatch(message);
  });
});
