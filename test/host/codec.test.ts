/** Images as bytes: what goes in comes out, and nothing else gets in. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { LOIHI1, SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import {
  cells,
  compile,
  connectors,
  decodeImage,
  encodeImage,
  imageHash,
  Network,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';
import { bytesHash, contentHash } from '../../src/io/content-hash.js';
import { randomNetwork } from './random-network.js';

/** An image with every kind of thing in it. */
function sample(): ChipImage {
  const net = new Network({ dt: 0.5, seed: 9 });
  const input = net.population(36, sources.poisson({ rate: 50 }), 'input');
  const clock = net.population(2, sources.regular({ period: [3, 4] }), 'clock');
  const list = net.population(2, sources.spikeArray({ steps: [[1, 2], [9]] }), 'list');
  const conv = net.population(32, cells.loihi({ vth: [...new Array(32).keys()], du: 9 }), 'conv');
  const out = net.population(5, cells.lif({ tau_syn: 5, I: 0.1 }), 'out');
  const data = Array.from({ length: 18 }, (_, k) => 2 * k - 16);
  const kernel = { shape: [2, 1, 3, 3] as const, data };
  net.projection(input, conv, connectors.conv2d({ inputShape: [1, 6, 6], kernel }), synapses.static());
  net.projection(
    clock,
    conv,
    connectors.allToAll(),
    synapses.static({ weight: -256, weightExp: 7, signMode: 'mixed' }),
  );
  net.projection(
    list,
    conv,
    connectors.allToAll(),
    synapses.static({ weight: 4, format: 'dense', delay: 3 }),
  );
  net.projection(conv, out, connectors.fixedProbability(0.5), synapses.static({ weight: 0.3 }));
  net.probe(out, ['v', 'spikes'], { neurons: [3, 1], from: 2, to: 9, every: 2 });
  return compile(net, { coreSize: 20 }).image;
}

const image = sample();
const bytes = encodeImage(image);

const refused = (data: Uint8Array): SeamountError => {
  try {
    decodeImage(data);
  } catch (error) {
    if (error instanceof SeamountError) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('round trip', () => {
  it('of an image with everything', () => {
    const decoded = decodeImage(bytes);
    expect(decoded).toEqual(image);
    expect(imageHash(decoded)).toBe(imageHash(image));
    expect(encodeImage(decoded)).toEqual(bytes);
  });
  it('of random images, which run alike', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(LOIHI1), async ({ network }) => {
        const { image: original } = compile(network, { coreSize: 5 });
        const decoded = decodeImage(encodeImage(original));
        expect(decoded).toEqual(original);
        const [a, b] = [await simulate(original, { steps: 15 }), await simulate(decoded, { steps: 15 })];
        expect(b.stateHash).toBe(a.stateHash);
      }),
      { numRuns: 20 },
    );
  });
  it('from a view into a larger buffer, at an odd place', () => {
    const shifted = new Uint8Array(bytes.length + 7);
    shifted.set(bytes, 3);
    expect(decodeImage(shifted.subarray(3, 3 + bytes.length))).toEqual(image);
  });
  it('does not touch or share the bytes', () => {
    const copy = bytes.slice();
    const decoded = decodeImage(copy);
    copy.fill(0);
    expect(decoded).toEqual(image);
  });
});

describe('typed arrays through msgpackr as the codec sets it up', () => {
  const kinds = [
    Int8Array,
    Uint8Array,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ] as const;
  const packr = () => new Packr({ moreTypes: true, useRecords: false, mapsAsObjects: true });
  it.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 })), fc.nat(3), (values, skip) => {
        const whole = new kind(values);
        const part = whole.subarray(Math.min(skip, whole.length));
        const back: unknown = packr().unpack(packr().pack({ part, after: 'x' }));
        expect(back).toEqual({ part, after: 'x' });
      }),
    );
  });
  it('also from shared memory', () => {
    const shared = new Uint32Array(new SharedArrayBuffer(64), 8, 5).fill(70_000);
    expect(packr().unpack(packr().pack(shared))).toEqual(new Uint32Array(5).fill(70_000));
  });
});

describe('refuses, with E_INPUT', () => {
  it('nothing, foreign bytes, other versions', () => {
    expect(refused(new Uint8Array(0)).message).toBe('is empty, expected a chip image');
    expect(refused(new TextEncoder().encode('populations: []')).message).toBe('is no chip image of seamount');
    expect(refused(new Packr({ moreTypes: true }).pack(image)).message).toBe('is no chip image of seamount');
    const future = bytes.slice();
    future[8] = 99;
    expect(refused(future)).toMatchObject({
      code: 'E_INPUT',
      message: 'is a chip image of version 99, this program reads version 1',
      hint: 'compile the network again',
    });
  });
  it('every truncation', () => {
    for (let length = 0; length < bytes.length; length += length < 40 ? 1 : 997)
      expect(refused(bytes.subarray(0, length)).code).toBe('E_INPUT');
    expect(refused(bytes.subarray(0, 1000)).message).toBe(
      `is a chip image cut off: 1000 of ${bytes.length} bytes`,
    );
  });
  it('bytes too many', () => {
    const longer = new Uint8Array(bytes.length + 5);
    longer.set(bytes);
    expect(refused(longer).message).toBe('is a chip image with 5 bytes too many');
  });
  it('every flipped bit', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const damaged = bytes.slice();
        damaged[bit >>> 3]! ^= 1 << (bit & 7);
        expect(refused(damaged).code).toBe('E_INPUT');
      }),
      { numRuns: 300 },
    );
  });
});

