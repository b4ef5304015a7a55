/** What the neuron panel says a neuron does, from running it on the chip. */
import { describe, expect, it } from 'vitest';
import { rateCurve } from '../../src/page/neuron/curve.js';
import { histogramOf, measureNeuron } from '../../src/page/neuron/measure.js';
import { DEFAULTS, type NeuronParameters } from '../../src/page/neuron/parameters.js';
import { PRESETS, presetParameters } from '../../src/page/neuron/presets.js';

const context = { breathe: async () => undefined };
const preset = (name: string): NeuronParameters => presetParameters(PRESETS.find((p) => p.name === name)!);

describe('the measured neuron', () => {
  it('regular at 1.5 nA fires at 38.5 Hz, every 26 steps', async () => {
    const measured = await measureNeuron(preset('regular'), context);
    expect(measured.rate.toFixed(1)).toBe('38.5');
    expect(measured.meanInterval).toBe(26);
    expect(measured.histogram!.counts.filter((count) => count > 0)).toHaveLength(1);
    expect(measured.cv).toBe(0);
    expect(measured.regime).toEqual({ name: 'regular', text: 'regular spiking at moderate input' });
    expect(measured.analyticRate).toBeCloseTo(38.48, 2);
    expect(measured.rheobase).toBe(1);
  });

  it.each([
    ['near-rheobase', 'near rheobase'],
    ['noisy', 'irregular'],
    ['coincidence', 'irregular'],
    ['adapting', 'adapting'],
    ['bursting', 'bursting'],
    ['saturated', 'saturated'],
  ])('%s is %s', async (name, regime) => {
    expect((await measureNeuron(preset(name), context)).regime.name).toBe(regime);
  });

  it('noise makes intervals as of chance: CV near 1', async () => {
    const { cv } = await measureNeuron(preset('noisy'), context);
    expect(cv).toBeGreaterThan(0.85);
    expect(cv).toBeLessThan(1.15);
  });

  it('a short memory needs coincidences, a long one adds up', async () => {
    const short = await measureNeuron(preset('coincidence'), context);
    const long = await measureNeuron(preset('integrator'), context);
    expect(short.cv!).toBeGreaterThan(2 * long.cv!);
  });

  it('without a current and noise it is silent', async () => {
    const { regime, rate, histogram, cv } = await measureNeuron({ ...DEFAULTS, I: 0.9 }, context);
    expect(regime.name).toBe('silent');
    expect([rate, histogram, cv]).toEqual([0, null, null]);
  });

  it('counts events of spikes and steps, and prices them', async () => {
    const { events, prices, spikes, steps } = await measureNeuron(DEFAULTS, context);
    expect(events.spike).toBe(spikes);
    expect(events.visit).toBe(steps);
    expect(events.updateActive).toBe(steps); // its bias is never 0
    for (const { joules, refused } of prices) expect(joules === null).toBe(refused !== '');
    expect(prices.find(({ profile }) => profile === 'loihi1-sanafe')!.joules).toBeGreaterThan(0);
  });

  it('refuses what would fire without end, with a way out', async () => {
    await expect(measureNeuron({ ...DEFAULTS, v_reset: -45 }, context)).rejects.toMatchObject({
      code: 'E_INPUT',
      hint: expect.stringContaining('adaptation'),
    });
  });
});

describe('the rate curve', () => {
  it('follows the closed form to the next whole step', async () => {
    const { currents, measured, rheobase } = await rateCurve(DEFAULTS, context);
    expect(currents).toHaveLength(41);
    currents.forEach((I, i) => {
      if (I <= rheobase) expect(measured[i]).toBe(0);
      else {
        const { R, tau_m, v_rest, v_reset, v_th } = DEFAULTS;
        const interval = tau_m * Math.log((R * I - (v_reset - v_rest)) / (R * I - (v_th - v_rest)));
        expect(Math.abs(1000 / measured[i]! - interval)).toBeLessThan(1.5);
      }
    });
  });

  it('noise lets it fire below the rheobase', async () => {
    const { currents, measured } = await rateCurve({ ...DEFAULTS, noise: 4 }, context);
    expect(measured[currents.findIndex((I) => I > 0.8)]).toBeGreaterThan(1);
  });
});

describe('the histogram', () => {
  it('holds every interval, in bins of whole steps', () => {
    const intervals = [26, 26, 27, 40, 26, 500];
    const { counts, binWidth, from } = histogramOf(intervals, 1)!;
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(intervals.length);
    expect(binWidth % 1).toBe(0);
    expect(from).toBeGreaterThanOrEqual(0);
  });
});
