/** The live neuron: it goes on through changes, its threshold is the chip's, and its ideal twin stays close. */
import { describe, expect, it } from 'vitest';
import { LiveNeuron } from '../../src/page/neuron/live.js';
import { DEFAULTS } from '../../src/page/neuron/parameters.js';
import { PRESETS, presetParameters } from '../../src/page/neuron/presets.js';
import { programme } from '../../src/page/neuron/programme.js';

const spikesOf = (spikes: Uint8Array, bit: number): number =>
  spikes.reduce((sum, bits) => sum + ((bits & bit) === 0 ? 0 : 1), 0);

describe('the live neuron', () => {
  it('fires every 26 ms, as its ideal twin does', async () => {
    const live = await LiveNeuron.open(DEFAULTS, null);
    const { times, spikes, v, ideal } = await live.advance(260);
    expect(times[0]).toBe(1);
    expect(spikesOf(spikes, 1)).toBe(10);
    expect(spikesOf(spikes, 2)).toBe(10);
    const apart = v.map((value, i) => Math.abs(value - ideal[i]!));
    expect(Math.max(...apart)).toBeLessThan(0.05);
    await live.close();
  });

  it('gives the same in one piece and in many', async () => {
    const parameters = presetParameters(PRESETS.find(({ name }) => name === 'noisy')!);
    const whole = await LiveNeuron.open(parameters, null);
    const pieces = await LiveNeuron.open(parameters, null);
    const all = await whole.advance(500);
    const v: number[] = [];
    for (const steps of [1, 99, 400]) v.push(...(await pieces.advance(steps)).v);
    expect(v).toEqual([...all.v]);
    await whole.close();
    await pieces.close();
  });

  it.each(PRESETS.map(({ name }) => name))("%s: theta is the chip's", async (name) => {
    const live = await LiveNeuron.open(presetParameters(PRESETS.find((p) => p.name === name)!), null);
    for (const steps of [1, 50, 333]) {
      await live.advance(steps);
      expect(live.theta).toBe(live.state.theta?.[0] ?? 0);
    }
    await live.close();
  });

  it('goes on from its time and voltage when its constants change', async () => {
    const before = await LiveNeuron.open(DEFAULTS, null);
    const old = await before.advance(20);
    const after = await LiveNeuron.open({ ...DEFAULTS, tau_m: 40, I: 1.2 }, before);
    const { times, v } = await after.advance(1);
    expect(times[0]).toBe(21);
    expect(Math.abs(v[0]! - old.v.at(-1)!)).toBeLessThan(1);
    await before.close();
    await after.close();
  });

  it('records input spikes', async () => {
    const live = await LiveNeuron.open({ ...DEFAULTS, input_rate: 100 }, null);
    const { spikes } = await live.advance(5000);
    expect(spikesOf(spikes, 4)).toBeGreaterThan(400);
    expect(spikesOf(spikes, 4)).toBeLessThan(600);
    await live.close();
  });

  it.each([0, 5, 20])('noise has the deviation asked for, with tau_syn %d ms', async (tau_syn) => {
    const live = await LiveNeuron.open({ ...DEFAULTS, I: 0, noise: 2, v_th: 0, v_reset: -65, tau_syn }, null);
    let [sum, squares, n] = [0, 0, 0];
    for (let k = 0; k < 20; k++)
      for (const v of (await live.advance(5000)).v) {
        sum += v;
        squares += v * v;
        n++;
      }
    expect(sum / n).toBeCloseTo(-65, 0);
    expect(Math.sqrt(squares / n - (sum / n) ** 2)).toBeCloseTo(2, 1);
    await live.close();
  });
});

describe('a spike sent by hand', () => {
  it('arrives in the next step, once, at the chip and its twin', async () => {
    const parameters = { ...DEFAULTS, I: 0, v_reset: -65, input_weight: 1, tau_syn: 5 };
    const live = await LiveNeuron.open(parameters, null);
    await live.advance(10);
    live.sendSpike();
    live.sendSpike();
    const { spikes, v, ideal } = await live.advance(20);
    expect([...spikes.keys()].filter((i) => (spikes[i]! & 4) !== 0)).toEqual([0]);
    expect(v[0]!).toBeGreaterThan(-64.9);
    // 15 MOhm x 1 nA, at most so much as two exponentials leave of it
    expect(Math.max(...v)).toBeCloseTo(-65 + 15 * 0.25 ** (1 / 3) * 0.25, 0);
    const apart = v.map((value, i) => Math.abs(value - ideal[i]!));
    expect(Math.max(...apart)).toBeLessThan(0.05);
    await live.close();
  });

  it('changes no register of the neuron', async () => {
    const live = await LiveNeuron.open(DEFAULTS, null);
    const { neuron } = programme(DEFAULTS);
    expect(live.programme).toEqual(neuron);
    await live.close();
  });
});
