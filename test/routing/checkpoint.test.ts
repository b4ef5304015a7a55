/** A chip saved at any step goes on bit for bit, with any number of workers, and starts over when reset. */
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { type Checkpoint, Chip, type ChipOptions, spikeHash } from '../../routing/index.js';
import { type TinyOptions, tinyImage } from './tiny-image.js';

const NETS: Readonly<Record<string, TinyOptions>> = {
  'delays, refractoriness, sources': {
    seed: 41,
    cores: [20, 30, 10, 25],
    maxDelay: 12,
    refractMax: 20,
    schedules: [
      { kind: 'poisson', first: 0, thresholds: new Uint32Array(3).fill(2 ** 30), seed: 5, from: 1, to: 400 },
      { kind: 'regular', first: 3, periods: Uint32Array.of(5, 9), phases: Uint32Array.of(3, 9), to: 400 },
      { kind: 'array', steps: Uint32Array.of(10, 60, 61, 62), sources: Uint32Array.of(0, 1, 2, 3) },
    ],
    probes: [{ population: 0, variables: ['v'], neurons: Uint32Array.of(3, 50), from: 55, to: 0, every: 3 }],
  },
  'quiet integrators': { seed: 42, biased: 0.02, integrators: 1, density: 0.05, dense: 0 },
  ternary: { seed: 43, ternary: true, profile: UNLIMITED },
  'adaptive thresholds': { seed: 45, adaptive: 0.7, profile: UNLIMITED },
};

const scalar = (workers: number, more: ChipOptions = {}): ChipOptions => ({
  kernels: 'scalar',
  pool: 'inline',
  workers,
  ...more,
});

describe.each(Object.entries(NETS))('%s', (_, options) => {
  const { image } = tinyImage(options);

  it.each([
    [1, 3],
    [3, 1],
    [2, 8],
  ])('saved by %i workers, resumed by %i', async (before, after) => {
    await using whole = await Chip.open(image, scalar(1));
    whole.send({ sources: [0, 1, 2], steps: [20, 90, 64] });
    await whole.run(57);
    const expected = await whole.run(63);

    await using first = await Chip.open(image, scalar(before));
    first.send({ sources: [0, 1, 2], steps: [20, 90, 64] });
    await first.run(57);
    const checkpoint = structuredClone(first.checkpoint());
    await first.run(5); // what is saved is not a view of what goes on
    await using second = await Chip.open(image, scalar(after, { checkpoint }));
    expect(second.step).toBe(57);
    expect(second.checkpoint()).toEqual(checkpoint);
    const resumed = await second.run(63);
    expect(resumed).toEqual(expected);
    expect(second.stateHash()).toBe(whole.stateHash());
    expect(second.counters()).toEqual(whole.counters());
  });

  it('at every single step', async () => {
    await using whole = await Chip.open(image, scalar(1));
    let chip = await Chip.open(image, scalar(2));
    for (let step = 1; step <= 25; step++) {
      await whole.run(1);
      await chip.run(1);
      expect(chip.stateHash()).toBe(whole.stateHash());
      const checkpoint = chip.checkpoint();
      await chip.close();
      chip = await Chip.open(image, scalar(1 + (step % 4), { checkpoint }));
    }
    await chip.close();
  });

  it('after a reset it spikes as in the beginning, and the clock goes on', async () => {
    const fresh = { ...image, schedules: [], probes: [] };
    await using chip = await Chip.open(fresh, scalar(2));
    const relative = (r: { spikes: { steps: Uint32Array; ids: Uint32Array } }, offset: number) =>
      spikeHash(r.spikes, offset);
    const first = await chip.run(40);
    chip.send({ sources: [1], steps: 42 });
    chip.reset();
    expect(chip.step).toBe(40);
    const second = await chip.run(40);
    expect(relative(second, -40)).toBe(relative(first, 0));
    expect(chip.counters().totals.steps).toBe(80n * BigInt(image.cores.length));
    expect(chip.counters().totals.spikes).toBe(BigInt(first.spikes.ids.length + second.spikes.ids.length));
  });
});

describe('what is not a checkpoint of this chip', () => {
  const { image } = tinyImage({ seed: 44 });
  const of = async (options: TinyOptions, change: object = {}): Promise<Checkpoint> => {
    await using chip = await Chip.open(tinyImage(options).image, scalar(1));
    return { ...chip.checkpoint(), ...change };
  };
  it.each([
    ['of cores of other sizes', of({ cores: [20, 14, 37] })],
    ['of fewer cores', of({ cores: [20, 13] })],
    ['of other sources', of({ sources: 4 })],
    ['of no kind', of({ seed: 44 }, { kind: 'seamount-chip-image' })],
    ['of another version', of({ seed: 44 }, { version: 9 })],
  ])('%s is refused', async (_, checkpoint) => {
    const options = scalar(1, { checkpoint: await checkpoint });
    await expect(Chip.open(image, options)).rejects.toMatchObject({ code: 'E_INPUT' });
  });
});
