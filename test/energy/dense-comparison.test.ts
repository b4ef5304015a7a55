/** A network as a dense ANN beside its spiking estimate, by hand calculation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import {
  type ComparedNetwork,
  compareWithDense,
  DENSE_HARDWARE,
  densePass,
  type SpikingEstimate,
  spikingEstimate,
} from '../../src/energy/dense-comparison.js';
import { renderDenseComparison } from '../../src/energy/dense-text.js';
import { noEvents } from '../../src/energy/events.js';
import { priceEvents } from '../../src/energy/price.js';

const named = (name: string) => DENSE_HARDWARE.find((one) => one.name === name)!;

/** 1,000 MACs; 10 steps at 4 %: 400 operations. */
const NETWORK: ComparedNetwork = { label: 'net', dense: 1000, neurons: 10, timesteps: 10, effective: 400 };
/** 12 nJ, 8 of them for synapses. */
const SPIKING: SpikingEstimate = { profile: 'loihi1-davies2018', joules: 12e-9, scaling: 8e-9 };

describe('a dense pass', () => {
  it("costs what KerasSpiking's example of 784 to 128 costs on its CPU: 8.64e-4 J", () => {
    const shape = { dense: 784 * 128, neurons: 128 };
    expect(shape.dense).toBe(100_352);
    // (100,352 + 128) x 8.6 nJ
    expect(densePass(named('cpu'), shape)).toBeCloseTo(100_480 * 8.6e-9, 15);
    expect(densePass(named('cpu'), shape).toExponential(2)).toBe('8.64e-4');
  });

  it('charges neurons only where there is a figure', () => {
    expect(densePass(named('gpu'), NETWORK)).toBeCloseTo(1010 * 0.3e-9, 18);
    expect(densePass(named('arm'), NETWORK)).toBeCloseTo(1010 * 0.9e-9, 18);
    expect(densePass(named('horowitz45'), NETWORK)).toBeCloseTo(1000 * 4.6e-12, 20);
  });

  it('has a source and says what it hides, in every row', () => {
    for (const { mac, hides } of DENSE_HARDWARE) {
      expect(mac.source).not.toBe('');
      expect(hides).not.toBe('');
    }
  });
});

describe('the comparison', () => {
  it('gives ratios and break-even activities', () => {
    const { activity, operationsRatio, rows, arithmetic } = compareWithDense(NETWORK, SPIKING);
    expect(activity).toBe(0.04);
    expect(operationsRatio).toBe(0.4);
    const by = new Map(rows.map((row) => [row.hardware.name, row]));
    // GPU: 303 nJ / 12 nJ; 4 % x (303 - 4) / 8 = 149.5 %
    expect(by.get('gpu')!.ratio).toBeCloseTo(25.25, 9);
    expect(by.get('gpu')!.breakEven).toEqual({ kind: 'always' });
    // 45 nm: 4.6 nJ / 12 nJ; 4 % x (4.6 - 4) / 8 = 0.3 %
    expect(by.get('horowitz45')!.ratio).toBeCloseTo(4.6 / 12, 12);
    expect(by.get('horowitz45')!.breakEven).toEqual({
      kind: 'activity',
      activity: expect.closeTo(0.003, 12),
    });
    expect(arithmetic.macs).toBeCloseTo(4.6e-9, 18);
    expect(arithmetic.acs).toBeCloseTo(0.36e-9, 18);
  });

  it('is never even where neuron updates alone cost more', () => {
    const { rows } = compareWithDense(NETWORK, { ...SPIKING, joules: 500e-9 }, [named('gpu')]);
    expect(rows[0]!.breakEven).toEqual({ kind: 'never' });
  });

  it('does not know where nothing spiked', () => {
    const silent = { ...NETWORK, effective: 0 };
    const { rows } = compareWithDense(silent, { profile: 'p', joules: 4e-9, scaling: 0 }, [named('gpu')]);
    expect(rows[0]!.breakEven).toEqual({ kind: 'unknown' });
    const free = compareWithDense(silent, { profile: 'p', joules: 0, scaling: 0 }, [named('gpu')]);
    expect(free.rows[0]!.ratio).toBeNull();
  });

  it('refuses a part above the whole', () => {
    expect(() => compareWithDense(NETWORK, { ...SPIKING, scaling: 13e-9 })).toThrowError(
      expect.objectContaining({ code: 'E_USAGE' }),
    );
    expect(() => compareWithDense(NETWORK, { ...SPIKING, joules: Number.NaN })).toThrowError();
  });

  it('is even at the activity it names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1e-4, noNaN: true }),
        fc.double({ min: 1e-9, max: 1e-4, noNaN: true }),
        (dense, timesteps, active, still, scaling) => {
          const network = { label: 'n', dense, neurons: 5, timesteps, effective: dense * timesteps * active };
          const { rows, activity } = compareWithDense(network, {
            profile: 'p',
            joules: still + scaling,
            scaling,
          });
          for (const { breakEven, joules } of rows) {
            if (breakEven.kind !== 'activity') continue;
            const there = still + (scaling * breakEven.activity) / activity;
            expect(Math.abs(there / joules - 1)).toBeLessThan(1e-6);
          }
        },
      ),
      { seed: 4 },
    );
  });
});

