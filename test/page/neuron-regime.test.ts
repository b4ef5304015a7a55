/** Regimes from what was observed, each limit on both sides. */
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/page/neuron/parameters.js';
import { burstsIn, type Observed, regimeOf } from '../../src/page/neuron/regime.js';

const seen = (changes: Partial<Observed> & { readonly interval?: number }): Observed => {
  const { interval = 26, ...rest } = changes;
  const intervals = new Array<number>(100).fill(interval);
  return { spikes: 101, rate: 1000 / interval, intervals, cv: 0, growth: 1, parameters: DEFAULTS, ...rest };
};
const named = (changes: Parameters<typeof seen>[0]): string => regimeOf(seen(changes)).name;
const drive = (I: number) => ({ ...DEFAULTS, I });

describe('regime', () => {
  it('regular is the ordinary case, in the words of the first simulator', () => {
    expect(regimeOf(seen({})).text).toBe('regular spiking at moderate input');
    expect(regimeOf(seen({ parameters: drive(2.5) })).text).toBe('regular spiking at strong input');
  });

  it('silent says why', () => {
    const quiet = { spikes: 0, rate: 0, intervals: [], cv: null, growth: null };
    expect(regimeOf(seen({ ...quiet, parameters: drive(0.5) })).text).toContain('below the rheobase of 1 nA');
    expect(regimeOf(seen({ ...quiet, parameters: drive(1) })).text).toContain('at the rheobase');
    expect(regimeOf(seen({ ...quiet, parameters: { ...drive(0.5), noise: 1 } })).text).toContain('on top');
    expect(regimeOf(seen({ ...quiet, spikes: 1 })).name).toBe('silent');
  });

  it('near rheobase is within a tenth of it, unless there is other drive', () => {
    expect(named({ parameters: drive(1.05) })).toBe('near rheobase');
    expect(named({ parameters: drive(1.2) })).toBe('regular');
    expect(named({ parameters: { ...drive(1.05), noise: 1 } })).toBe('regular');
  });

  it('fast from 100 Hz on', () => {
    expect(named({ interval: 9 })).toBe('fast');
    expect(named({ interval: 11 })).toBe('regular');
  });

  it('saturated at three quarters of what refractoriness allows', () => {
    const parameters = { ...drive(5), tau_refrac: 8 };
    expect(named({ interval: 11, parameters })).toBe('saturated');
    expect(named({ interval: 14, parameters })).toBe('regular');
    expect(named({ interval: 1 })).toBe('saturated');
  });

  it('irregular from a CV of 0.3 on, with its CV', () => {
    expect(regimeOf(seen({ cv: 0.31 }))).toMatchObject({
      name: 'irregular',
      text: 'irregular spiking, CV 0.31',
    });
    expect(named({ cv: 0.29 })).toBe('regular');
  });

  it('adapting where intervals grew', () => {
    const parameters = { ...DEFAULTS, v_th_step: 2 };
    expect(named({ growth: 1.6, parameters })).toBe('adapting');
    expect(named({ growth: 1.4, parameters })).toBe('regular');
    expect(named({ growth: 1.6 })).toBe('regular');
  });

  it('bursting where intervals are short or long with nothing between', () => {
    const intervals = Array.from({ length: 60 }, (_, i) => (i % 6 === 5 ? 120 : 5));
    expect(named({ intervals, cv: 1.9 })).toBe('bursting');
    expect(burstsIn(intervals)).toEqual({ spikes: 6.1, pause: 120 });
  });

  it('chance is no burst', () => {
    // quantiles of the exponential distribution, in whole steps
    const intervals = Array.from(
      { length: 200 },
      (_, i) => 1 + Math.round(-40 * Math.log(1 - (i + 0.5) / 200)),
    );
    expect(burstsIn(intervals)).toBeNull();
    expect(burstsIn([5, 5, 100])).toBeNull();
  });
});
