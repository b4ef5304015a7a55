/** A sum that leaves its register stops the run at the same step, neuron and state for any kernels and workers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { Chip, type ChipOptions } from '../../routing/index.js';
import { type ChipCase, chipCase, chipOf } from './random-chip.js';

/** Times as many cases, for a change of the kernels. */
const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const STEPS = 30;
const inline = (kernels: 'scalar' | 'wasm', workers: number): ChipOptions => ({
  kernels,
  workers,
  pool: 'inline',
  onOverflow: 'error',
});

/** Where and how a run ended, and what was left; null for weights no core can hold. */
async function end(spec: ChipCase, options: ChipOptions) {
  try {
    await using chip = await Chip.open(chipOf(spec), options);
    const message = await chip.run(STEPS).then(
      () => 'all steps',
      (error: unknown) => (error instanceof SeamountError ? `${error.code} ${error.message}` : `${error}`),
    );
    return { message, step: chip.step, hash: chip.stateHash(), counters: chip.counters() };
  } catch (error) {
    if (error instanceof SeamountError && error.code === 'E_CAPACITY') return null;
    throw error;
  }
}

it(
  'a fault is the same wherever it is found',
  async () => {
    let stopped = 0;
    await fc.assert(
      fc.asyncProperty(chipCase, fc.nat(), async (calm, which) => {
        const cores = calm.cores.map((core, i) => ({ ...core, extreme: ((which >> i) & 1) === 1 }));
        const spec = { ...calm, cores };
        const expected = await end(spec, inline('scalar', 1));
        for (const options of [inline('wasm', 1), inline('wasm', 3), inline('scalar', 8)]) {
          expect(await end(spec, options)).toEqual(expected);
        }
        if (expected?.message.startsWith('E_OVERFLOW')) stopped++;
      }),
      { numRuns: 40 * EFFORT, seed: 11 },
    );
    expect(stopped).toBeGreaterThan(5);
  },
  60_000 * EFFORT,
);