/** A deep copy that may be changed. */
type Mutable<T> = T extends Int8Array | Uint8Array | Int16Array | Uint32Array | Int32Array
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

function forged(change: (copy: Mutable<ChipImage>) => void): Uint8Array {
  const copy = structuredClone(image) as Mutable<ChipImage>;
  change(copy);
  return encodeImage(copy as ChipImage);
}

describe('refuses images made to do harm', () => {
  const at = image.cores.findIndex(({ inAxons }) => inAxons > 0);
  const cases: [string, (copy: Mutable<ChipImage>) => void, string][] = [
    ['a synapse beyond its core', (i) => i.cores[at]!.synapses.words.fill(0x1ffff), 'targets compartment'],
    ['a segment beyond the words', (i) => i.cores[at]!.synapses.offset.fill(1e6), 'is not within'],
    ['a dense row beyond the rows', (i) => i.cores[at]!.synapses.count.fill(2 ** 31), 'is not within'],
    ['a format that is none', (i) => i.cores[at]!.synapses.format.fill(200), 'synapse format 200'],
    [
      'a delay beyond the delay line',
      (i) => {
        i.cores[at]!.maxDelay = 0;
      },
      "beyond the core's 0",
    ],
    [
      'axons that run backwards',
      (i) => {
        i.cores[at]!.synapses.axonStart[0] = 1e9;
      },
      'end before they start',
    ],
    [
      'fewer axons than said',
      (i) => {
        i.cores[at]!.inAxons += 5;
      },
      'axonStart has',
    ],
    [
      'a message to no core',
      (i) => {
        i.sources.core[0] = 99;
      },
      'of core 99, which is not there',
    ],
    [
      'a message to no axon',
      (i) => {
        i.sources.axon[0] = 1e6;
      },
      'in-axon 1000000',
    ],
    [
      'a table of other length',
      (i) => {
        i.sources.start = i.sources.start.subarray(1);
      },
      'the multicast table',
    ],
    [
      'a table that runs backwards',
      (i) => {
        i.sources.start[3] = 1e6;
      },
      'end before they start',
    ],
    [
      'a population beyond a core',
      (i) => {
        i.populations[3]!.slices[0]!.compartment = 15;
      },
      'which is not there',
    ],
    [
      'a population on no core',
      (i) => {
        i.populations[3]!.slices[0]!.core = 77;
      },
      'which is not there',
    ],
    [
      'overlapping populations',
      (i) => {
        i.populations[4]!.slices[0]!.compartment = 0;
      },
      'share compartments',
    ],
    [
      'ids that do not follow',
      (i) => {
        i.populations[1]!.firstId = 3;
      },
      'starts at id 3',
    ],
    [
      'a source that is none',
      (i) => {
        i.populations[1]!.firstSource = 30;
      },
      'starts at source 30',
    ],
    [
      'a schedule of strangers',
      (i) => {
        (i.schedules[2] as { sources: Uint32Array }).sources[0] = 1e6;
      },
      'names source 1000000',
    ],
    [
      'a generator of strangers',
      (i) => {
        (i.schedules[0] as { first: number }).first = 30;
      },
      'drives sources 30',
    ],
    [
      'a probe of nobody',
      (i) => {
        i.probes[0]!.neurons[1] = 1e6;
      },
      'not ascending numbers below',
    ],
    [
      'a probe of no population',
      (i) => {
        i.probes[0]!.population = 9;
      },
      'is of population 9',
    ],
    [
      'two cores in one place',
      (i) => {
        i.cores[1]!.slot = i.cores[0]!.slot;
      },
      'where another core is',
    ],
    [
      'a core outside the mesh',
      (i) => {
        i.cores[0]!.tileX = 50;
      },
      'outside the plane',
    ],
    [
      'a register out of range',
      (i) => {
        i.cores[0]!.compartments.du = 9999;
      },
      'du is 9999',
    ],
    [
      'a column of other length',
      (i) => {
        i.cores[0]!.compartments.dv = new Int32Array(3);
      },
      'dv has 3 values',
    ],
    [
      'another type of array',
      (i) => {
        (i.cores[0]!.synapses as { words: unknown }).words = new Float64Array(3);
      },
      'cores[0].synapses.words is Float64Array, expected a Uint32Array',
    ],
    [
      'a text for a number',
      (i) => {
        (i as { seed: unknown }).seed = '7';
      },
      'seed is "7", expected an integer',
    ],
    [
      'a fraction',
      (i) => {
        i.cores[0]!.n = 2.5;
      },
      'cores[0].n is 2.5',
    ],
    [
      'a missing field',
      (i) => {
        delete (i as { sources?: unknown }).sources;
      },
      'the image has no sources',
    ],
    [
      'an unknown field',
      (i) => {
        (i as unknown as { extra: number }).extra = 1;
      },
      'unknown field extra',
    ],
    [
      'an unknown rule',
      (i) => {
        (i.profile.rules as { voltage: string }).voltage = 'free';
      },
      'profile.rules.voltage is "free"',
    ],
    [
      'no cores',
      (i) => {
        i.cores = [];
      },
      'the image has no cores',
    ],
  ];
  it.each(cases)('%s', (_, change, message) => {
    const error = refused(forged(change));
    expect(error.code).toBe('E_INPUT');
    expect(error.message).toContain(message);
  });
  it('and shows not more than twenty of their faults', () => {
    const error = refused(
      forged((i) => {
        for (const core of i.cores) core.compartments.du = -1;
        i.probes = new Array(40).fill({});
      }),
    );
    expect(error.message.split('\n')).toHaveLength(21);
    expect(error.message).toMatch(/and \d+ more$/);
  });
  it('and content that is not plain data', () => {
    const garbage = Uint8Array.of(0xc1, 0xc1, 0xc1);
    const head = bytes.slice(0, 32);
    const hash = bytesHash(garbage)
      .match(/../g)!
      .map((pair) => Number.parseInt(pair, 16));
    new DataView(head.buffer).setUint32(12, garbage.length, true);
    head.set(hash, 16);
    const forgedBytes = new Uint8Array([...head, ...garbage]);
    expect(refused(forgedBytes).message).toBe('is no chip image: its content cannot be read');
  });
});

