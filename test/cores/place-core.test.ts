/** What cannot be placed is refused, everything that is wrong at once; what can be placed stays in its block. */
import { describe, expect, it } from 'vitest';
import {
  alone,
  type CoreImage,
  clusterLayout,
  LOIHI1,
  type Placement,
  placeCluster,
  UNLIMITED,
  ViolationsError,
} from '../../cores/index.js';
import { runCore, testImage } from './core-fixture.js';

const weight = { mantissa: 10, shift: 0, sumShift: 0, wide: null, effective: 640 };
const good = testImage(LOIHI1, { n: 20, axons: [[{ target: 3, delay: 2, weight }]] });
const placement: Placement = { profile: LOIHI1, coreId: 4, seed: 1 };
const specOf = (image: CoreImage) => alone(image, placement, { inboxCapacity: 8 });

const problems = (image: CoreImage): string => {
  try {
    clusterLayout(specOf(image));
  } catch (error) {
    if (error instanceof ViolationsError) return error.message;
    throw error;
  }
  return '';
};
const synapses = (changed: Partial<CoreImage['synapses']>): CoreImage => ({
  ...good,
  synapses: { ...good.synapses, ...changed },
});

describe('placing a core', () => {
  it.each<[string, CoreImage, string]>([
    ['nothing', good, ''],
    ['a target beyond the core', synapses({ first: Uint32Array.of(17) }), 'targets compartment 20 of 20'],
    ['a delay beyond the core’s', { ...good, maxDelay: 1 }, 'has delay 2, beyond the core'],
    ['an unknown format', synapses({ format: Uint8Array.of(3) }), 'synapse format 3 of 1'],
    ['a segment outside the words', synapses({ offset: Uint32Array.of(1) }), 'not within the 1 stored'],
    ['axons without starts', { ...good, inAxons: 2 }, 'axonStart has 2 entries for 2 in-axons'],
    ['axons that end early', synapses({ axonStart: Uint32Array.of(2, 1) }), 'end before they start'],
    ['segments without counts', synapses({ count: new Uint32Array(0) }), 'count has 0 entries'],
    ['a shift too far', synapses({ formats: [{ ...good.synapses.formats[0]!, shift: 16 }] }), 'shifts by 16'],
    ['a short column', { ...good, u0: new Int32Array(3) }, 'initial u has 3 values for 20'],
    ['a voltage out of range', { ...good, v0: 2 ** 23 }, 'initial v is 8388608'],
  ])('refuses %s', (_name, image, message) => {
    if (message === '') expect(problems(image)).toBe('');
    else expect(problems(image)).toContain(message);
  });

  it('reports all registers that are wrong', () => {
    const image: CoreImage = {
      ...good,
      compartments: { ...good.compartments, du: 5000, refract: 64, vreset: 3 },
      registers: { ...good.registers, vmin: -5, ternary: true },
    };
    const message = problems(image);
    for (const name of ['du is 5000', 'refract is 64', 'vreset is 3', 'vmin is -5', 'ternary is true']) {
      expect(message).toContain(`core 4: ${name}`);
    }
  });

  it('refuses a connection with a shifted sum and several delays', () => {
    const image = testImage(LOIHI1, {
      n: 2,
      axons: [[1, 2].map((delay) => ({ target: 0, delay, weight: { ...weight, sumShift: 2 } }))],
    });
    const formats = image.synapses.formats.map((f) => ({ ...f, connection: 1 }));
    expect(problems({ ...image, synapses: { ...image.synapses, formats } })).toContain(
      'own connection number',
    );
  });

  it('writes its block and nothing else', () => {
    const layout = clusterLayout(specOf(good));
    const { bytes } = layout;
    const memory = new Uint8Array(bytes + 128).fill(0xa5);
    placeCluster(memory.buffer, 64, specOf(good), layout);
    expect(bytes % 64).toBe(0);
    expect([...memory.subarray(0, 64), ...memory.subarray(64 + bytes)].every((b) => b === 0xa5)).toBe(true);
  });

  it('holds 128,000 compartments without capacity limits', async () => {
    const n = 128_000;
    const image = testImage(UNLIMITED, { n, axons: [[{ target: n - 1, delay: 62, weight }]] });
    const { core, step } = await runCore(UNLIMITED, image);
    step(1, [0]);
    for (let t = 2; t <= 63; t++) step(t);
    expect([core.u[n - 1], core.u[n - 2]]).toEqual([640, 0]);
    expect(() => clusterLayout(specOf({ ...image, n: 131_073 }))).toThrow('1..131072');
  });
});
