/** The barrier lets nobody through early, gives up with a name, and keeps the first cause. */
import { expect, it } from 'vitest';
import { Barrier } from '../../routing/barrier.js';
import { abort, causeOf, controlBytes } from '../../routing/control.js';
import { Chip } from '../../routing/index.js';
import { tinyImage } from './tiny-image.js';

const control = (shards: number): Int32Array => new Int32Array(new SharedArrayBuffer(controlBytes(shards)));

it('gives up after stallMs and names who is missing', () => {
  const words = control(3);
  const barrier = (shard: number) => new Barrier(words, { shard, shards: 3, spins: 10, stallMs: 120 });
  const started = performance.now();
  expect(barrier(2).meet()).toBe(false);
  expect(performance.now() - started).toBeGreaterThan(100);
  expect(causeOf(words)).toEqual({ kind: 'stalled', shard: 2, other: 0 });
  // and whoever comes later does not wait at all
  expect(barrier(0).meet()).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});

it('the first cause stays', () => {
  const words = control(2);
  expect(causeOf(words)).toBeNull();
  abort(words, { kind: 'threw', shard: 1, other: 1 });
  abort(words, { kind: 'died', shard: 0, other: 0 });
  expect(causeOf(words)).toEqual({ kind: 'threw', shard: 1, other: 1 });
});

it('the last to arrive does not wait', () => {
  const words = control(1);
  const barrier = new Barrier(words, { shard: 0, shards: 1, spins: 0, stallMs: 1000 });
  for (let i = 0; i < 1000; i++) expect(barrier.meet()).toBe(true);
});

it.each([2, 6])(
  '%i threads on whatever CPUs there are stay in step over thousands of steps',
  async (workers) => {
    const { image } = tinyImage({ seed: 61, cores: Array.from({ length: 6 }, () => 4) });
    await using chip = await Chip.open(image, { workers });
    await using alone = await Chip.open(image);
    await chip.run(5000);
    for (let i = 0; i < 50; i++) await chip.run(1);
    await alone.run(5050);
    expect(chip.stateHash()).toBe(alone.stateHash());
  },
);