describe('hash', () => {
  it('is this, on every platform', () => {
    expect(contentHash({ a: [1, null, true, 'x'], b: Uint32Array.of(1, 2), c: -0 })).toMatchInlineSnapshot(
      `"0a28d7ac9c6f937700b362408e189d24"`,
    );
    expect(contentHash({ c: 0, b: Uint32Array.of(1, 2), a: [1, null, true, 'x'] })).toBe(
      contentHash({ a: [1, null, true, 'x'], b: Uint32Array.of(1, 2), c: -0 }),
    );
    expect(imageHash(image)).toMatch(/^[0-9a-f]{32}$/);
  });
  it('does not depend on where in a buffer the bytes are, nor on how many there are', () => {
    const hashes = new Set<string>();
    for (let length = 0; length < 40; length++) {
      const at = [0, 1, 2, 3].map((offset) => {
        const bytes = new Uint8Array(length + 4).subarray(offset, offset + length);
        for (let i = 0; i < length; i++) bytes[i] = 7 * i + 1;
        return bytes;
      });
      expect(new Set(at.map(bytesHash)).size).toBe(1);
      expect(new Set(at.map(contentHash)).size).toBe(1);
      hashes.add(bytesHash(at[0]!));
    }
    expect(hashes.size).toBe(40);
    // Files carry it, so it is what it always was.
    expect(bytesHash(Uint8Array.from({ length: 39 }, (_, i) => 7 * i + 1))).toBe(
      'e69081666372873aaa9acf1de7812854',
    );
  });
  it('changes with anything', () => {
    const hashes = new Set([imageHash(image)]);
    const changes: ((copy: Mutable<ChipImage>) => void)[] = [
      (i) => {
        i.seed++;
      },
      (i) => {
        i.dt = 2;
      },
      (i) => {
        i.cores[0]!.synapses.words[0]! ^= 1;
      },
      (i) => {
        i.cores[0]!.compartments.du = 10;
      },
      (i) => {
        i.populations[0]!.label = 'other';
      },
      (i) => {
        i.probes[0]!.every = 3;
      },
      (i) => {
        (i.profile.rules as { onOverflow: string }).onOverflow = 'clamp';
      },
    ];
    for (const change of changes) {
      const copy = structuredClone(image) as Mutable<ChipImage>;
      change(copy);
      hashes.add(imageHash(copy as ChipImage));
    }
    expect(hashes.size).toBe(changes.length + 1);
  });
  it('tells kinds and lengths apart', () => {
    const values = [
      [],
      {},
      '',
      0,
      null,
      false,
      Uint8Array.of(),
      Int8Array.of(),
      [[]],
      Uint8Array.of(0),
      Uint8Array.of(0, 0),
      Uint16Array.of(0),
      ['', ''],
      { a: '' },
    ];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });
});

it('no other file imports msgpackr', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const files = ['cores', 'routing', 'src'].flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' }).map((name) => join(layer, name)),
  );
  const importers = files.filter(
    (file) => file.endsWith('.ts') && /from 'msgpackr/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(importers).toEqual([join('src', 'io', 'codec.ts')]);
});
