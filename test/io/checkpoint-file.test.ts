/** Checkpoints as files, of cores with and without adaptive thresholds. */
import { describe, expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { cells, compile, Network } from '../../src/index.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/io/checkpoint-file.js';

function network(): Network {
  const net = new Network({ label: 'two kinds' });
  const driven = { vth: 5, dv: 100, bias: 100 };
  net.population(5, cells.loihi(driven), 'plain').place([{ core: 0, neurons: [0, 5] }]);
  const adaptive = { vthStep: [1, 2, 3], dth: 40 };
  net.population(3, cells.loihi({ ...driven, adaptive }), 'adapting').place([{ core: 1, neurons: [0, 3] }]);
  net
    .population(4, cells.loihi({ ...driven, adaptive: { vthStep: 9, dth: 0 } }), 'raised')
    .place([{ core: 2, neurons: [0, 4] }]);
  return net;
}

describe('a checkpoint file', () => {
  const { image } = compile(network(), { profile: 'unlimited' });

  it('holds the thresholds of the cores that have them, and a chip goes on from it', async () => {
    expect(image.cores.map(({ n }) => n)).toEqual([5, 3, 4]);
    await using whole = await Chip.open(image, { kernels: 'scalar' });
    await whole.run(100);
    const saved = whole.checkpoint();
    expect(saved.cores.map(({ theta }) => theta?.length)).toEqual([undefined, 3, 4]);
    expect(saved.cores[1]!.theta!.every((x) => x > 0)).toBe(true);
    const read = await decodeCheckpoint(await encodeCheckpoint(saved, image), image, 'file');
    expect(read).toEqual(saved);
    await using resumed = await Chip.open(image, { kernels: 'wasm', checkpoint: read });
    expect(await resumed.run(100)).toEqual(await whole.run(100));
    expect(resumed.stateHash()).toBe(whole.stateHash());
  });

  it('without the thresholds is refused', async () => {
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { cores, ...rest } = chip.checkpoint();
    const checkpoint = { ...rest, cores: cores.map(({ theta: _, ...state }) => state) };
    await expect(Chip.open(image, { kernels: 'scalar', checkpoint })).rejects.toThrow(
      'theta has 0 entries, not 3',
    );
  });
});
