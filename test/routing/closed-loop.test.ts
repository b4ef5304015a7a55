/** One step at a time from the calling thread, with inputs that depend on outputs. */
import { describe, expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { bruteForce, tinyImage } from './tiny-image.js';

const { image, net } = tinyImage({ seed: 91 });

describe('stepSync', () => {
  it('gives the same as a run with the same inputs', async () => {
    await using chip = await Chip.open(image, { workers: 2, pool: 'inline' });
    const sent = new Map<number, number[]>();
    const steps: number[] = [];
    const ids: number[] = [];
    for (let t = 1; t <= 80; t++) {
      const last = ids.length === 0 ? t : ids.at(-1)!;
      const sources = last % 3 === 0 ? [last % 5, (last + 1) % 5] : [];
      sent.set(t, sources);
      chip.send({ sources });
      const { from, to, spikes } = chip.stepSync();
      expect([from, to, chip.step]).toEqual([t, t, t]);
      steps.push(...spikes.steps);
      ids.push(...spikes.ids);
    }
    const expected = bruteForce(net, 80, (t) => sent.get(t)!);
    expect(ids).toEqual(expected.ids);
    expect(steps).toEqual(expected.steps);
  });

  it('is refused where shards have threads', async () => {
    await using chip = await Chip.open(image, { workers: 2 });
    expect(() => chip.stepSync()).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });

  it('takes injected noise one step at a time', async () => {
    const noisy = {
      ...image,
      cores: image.cores.map((core) => ({
        ...core,
        compartments: { ...core.compartments, noiseEnable: 1 },
        registers: { ...core.registers, noiseTarget: 'voltage' as const, noiseExp: 10 },
      })),
    };
    await using chip = await Chip.open(noisy);
    await using plain = await Chip.open(image);
    const [core] = image.cores;
    for (const c of [0, 1, 2]) chip.injectNoise(c, new Int32Array(image.cores[c]!.n));
    chip.stepSync();
    plain.stepSync();
    expect(chip.state(0).v).toEqual(plain.state(0).v);
    chip.injectNoise(0, new Int32Array(core!.n).fill(100));
    chip.stepSync();
    plain.stepSync();
    expect(chip.state(0).v).not.toEqual(plain.state(0).v);
    expect(() => chip.injectNoise(9, [])).toThrow('there is no core 9; the chip has 3');
  });
});

describe('while a run is in progress', () => {
  it('the chip answers that it is busy', async () => {
    await using chip = await Chip.open(image);
    const run = chip.run(100_000);
    expect(() => chip.stepSync()).toThrow('the chip is running');
    expect(() => chip.stateHash()).toThrow('the chip is running');
    await expect(chip.run(1)).rejects.toThrow('the chip is running');
    await run;
    chip.stepSync();
  });
});
