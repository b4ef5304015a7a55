/** A leg that one thread begins for all: whoever takes over where, nothing of the chip can tell; who never comes is named. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { abort, controlBytes, HANDOVER, JOINED, OVER } from '../../routing/control.js';
import { join } from '../../routing/head-start.js';
import { Chip, type ChipImage, type ChipOptions } from '../../routing/index.js';
import { PiscinaPool } from '../../routing/pool-piscina.js';
import { type ChipCase, chipCase, chipOf } from './random-chip.js';
import { RelayPool } from './relay-pool.js';
import { tinyImage } from './tiny-image.js';

async function outcome(image: ChipImage, options: ChipOptions) {
  await using chip = await Chip.open(image, options);
  const recordings = [await chip.run(11)];
  chip.send({ sources: [0, 1, 2, 0], steps: [12, 14, 19, 20] });
  recordings.push(await chip.run(1), await chip.run(18));
  return { recordings, state: chip.stateHash(), counters: chip.counters() };
}

async function sameForAll({ spec, workers }: { spec: ChipCase; workers: number }): Promise<void> {
  const image = chipOf(spec);
  try {
    for (const activity of ['counts', 'compartments'] as const) {
      const expected = await outcome(image, { activity, kernels: 'scalar' });
      for (const kernels of ['scalar', 'wasm'] as const) {
        const options = { activity, kernels, workers, recordingWords: 40 };
        expect(await outcome(image, { ...options, pool: new RelayPool() })).toEqual(expected);
      }
      expect(await outcome(image, { activity, workers: 2, pool: 'threads' })).toEqual(expected);
    }
  } catch (error) {
    if (!(error instanceof SeamountError) || error.code !== 'E_CAPACITY') throw error;
  }
}

describe('a head start', () => {
  it('may end after any step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ spec: chipCase, workers: fc.integer({ min: 1, max: 4 }) }), sameForAll),
      { numRuns: 25 },
    );
  });

  it('a shard whose thread never comes is named, although its steps are done', async () => {
    const { image } = tinyImage({ seed: 21, cores: [20, 20, 20, 20] });
    const worker = new URL('./unruly/absent.ts', import.meta.url).href;
    await using chip = await Chip.open(image, { workers: 2, stallMs: 400, pool: new PiscinaPool(worker) });
    await expect(chip.run(1000)).rejects.toMatchObject({
      code: 'E_STALL',
      message: 'shard 1 has not got beyond step 1000 for 0.4 s',
    });
  });
});

describe('a thread that joins', () => {
  const control = (handover: number): Int32Array => {
    const words = new Int32Array(new SharedArrayBuffer(controlBytes(2)));
    words[HANDOVER] = handover;
    return words;
  };

  it.each([
    [17, 17],
    [OVER, null],
  ])('comes late, to handover %i', (handover, expected) => {
    const words = control(handover);
    expect(join(words, 0)).toBe(expected);
    expect(words[JOINED]).toBe(1);
  });

  it('leaves when the run is over', () => {
    const words = control(0);
    abort(words, { kind: 'closed', shard: 0, other: 0 });
    expect(join(words, 0)).toBeNull();
  });
});
