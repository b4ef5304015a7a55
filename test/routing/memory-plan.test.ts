/** Nothing in memory overlaps; what cannot fit is refused, saying what takes the space. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { controlBytes } from '../../routing/control.js';
import { Chip } from '../../routing/index.js';
import { mailboxBytes } from '../../routing/mailbox.js';
import { placeChip } from '../../routing/place-chip.js';
import { tinyImage } from './tiny-image.js';

it('regions are disjoint, aligned and inside the memory', () => {
  const net = fc.record({
    seed: fc.nat(1000),
    cores: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
    sources: fc.nat(6),
    maxDelay: fc.nat(8),
  });
  const run = fc.record({
    shards: fc.integer({ min: 1, max: 4 }),
    recordSpikes: fc.constantFrom('all', 'probed', 'none'),
    membraneUpdates: fc.boolean(),
  });
  fc.assert(
    fc.property(net, run, (options, { shards, recordSpikes, membraneUpdates }) => {
      const probes = [
        {
          population: 0,
          variables: ['u', 'v', 'spikes'],
          neurons: Uint32Array.of(0),
          from: 1,
          to: 0,
          every: 1,
        },
      ] as const;
      const chip = placeChip(
        { ...tinyImage(options).image, probes },
        {
          shards: Math.min(shards, options.cores.length),
          shared: false,
          recordSpikes,
          payloads: false,
          onOverflow: null,
          legWords: 100,
          activity: 'none',
          membraneUpdates,
        },
      );
      const { plan } = chip;
      const regions: [string, number, number][] = [['control', 0, controlBytes(plan.shards.length)]];
      const take = (name: string, at: number, bytes: number): void => {
        if (bytes > 0) regions.push([name, at, bytes]);
      };
      const whole = chip.memory.buffer.byteLength;
      chip.clusters.forEach((cluster, i) => {
        const views: unknown[] = [cluster, ...cluster.cores].flatMap((part) => Object.values(part));
        const own = views
          .filter((view) => ArrayBuffer.isView(view))
          .filter((view) => view.byteLength < whole - 3);
        const end = Math.max(...own.map((view) => view.byteOffset + view.byteLength));
        take(`cluster ${i}`, cluster.address, end - cluster.address);
      });
      take('input', plan.inputAt, plan.inputCapacity * 12);
      plan.shards.forEach((shard, i) => {
        const own = chip.reach[i]!.length;
        take(`reach ${i}`, shard.reachAt, 4 * own);
        take(`generated ${i}`, shard.generatedAt, 4 * (shard.generatedMost + 1));
        take(`source spikes ${i}`, shard.sourceSpikesAt, 8 * (shard.sourceHigh - shard.sourceLow));
        if (recordSpikes === 'probed') take(`recorded ${i}`, shard.recordedAt, own);
        take(`log ${i}`, shard.logAt, 4 * shard.logWords);
        take(`trace ${i}`, shard.traceAt, 4 * shard.traceWords);
        take(`membrane updates ${i}`, shard.membraneAt, 4 * shard.membraneWords);
        take(`voltages ${i}`, shard.voltagesAt, 4 * shard.voltages);
        plan.mailboxes[i]!.forEach((box, to) => {
          take(`even ${i}-${to}`, box.even, mailboxBytes(box.capacity));
          take(`odd ${i}-${to}`, box.odd, mailboxBytes(box.capacity));
        });
      });
      regions.sort((a, b) => a[1] - b[1]);
      regions.forEach(([name, at, bytes], i) => {
        expect(at % 64, name).toBe(0);
        const next = regions[i + 1]?.[1] ?? plan.bytes;
        expect(at + bytes, `${name} and ${regions[i + 1]?.[0]}`).toBeLessThanOrEqual(next);
      });
      expect(chip.memory.buffer.byteLength).toBeGreaterThanOrEqual(plan.bytes);
    }),
    { numRuns: 40 },
  );
});

describe('more than one memory can hold', () => {
  const { image } = tinyImage({ seed: 81, cores: [1], sources: 0, density: 0, profile: UNLIMITED });
  const large = {
    ...image.cores[0]!,
    n: 131_072,
    maxDelay: 62,
    compartments: { ...image.cores[0]!.compartments, du: 0, dv: 0, vthMant: 1, biasMant: 0, refract: 1 },
    v0: 0,
    outAxons: { ...image.cores[0]!.outAxons, start: new Uint32Array(131_073) },
  };

  it('is E_CAPACITY, naming the largest parts', async () => {
    const cores = Array.from({ length: 110 }, () => large);
    await expect(Chip.open({ ...image, cores, populations: [] })).rejects.toMatchObject({
      code: 'E_CAPACITY',
      message: expect.stringMatching(
        /^the chip needs \d+\.\d\d GiB of memory, .*: rows of sources \d+\.\d\d GiB, compartments and delay lines \d+\.\d\d GiB$/,
      ),
    });
  });
});

describe('an image that is none', () => {
  const { image } = tinyImage({ seed: 82 });
  it.each([
    ['of no kind', { kind: undefined, cores: undefined }, 'this is no chip image'],
    ['of another kind', { kind: 'seamount-checkpoint' }, 'this is no chip image'],
    ['of another version', { version: 99 }, 'this chip image has version 99, this program reads version 1'],
    [
      'with a source to nowhere',
      { sources: { ...image.sources, core: image.sources.core.map(() => 7) } },
      /^image: source 70 sends to axon \d+ of core 7, which does not exist$/,
    ],
    [
      'with a spike list of too many sources',
      { schedules: [{ kind: 'array', steps: Uint32Array.of(1), sources: Uint32Array.of(5) }] },
      'image: a spike list names source 5 of 5',
    ],
    [
      'with a Poisson source too many',
      { schedules: [{ kind: 'poisson', first: 3, thresholds: new Uint32Array(3), seed: 1, from: 1, to: 9 }] },
      'image: a poisson schedule names source 5 of 5',
    ],
    [
      'with a probe of nobody',
      {
        probes: [{ population: 0, variables: ['v'], neurons: Uint32Array.of(70), from: 1, to: 0, every: 1 }],
      },
      'image: a probe names neuron 70 of population cells',
    ],
    [
      'with a probe of the voltage of a source',
      { probes: [{ population: 1, variables: ['v'], neurons: Uint32Array.of(0), from: 1, to: 0, every: 1 }] },
      'image: probe 0 asks for v of what has none',
    ],
  ])('%s is refused', async (_, change, message) => {
    await expect(Chip.open({ ...image, ...(change as object) })).rejects.toMatchObject({
      code: 'E_INPUT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it.each([
    [{ workers: 0 }, 'workers must be 1 to 1023 or auto, got 0'],
    [{ workers: 1.5 }, 'workers must be 1 to 1023 or auto, got 1.5'],
    [{ stallMs: 0 }, 'stallMs must be positive, got 0'],
    [{ recordingWords: -1 }, 'recordingWords must be a whole number, got -1'],
  ])('options %o are refused', async (options, message) => {
    await expect(Chip.open(image, options)).rejects.toMatchObject({ code: 'E_USAGE', message });
  });
});
