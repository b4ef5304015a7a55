/** A run stops between two steps: when asked to, when the logs are full, when a sum overflows. */
import { describe, expect, it } from 'vitest';
import {
  Chip,
  type ChipImage,
  type ChipOptions,
  joinRecordings,
  type Recording,
  spikeHash,
} from '../../routing/index.js';
import { tinyImage } from './tiny-image.js';

const { image } = tinyImage({ seed: 51, cores: [20, 20, 20], biased: 1 });
const KINDS: readonly (readonly [string, ChipOptions])[] = [
  ['inline', { kernels: 'scalar', workers: 1, pool: 'inline' }],
  ['inline, 3 shards', { kernels: 'scalar', workers: 3, pool: 'inline' }],
  ['1 thread', { kernels: 'scalar', workers: 1, pool: 'threads' }],
  ['2 threads', { kernels: 'scalar', workers: 2, pool: 'threads' }],
];

async function collect(legs: AsyncIterable<Recording>): Promise<{ parts: Recording[]; error: unknown }> {
  const parts: Recording[] = [];
  try {
    for await (const part of legs) parts.push(part);
  } catch (error) {
    return { parts, error };
  }
  return { parts, error: null };
}

async function hashAfter(steps: number, of: ChipImage = image): Promise<string> {
  await using chip = await Chip.open(of, { kernels: 'scalar' });
  await chip.run(steps);
  return chip.stateHash();
}

describe.each(KINDS)('%s', (_, options) => {
  it('an abort ends at a step boundary, with all that was recorded', async () => {
    await using chip = await Chip.open(image, { ...options, recordSpikes: 'probed' });
    const reason = new Error('enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 60);
    const { parts, error } = await collect(chip.legs(1_000_000_000, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'E_ABORTED', cause: reason });
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.at(-1)!.to).toBe(chip.step);
    expect(chip.step).toBeGreaterThan(0);
    expect((error as Error).message).toBe(`stopped after ${chip.step} of 1000000000 steps`);
    // valid, and alive
    const before = chip.step;
    await chip.run(3);
    expect(chip.step).toBe(before + 3);
  });

  it('a signal that has fired already stops before the first step', async () => {
    await using chip = await Chip.open(image, options);
    await expect(chip.run(10, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'E_ABORTED' });
    expect(chip.step).toBe(0);
  });

  it('progress is told while it runs', async () => {
    await using chip = await Chip.open(image, { ...options, recordSpikes: 'none' });
    const told: number[] = [];
    let steps = 10_000;
    while (told.length < 2) {
      told.length = 0;
      await chip.run(steps, { onProgress: (done) => told.push(done) });
      steps *= 2;
    }
    expect(told.at(-1)).toBe(steps / 2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('full logs cut a run into recordings that join to the whole', async () => {
    const steps = 2_000;
    const fast: ChipImage = {
      ...image,
      probes: [
        {
          population: 0,
          variables: ['u', 'v'],
          neurons: Uint32Array.from({ length: 60 }, (_, i) => i),
          from: 1,
          to: 0,
          every: 4,
        },
      ],
      cores: image.cores.map((core) => ({
        ...core,
        compartments: { ...core.compartments, biasMant: 4000, biasExp: 6, refract: 1 },
      })),
    };
    await using chip = await Chip.open(fast, { ...options, recordingWords: 10_000 });
    const { parts, error } = await collect(chip.legs(steps));
    expect(error).toBeNull();
    expect(parts.length).toBeGreaterThan(1);
    parts.forEach((part, i) => {
      expect(part.from).toBe(i === 0 ? 1 : parts[i - 1]!.to + 1);
    });
    const whole = joinRecordings(parts);
    expect(whole.to).toBe(steps);
    expect(whole.spikes.ids.length).toBeGreaterThan(90_000);
    await using small = await Chip.open(fast, { kernels: 'scalar' });
    let i = 0;
    for await (const part of small.legs(steps, { every: 333 })) {
      const end = i + part.spikes.ids.length;
      expect(spikeHash(part.spikes)).toBe(
        spikeHash({ steps: whole.spikes.steps.subarray(i, end), ids: whole.spikes.ids.subarray(i, end) }),
      );
      i = end;
    }
    expect(chip.stateHash()).toBe(small.stateHash());
    expect(whole.traces[1]!.samples.slice(-60)).toEqual(
      Int32Array.from({ length: 60 }, (_, neuron) => {
        const slice = fast.populations[0]!.slices.find(
          (s) => neuron >= s.neuron && neuron < s.neuron + s.count,
        )!;
        return chip.state(slice.core).v[slice.compartment + neuron - slice.neuron]!;
      }),
    );
  });
});

describe.each(KINDS)('an overflow under the error rule: %s', (_, options) => {
  // the input sum of core 2 leaves 21 bits when its only axon fires
  const overflowing: ChipImage = {
    ...image,
    cores: image.cores.map((core, c) =>
      c !== 2
        ? core
        : {
            ...core,
            compartments: { ...core.compartments, biasMant: 4000, biasExp: 7, dv: 0, vthMant: 131_071 },
            registers: { ...core.registers },
          },
    ),
  };

  it('ends the run after that step and names the neuron', async () => {
    const strict: ChipImage = {
      ...overflowing,
      profile: {
        ...image.profile,
        rules: { ...image.profile.rules, biasSum: { kind: 'twosComplement', bits: 18 } },
      },
    };
    await using chip = await Chip.open(strict, { ...options, onOverflow: 'error' });
    const { parts, error } = await collect(chip.legs(1000));
    expect(error).toMatchObject({ code: 'E_OVERFLOW' });
    expect((error as Error).message).toMatch(
      /^population cells, neuron 10 \(core 2, compartment 0\): the sum of its current and bias left its register at step 1$/,
    );
    expect(parts.at(-1)?.to).toBe(1);
    await expect(chip.run(1)).rejects.toMatchObject({ code: 'E_OVERFLOW' });
    chip.reset();
    expect(chip.step).toBe(1);
    await using wrapping = await Chip.open(strict, { ...options, onOverflow: 'wrap' });
    await wrapping.run(1000);
    expect(wrapping.counters().totals.overflowBias).toBeGreaterThan(0n);
  });
});

it('an aborted run goes on as if nothing had been', async () => {
  await using chip = await Chip.open(image, { kernels: 'scalar', workers: 2 });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  await collect(chip.legs(1_000_000, { signal: controller.signal, every: 50_000 }));
  const stopped = chip.step;
  await chip.run(100);
  expect(chip.stateHash()).toBe(await hashAfter(stopped + 100));
});
