/** How large a value a source may send depends on the cores it reaches, not on what else shares their worker. */
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { Chip, type ChipImage } from '../../routing/index.js';
import { ListBuilder } from '../cores/list-builder.js';

const WIDE = 2 ** 20;

/** Two cores, one with a synapse 2^20 times as heavy as the other; source i reaches core i, source 2 both. */
function image(): ChipImage {
  const core = (weight: number) => {
    const builder = new ListBuilder();
    if (weight === 1) builder.sparse([{ target: 2, delay: 1, weight: 1 }]);
    else builder.wide([{ target: 3, delay: 0, weight }]);
    builder.endAxon();
    return builder.core(UNLIMITED, 20, { compartments: { du: 4095, vthMant: 131_071 } });
  };
  return {
    kind: 'seamount-chip-image',
    version: 1,
    profile: UNLIMITED,
    seed: 1,
    dt: 0,
    chipsX: 1,
    chipsY: 1,
    cores: [core(1), core(WIDE)],
    populations: [{ label: 'inputs', size: 3, firstId: 0, kind: 'source', slices: [], firstSource: 0 }],
    sources: {
      count: 3,
      start: Uint32Array.of(0, 1, 2, 4),
      core: Uint32Array.of(0, 1, 0, 1),
      axon: Uint32Array.of(0, 0, 0, 0),
    },
    schedules: [],
    probes: [],
  };
}

const options = (workers: number) =>
  ({ workers, pool: 'inline', payloads: true, onOverflow: 'wrap' }) as const;
// every in-axon may get a message of each of the two sources that reach it
const LIGHT = 2 ** 30 - 1;
const HEAVY = 1023;

describe.each([1, 2])('with %i workers', (workers) => {
  it.each([
    [0, LIGHT],
    [1, HEAVY],
    [2, HEAVY],
  ])('source %i may send %i, not more', async (source, most) => {
    for (const sign of [-1, 1]) {
      await using chip = await Chip.open(image(), options(workers));
      chip.send({ sources: [source], values: [sign * most] });
      await chip.run(2);
      chip.send({ sources: [source], values: [sign * (most + 1)] });
      await expect(chip.run(1)).rejects.toMatchObject({ code: 'E_OVERFLOW' });
    }
  });
});
