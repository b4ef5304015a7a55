import { describe, expect, it } from 'vitest';
import { json, seamount } from './harness.js';

interface Point {
  readonly current: number;
  readonly analytic: { readonly interval: number | null; readonly rate: number };
  readonly predicted: { readonly interval: number | null };
  readonly measured: {
    readonly spikes: number;
    readonly shortest: number | null;
    readonly longest: number | null;
    readonly rate: number | null;
  };
  readonly errorSteps: number | null;
}

async function points(...argv: readonly string[]): Promise<readonly Point[]> {
  const { code, out, err } = await seamount(['neuron', ...argv, '--json']);
  expect([code, err]).toEqual([0, '']);
  const object = json(out);
  expect(object.schema).toBe('seamount/neuron/1');
  return object.points as readonly Point[];
}

describe('seamount neuron', () => {
  it('the neuron everyone knows fires every 26 steps, 38.5 Hz', async () => {
    const [point] = await points();
    expect(point).toMatchObject({
      current: 1.5,
      measured: { shortest: 26, longest: 26 },
      predicted: { interval: 26 },
    });
    expect(point!.measured.rate).toBeCloseTo(38.5, 1);
    expect(point!.analytic.rate).toBeCloseTo(38.48, 2);
  });

  it('every interval of an f-I sweep is within a step of the formula', async () => {
    const sweep = await points('--sweep', '0:6:0.1');
    expect(sweep).toHaveLength(61);
    expect(sweep.map(({ current }) => current).slice(0, 4)).toEqual([0, 0.1, 0.2, 0.3]);
    for (const { current, measured, analytic, errorSteps } of sweep) {
      // Rheobase is (v_th - v_rest) / R = 1 nA.
      if (current <= 1) expect([measured.spikes, analytic.interval]).toEqual([0, null]);
      else expect(measured.spikes).toBeGreaterThan(2);
      expect(errorSteps).toBeLessThan(1);
    }
  });

  it('at 0.1 ms a 12-bit decay gives 20.43 ms: it says so, and the registers predict what is measured', async () => {
    const [point] = await points('--dt', '0.1');
    expect(point!.measured.rate).toBeCloseTo(37.6, 1);
    expect(Math.abs(point!.measured.longest! - point!.predicted.interval!)).toBeLessThanOrEqual(1);
    const { out } = await seamount(['neuron', '--dt', '0.1']);
    expect(out).toMatch(/tau_m +20 ms +dv +20 +20\.43 ms +2\.1 %/);
    expect(out).toMatch(/6\.\d\d steps from analytic, 0 from predicted/);
  });

  it('draws the membrane, and the curve', async () => {
    const single = (await seamount(['neuron'])).out;
    expect(single).toMatch(/^ *mV\n-50 ┤[\u2800-\u28ff]{72}\n/m);
    expect(single).toMatch(/\n-70 ┤[\u2800-\u28ff]{72}\n/);
    const sweep = (await seamount(['neuron', '--sweep', '0:4:1'])).out;
    expect(sweep.match(/●/g)).toHaveLength(6); // five currents and the legend
  });

  it('takes any parameters', async () => {
    const [point] = await points(
      '--current',
      '2',
      '--tau-m',
      '10',
      '--resistance',
      '20',
      '--tau-refrac',
      '3',
      '--v-reset=-65',
    );
    expect(point!.errorSteps).toBeLessThan(1);
    expect(point!.measured.shortest).toBe(Math.ceil(3 + 10 * Math.log(40 / 25)));
  });

  it('says "-" where it fired but once', async () => {
    const { out } = await seamount(['neuron', '--steps', '30']);
    expect(out).toMatch(/measured +- +- +1 spikes in 30 steps/);
  });
});
