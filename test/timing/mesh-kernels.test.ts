/** The kernels give what the scalar code gives: times, waits, counts and bounds, on steps as they come in a run. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import { PLAIN_KERNELS } from '../../src/timing/mesh-kernels.wasm.js';
import type { MeshCosts, StepMessages } from '../../src/timing/step-messages.js';
import { drawFrom } from '../cores/kernels-case.js';
import { type MeshCase, meshCase, meshOf, type Sent, stepOf } from './mesh-case.js';

const COSTS: MeshCosts = {
  hopEast: 4100,
  hopWest: 4100,
  hopNorth: 6500,
  hopSouth: 6500,
  linkBuffer: 16,
  barrier: 0,
};

function expectSame({ geometry, costs, occupation, steps }: MeshCase): void {
  const link = occupation === null ? {} : { occupation };
  const scalar = new MeshModel(geometry, costs, { ...link, kernels: 'scalar' });
  const wasm = new MeshModel(geometry, costs, { ...link, kernels: 'wasm' });
  expect([scalar.kernels, wasm.kernels]).toEqual(['scalar', 'wasm']);
  for (const step of steps) {
    expect(wasm.step(step)).toEqual(scalar.step(step));
    const count = step.first[geometry.cores]!;
    for (const time of ['sent', 'arrived', 'received'] as const) {
      expect(wasm.times[time].subarray(0, count)).toEqual(scalar.times[time].subarray(0, count));
    }
  }
  expect(wasm.links()).toEqual(scalar.links());
  expect(wasm.cores()).toEqual(scalar.cores());
  expect(wasm.bounds()).toEqual(scalar.bounds());
}

/** Bursts of messages of some cores, from seed to seed of any size. */
function bursts(cores: number, seed: number, sizes: readonly number[]): StepMessages[] {
  const draw = drawFrom(seed);
  return sizes.map((size) => {
    const sent: Sent[] = [];
    while (sent.length < size) {
      const from = draw(cores);
      const fan = 1 + draw(Math.min(cores, 70));
      for (let k = 0; k < fan && sent.length < size; k++) {
        const generation = k > 0 ? 5100 : 5100 + 9700 * (1 + draw(12));
        sent.push({ from, to: draw(cores), generation, processing: 16_000 + 4700 * (1 + draw(4)) });
      }
    }
    return stepOf(cores, sent, { hostProcessing: Array.from({ length: cores }, () => 300 * draw(40)) });
  });
}

describe('random steps', () => {
  it('few messages, with shrinking', () => {
    fc.assert(fc.property(meshCase(8), expectSame), { numRuns: 300, seed: 20 });
  });

  it('many messages, crowded', () => {
    fc.assert(fc.property(meshCase(200), expectSame), { numRuns: 300, seed: 21 });
  });
});

describe('a chip of 128 cores', () => {
  const geometry = meshOf(8, 4, 4);
  const sizes = [40, 1500, 0, 3000, 700];

  it.each([
    ['links as slow as their hops', null, 16],
    ['links faster than hops', 700, 16],
    ['links slower than hops', 9000, 3],
    ['links of infinite bandwidth', 0, 2],
    ['no limits', 0, Number.POSITIVE_INFINITY],
    ['links faster than hops, buffers without limit', 1, Number.POSITIVE_INFINITY],
  ])('%s', (_, occupation, linkBuffer) => {
    const steps = bursts(geometry.cores, 3, sizes);
    expectSame({ geometry, costs: { ...COSTS, linkBuffer }, occupation, steps });
  });
});

it('hops that take no time', () => {
  const geometry = meshOf(4, 4, 2);
  const costs = { ...COSTS, hopEast: 0, hopWest: 0, hopNorth: 0, hopSouth: 0 };
  const steps = bursts(geometry.cores, 6, [10, 3000]);
  for (const occupation of [null, 500]) expectSame({ geometry, costs, occupation, steps });
});

it('a plane of several chips, with more ports than two levels of the set hold', () => {
  const geometry = meshOf(24, 24, 4);
  expectSame({ geometry, costs: COSTS, occupation: null, steps: bursts(geometry.cores, 4, [6000, 200]) });
});

it('several models do not touch each other', () => {
  const geometry = meshOf(3, 2, 2);
  const [step, other] = bursts(geometry.cores, 5, [200, 100]) as [StepMessages, StepMessages];
  const alone = new MeshModel(geometry, COSTS);
  const beside = new MeshModel(geometry, { ...COSTS, linkBuffer: 1 });
  const first = alone.step(step);
  beside.step(other);
  const { sent } = alone.times;
  expect(new MeshModel(geometry, COSTS).step(step)).toEqual(first);
  expect(alone.times.sent).toBe(sent);
});

describe('where there is no WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const refuse = (): never => {
    throw new WebAssembly.CompileError('not allowed here');
  };

  it.each([
    ['at all', undefined],
    ['that may be compiled', { ...WebAssembly, Module: refuse, Memory: WebAssembly.Memory }],
  ])('%s, the scalar code does it', async (_, stub) => {
    vi.stubGlobal('WebAssembly', stub);
    vi.resetModules();
    const { MeshModel: Fresh } = await import('../../src/timing/mesh.js');
    const geometry = meshOf(2, 2, 1);
    const model = new Fresh(geometry, COSTS);
    expect(model.kernels).toBe('scalar');
    expect(model.step(stepOf(4, [{ from: 0, to: 3, generation: 5, processing: 7 }])).time).toBe(10_612);
  });
});

it('the module needs a memory only and is small', () => {
  const bytes = Uint8Array.from(atob(PLAIN_KERNELS), (character) => character.charCodeAt(0));
  const module = new WebAssembly.Module(bytes);
  expect(WebAssembly.Module.imports(module)).toMatchObject([{ name: 'memory', kind: 'memory' }]);
  expect(WebAssembly.Module.exports(module)).toEqual([{ name: 'step', kind: 'function' }]);
  expect(bytes.length).toBeLessThan(16_384);
});