describe('the estimate of a run', () => {
  const counts = {
    ...noEvents(),
    synapseDense: 1000,
    visit: 50,
    updateIdle: 30,
    updateActive: 20,
    spike: 4,
    axonOut: 6,
  };

  it('grows with activity but for updates', () => {
    const { joules, scaling, profile } = spikingEstimate(
      priceEvents(counts, costProfileNamed('loihi1-sanafe')),
      2,
    );
    expect(profile).toBe('loihi1-sanafe');
    const growing = 1000 * 35.5 + 4 * 69.3 + 6 * 111;
    const still = 50 * 51.2 + 20 * 21.6;
    expect(scaling).toBeCloseTo((growing / 2) * 1e-12, 20);
    expect(joules).toBeCloseTo(((growing + still) / 2) * 1e-12, 20);
  });

  it('has no known part that grows where the price is all-in, and is refused where there is none', () => {
    const allIn = spikingEstimate(priceEvents(counts, costProfileNamed('truenorth-allin')), 1);
    expect(allIn.scaling).toEqual({ refused: costProfileNamed('truenorth-allin').indivisible });
    expect(allIn.joules).toBeCloseTo(26e-9, 18);
    expect(() => spikingEstimate(priceEvents(counts, costProfileNamed('loihi2')), 1)).toThrowError(
      expect.objectContaining({ code: 'E_USAGE' }),
    );
  });
});

describe('its text', () => {
  it('has ratio, break-even, profile and every caveat', () => {
    const text = renderDenseComparison(compareWithDense(NETWORK, SPIKING));
    expect(text).toMatch(/GTX Titan Black +303\.0 nJ +25\.3x +above 100 %/);
    expect(text).toMatch(/45 nm arithmetic, FP32 +4\.600 nJ +0\.383x +0\.300 %/);
    expect(text).toContain('one pass of 1,000 MACs');
    const nearly = renderDenseComparison(compareWithDense(NETWORK, { ...SPIKING, joules: 999.96e-9 }));
    expect(nearly).toContain('1.000 µJ a sample');
    expect(text).toContain('loihi1-davies2018');
    expect(text).toContain('estimate');
    expect(text).toContain('about 6 % activity');
    expect(text).toContain('large batches only');
    expect(text).toContain('static power');
  });

  it('has the ratio alone, and why, where the estimate is not to be divided', () => {
    const allIn = { profile: 'truenorth-allin', joules: 12e-9, scaling: { refused: 'all of a chip' } };
    const comparison = compareWithDense(NETWORK, allIn);
    expect(comparison.rows.map(({ breakEven }) => breakEven.kind)).toEqual(
      DENSE_HARDWARE.map(() => 'refused'),
    );
    const text = renderDenseComparison(comparison);
    expect(text).toMatch(/GTX Titan Black +303\.0 nJ +25\.3x$/m);
    expect(text).toContain('which part grows with it: all of a chip');
    expect(text).not.toMatch(/equal at activity|growing with|above 100 %|operations alone/);
  });

  it('warns beside the ratios where a sample is a timestep', () => {
    const several = compareWithDense(NETWORK, SPIKING);
    expect(several.sampleWarning).toBeNull();
    expect(renderDenseComparison(several)).not.toContain('--sample');
    const one = compareWithDense({ ...NETWORK, timesteps: 1, effective: 40 }, SPIKING);
    expect(one.sampleWarning).toContain('N times too large. Say how many with --sample N');
    expect(renderDenseComparison(one)).toMatch(
      /^45 nm arithmetic, FP32.*\nwarning: the spiking side is 1 timestep/m,
    );
  });
});
