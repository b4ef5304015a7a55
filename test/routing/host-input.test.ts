/** Input spikes reach their step whatever the order they were sent in, and impossible ones are refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAVA } from '../../cores/index.js';
import { HostInput } from '../../routing/host-input.js';
import { Chip } from '../../routing/index.js';
import { tinyImage } from './tiny-image.js';

it('legs get exactly what was sent for their steps, in order', () => {
  const spike = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(9), fc.integer({ min: -5, max: 5 }));
  const unique = fc.uniqueArray(spike, { selector: ([step, source]) => step * 10 + source, maxLength: 120 });
  fc.assert(
    fc.property(unique, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 8 }), (spikes, legs) => {
      const input = new HostInput(10, true);
      const half = spikes.length >> 1;
      for (const part of [spikes.slice(0, half), spikes.slice(half)]) {
        const column = (i: 0 | 1 | 2) => part.map((s) => s[i]);
        input.add(0, column(0), column(1), column(2));
      }
      const got: number[][] = [];
      let step = 0;
      for (const length of legs) {
        const buffer = new Int32Array(3 * 20);
        const { count, last } = input.load(buffer, step + length);
        expect(last).toBeGreaterThan(step);
        for (let i = 0; i < count; i++) got.push([...buffer.subarray(3 * i, 3 * i + 3)]);
        step = last;
        input.drop(step);
      }
      const expected = spikes.filter(([t]) => t <= step).sort((a, b) => a[0] - b[0]);
      expect(got.map(([t]) => t)).toEqual(expected.map(([t]) => t));
      expect(new Set(got.map(String))).toEqual(new Set(expected.map(String)));
      expect(input.pending().steps.length).toBe(spikes.length - got.length);
    }),
  );
});

describe('refused, and nothing is queued', () => {
  const { image } = tinyImage({ seed: 71 });
  it.each([
    ['a source that does not exist', { sources: [1, 5] }, 'there is no source 5; the chip has 5'],
    ['a source that is no number', { sources: [0.5] }, 'there is no source 0.5; the chip has 5'],
    [
      'a step that is over',
      { sources: [1], steps: 3 },
      'an input spike cannot arrive at step 3; the next step is 4',
    ],
    ['fewer steps than sources', { sources: [1, 2], steps: [4] }, '2 input spikes have 1 steps'],
    ['fewer values than sources', { sources: [1], values: [] }, '1 input spikes have 0 values'],
    ['a source twice in a step', { sources: [3, 3] }, 'source 3 was sent twice for step 4'],
    ['what was sent before', { sources: [4], steps: [9] }, 'source 4 was sent twice for step 9'],
    [
      'a value where there can be none',
      { sources: [1], values: [2] },
      'an input spike has value 2, but this chip takes none',
    ],
    [
      'a value beyond 32 bits',
      { sources: [1], values: [2 ** 31] },
      'an input spike cannot have value 2147483648',
    ],
  ])('%s', async (_, spikes, message) => {
    await using chip = await Chip.open(image);
    await chip.run(3);
    chip.send({ sources: [4], steps: 9 });
    const before = chip.checkpoint();
    expect(() => chip.send(spikes)).toThrow(expect.objectContaining({ code: 'E_USAGE', message }));
    expect(chip.checkpoint()).toEqual(before);
  });
});

it('values multiply weights where the profile has graded spikes', async () => {
  const { image, net } = tinyImage({
    seed: 72,
    cores: [6, 6],
    profile: LAVA,
    refractMax: 1,
    biased: 0,
    started: 0,
    density: 1,
  });
  const u = async (value: number): Promise<number[]> => {
    await using chip = await Chip.open(image, { payloads: true });
    chip.send({ sources: [2], values: [value] });
    chip.stepSync();
    return [0, 1].flatMap((core) => [...chip.state(core).u]);
  };
  const once = await u(1);
  expect(once.some((x) => x !== 0)).toBe(true);
  expect(net.sources).toBe(5);
  expect(await u(-3)).toEqual(once.map((x) => (x === 0 ? 0 : -3 * x)));
  await expect(Chip.open(tinyImage({ seed: 72 }).image, { payloads: true })).rejects.toMatchObject({
    code: 'E_USAGE',
    message: 'profile loihi1 has no graded spikes',
  });
});
