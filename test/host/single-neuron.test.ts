/** The neuron everyone knows: measured on the chip, predicted from its registers, and in closed form. */
import { describe, expect, it } from 'vitest';
import type { RegisterColumn } from '../../cores/index.js';
import {
  cells,
  convertLif,
  firingRate,
  interSpikeInterval,
  type LifConversion,
  LOIHI1,
  type MembraneParameters,
  Network,
  predictedSteps,
  rheobase,
  simulate,
} from '../../src/index.js';

const NEURON: MembraneParameters = { tau_m: 20, R: 15, v_rest: -65, v_reset: -70, v_th: -50, I: 1.5 };

/** Intervals between spikes of one neuron per current, in steps; the first spike is left out, it starts at v_rest. */
async function intervals(currents: readonly number[], dt: number, steps: number): Promise<number[][]> {
  const { I: _, ...membrane } = NEURON;
  const network = new Network({ dt });
  network.population(currents.length, cells.lif({ ...membrane, I: currents }), 'neurons');
  const { spikes } = await simulate(network, { steps });
  const { steps: at, neurons } = spikes.get('neurons')!;
  const times = currents.map((): number[] => []);
  for (const [k, neuron] of neurons.entries()) times[neuron]!.push(at[k]!);
  return times.map((own) => own.slice(1).map((t, i) => t - own[i]!));
}

const at = (column: RegisterColumn, i: number): number => (typeof column === 'number' ? column : column[i]!);

function predicted({ registers: r }: LifConversion, i: number): number {
  const bias = at(r.biasMant, i) * 2 ** at(r.biasExp, i);
  return predictedSteps({
    dv: at(r.dv, i),
    dmOffset: 0,
    bias,
    vthMant: at(r.vthMant, i),
    refract: at(r.refract, i),
  });
}

describe('dt 1 ms', () => {
  it('fires every 26 steps, 38.5 Hz', async () => {
    const [isi] = await intervals([1.5], 1, 1000);
    expect(isi!.length).toBeGreaterThan(30);
    expect(new Set(isi)).toEqual(new Set([26]));
    expect(1000 / 26).toBeCloseTo(38.5, 1);
    expect(firingRate(NEURON)).toBeCloseTo(38.5, 1);
  });

  it('follows the analytic f-I curve: every interval within one step', async () => {
    const currents = Array.from({ length: 81 }, (_, k) => 1.002 + k * 0.05);
    const measured = await intervals(currents, 1, 1500);
    for (const [k, isi] of measured.entries()) {
      const analytic = interSpikeInterval({ ...NEURON, I: currents[k]! });
      expect(isi.length).toBeGreaterThan(3);
      for (const steps of isi) expect(Math.abs(steps - analytic)).toBeLessThanOrEqual(1);
    }
  });

  it('is silent below rheobase and fires above it', async () => {
    expect(rheobase(NEURON)).toBe(1);
    const [below, at1, above] = await intervals([0.9995, 1, 1.0005], 1, 5000);
    expect([below, at1]).toEqual([[], []]);
    expect(above!.length).toBeGreaterThan(10);
  });

  it('holds the refractory period', async () => {
    const network = new Network({ dt: 1 });
    network.population(1, cells.lif({ ...NEURON, tau_refrac: 5 }), 'neuron');
    const { spikes } = await simulate(network, { steps: 400 });
    const { steps } = spikes.get('neuron')!;
    const isi = Array.from(steps.subarray(1), (t, i) => t - steps[i]!);
    expect(new Set(isi)).toEqual(new Set([31]));
  });
});

describe('dt 0.1 ms', () => {
  const dt = 0.1;

  it('says that 12 bits of decay make 20 ms 20.43 ms', () => {
    const { report } = convertLif(NEURON, 1, { dt, rules: LOIHI1.rules });
    const messages = report.roundings.map(({ message }) => message);
    expect(messages).toContain('tau_m 20 ms at dt 0.1 ms: dv = 20 gives 20.43 ms');
  });

  it('fires as the rounded registers predict, 37.7 Hz', async () => {
    const conversion = convertLif(NEURON, 1, { dt, rules: LOIHI1.rules });
    const expected = predicted(conversion, 0);
    const [isi] = await intervals([1.5], dt, 3000);
    expect(1000 / (expected * dt)).toBeCloseTo(37.7, 1);
    for (const steps of isi!) {
      expect(Math.abs(steps - expected)).toBeLessThanOrEqual(1);
      expect(1000 / (steps * dt)).toBeCloseTo(37.7, 0);
    }
  });

  it.each([0.05, 0.1, 0.25, 0.5, 1, 2])(
    'predicts every interval within one step at dt %s ms',
    async (step) => {
      const currents = Array.from({ length: 24 }, (_, k) => 1.02 + k * 0.12);
      const { I: _, ...membrane } = NEURON;
      const conversion = convertLif({ ...membrane, I: currents }, currents.length, {
        dt: step,
        rules: LOIHI1.rules,
      });
      const measured = await intervals(currents, step, Math.round(600 / step));
      for (const [k, isi] of measured.entries()) {
        expect(isi.length).toBeGreaterThan(2);
        for (const steps of isi) expect(Math.abs(steps - predicted(conversion, k))).toBeLessThanOrEqual(1);
      }
    },
  );
});

it('knows extremes of the closed form', () => {
  expect(interSpikeInterval({ ...NEURON, I: 1 })).toBe(Number.POSITIVE_INFINITY);
  expect(firingRate({ ...NEURON, I: 0 })).toBe(0);
  expect(predictedSteps({ dv: 0, dmOffset: 0, bias: 64, vthMant: 10, refract: 1 })).toBe(10);
  expect(predictedSteps({ dv: 100, dmOffset: 0, bias: 0, vthMant: 10, refract: 1 })).toBe(
    Number.POSITIVE_INFINITY,
  );
  expect(predictedSteps({ dv: 4096, dmOffset: 0, bias: 700, vthMant: 10, refract: 3 })).toBe(3);
});
