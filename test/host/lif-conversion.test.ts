/** Physical units to registers: rounding is reported for every register, and weights keep their meaning. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRIAN2LOIHI, LAVA, UNLIMITED } from '../../cores/index.js';
import {
  cells,
  compile,
  connectors,
  convertLif,
  type LifParameters,
  LOIHI1,
  Network,
  PROFILES,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';
import { complaintsOf } from './violations-of.js';

const convert = (parameters: LifParameters, dt = 1, rules = LOIHI1.rules) =>
  convertLif(parameters, 1, { dt, rules });

describe('report', () => {
  it('has every register, wanted and got', () => {
    const { report } = convert({ tau_m: 20, tau_syn: 5, I: 0.5, tau_refrac: 2.4 });
    expect(report.roundings.map(({ quantity, register }) => `${quantity} ${register}`)).toEqual([
      'tau_m dv',
      'tau_syn du',
      'v_th vthMant',
      'v_inf bias',
      'tau_refrac refract',
      'v0 v0',
    ]);
    const refractory = report.roundings.find(({ quantity }) => quantity === 'tau_refrac')!;
    expect(refractory).toMatchObject({ value: 3, wanted: 2.4, got: 2, unit: 'ms' });
    expect(refractory.relativeError).toBeCloseTo(-1 / 6);
    expect(refractory.message).toBe('tau_refrac 2.4 ms at dt 1 ms: refract = 3 gives 2 ms');
  });

  it('has the adaptive threshold where there is one', () => {
    const { report, registers } = convert({ v_th_step: 1.5, tau_th: 100 }, 1, UNLIMITED.rules);
    const rows = report.roundings.filter(({ register }) => register === 'dth' || register === 'vthStep');
    expect(rows.map(({ quantity, wanted }) => [quantity, wanted])).toEqual([
      ['v_th_step', 1.5],
      ['tau_th', 100],
    ]);
    for (const { relativeError } of rows) expect(Math.abs(relativeError)).toBeLessThan(0.02);
    // 4096 (1 - exp(-1/100)) = 40.76
    expect(registers.dth).toBe(41);
    expect(rows[1]!.message).toBe('tau_th 100 ms at dt 1 ms: dth = 41 gives 99.4 ms');
    expect((registers.vthStep as number) / (registers.vthMant as number)).toBeCloseTo(1.5 / 15, 4);
    expect(convert({}, 1, UNLIMITED.rules).registers).toMatchObject({ dth: 0, vthStep: 0 });
  });

  it('leaves v room above a threshold that spikes have raised', () => {
    const { registers, violations } = convert({ v_th_step: 30, tau_th: 100 }, 1, UNLIMITED.rules);
    expect(violations).toEqual([]);
    const { vthMant, vthStep } = registers as { vthMant: number; vthStep: number };
    expect(64 * (vthMant + 16 * vthStep)).toBeLessThan(2 ** 23);
  });

  it('is small for any sensible neuron', () => {
    fc.assert(
      fc.property(
        fc.record({
          tau_m: fc.double({ min: 5, max: 60, noNaN: true }),
          tau_syn: fc.double({ min: 1, max: 20, noNaN: true }),
          v_rest: fc.double({ min: -80, max: -60, noNaN: true }),
          v_reset: fc.double({ min: -85, max: -60, noNaN: true }),
          v_th: fc.double({ min: -55, max: -40, noNaN: true }),
          R: fc.double({ min: 5, max: 200, noNaN: true }),
          I: fc.double({ min: -0.5, max: 2, noNaN: true }),
        }),
        (parameters) => {
          const { report, violations } = convert(parameters);
          expect(violations).toEqual([]);
          const error = Object.fromEntries(
            report.roundings.map((r) => [r.quantity, Math.abs(r.relativeError)]),
          );
          expect(error.v_th).toBeLessThan(1e-3);
          expect(error.v_inf).toBeLessThan(1e-3);
          expect(error.v0).toBeLessThan(1e-3);
          expect(error.tau_m).toBeLessThan(0.01);
          expect(error.tau_syn).toBeLessThan(0.01);
        },
      ),
    );
  });

  it('names the neuron that lost most', () => {
    const { report } = convertLif({ tau_m: [20, 2000, 10] }, 3, { dt: 1, rules: LOIHI1.rules, label: 'exc' });
    const tau = report.roundings.find(({ quantity }) => quantity === 'tau_m')!;
    expect(report.population).toBe('exc');
    expect(tau).toMatchObject({ neuron: 1, value: 2, wanted: 2000 });
    expect(tau.relativeError).toBeCloseTo(0.0237, 4);
  });

  it('comes with the compiled network', () => {
    const net = new Network({ dt: 0.1 });
    net.population(2, cells.lif({ tau_m: 20 }), 'exc');
    const [conversion] = compile(net).report.conversions;
    expect(conversion).toMatchObject({ population: 'exc', dt: 0.1 });
    expect(conversion!.roundings[0]!.message).toBe('tau_m 20 ms at dt 0.1 ms: dv = 20 gives 20.43 ms');
  });
});

describe('refuses', () => {
  it('what no register holds, saying what would', () => {
    const net = new Network({ dt: 0.05 });
    net.population(1, cells.lif({ tau_refrac: 5 }), 'p');
    const { lines, hints } = complaintsOf(net);
    expect(lines).toEqual([
      'population p: tau_refrac 5 ms at dt 0.05 ms needs refract 101, the profile has 63',
    ]);
    expect(hints[0]).toContain('dt of 0.08065 ms');
  });
  it('contradictions and impossible values, all at once', () => {
    const { violations } = convert({ tau_m: 20, R: 3, cm: 1 });
    expect(violations.map(({ message }) => message)).toEqual([
      'tau_m, R and cm are all given, but tau_m = R cm',
    ]);
    const bad = convert({ tau_m: -1, R: 0, v_th: -80, tau_syn: -2 }).violations.map(({ message }) => message);
    expect(bad).toEqual([
      'tau_m is -1 ms; it must be positive',
      'tau_syn is -2 ms; it must be 0 or more',
      'R is 0 MOhm; it must be positive',
      'v_th -80 mV must be above v_reset -65 mV',
    ]);
    expect(convert({ tau_m: 1e6 }, 0.1).violations[0]!.message).toContain('below 1/4096');
  });
  it('half an adaptive threshold, one out of range, and one where the profile has none', () => {
    const messages = (parameters: LifParameters, rules = UNLIMITED.rules) =>
      convert(parameters, 1, rules).violations.map(({ message, hint }) => `${message}: ${hint}`);
    const half = 'v_th_step and tau_th make an adaptive threshold together: give both, or none';
    expect(messages({ v_th_step: 1 })).toEqual([half]);
    expect(messages({ tau_th: 1 })).toEqual([half]);
    expect(messages({ v_th_step: 1, tau_th: 100 }, LOIHI1.rules)).toEqual([
      'v_th_step is given, but this profile has no adaptive threshold; profiles that have: unlimited: take such a profile, or leave it out',
    ]);
    expect(messages({ v_th_step: -1, tau_th: 0 })).toEqual(['v_th_step is -1 mV; it must be 0 or more: ']);
    expect(messages({ v_th_step: 1, tau_th: 0 })).toEqual(['tau_th is 0 ms; it must be positive: ']);
    expect(messages({ v_th_step: 1, tau_th: 1e5 })).toEqual([
      'tau_th 100000 ms at dt 1 ms needs a decay below 1/4096 per step: ',
    ]);
    expect(messages({ v_th_step: 1e-4, tau_th: 100, unitsPerMv: 1000 })).toEqual([
      'v_th_step 0.0001 mV becomes vthStep 0, which must be 1..131071: change unitsPerMv',
    ]);
  });
  it('a bias where the profile has none, and refractoriness likewise', () => {
    expect(convert({ I: 1 }, 1, BRIAN2LOIHI.rules).violations[0]!.message).toContain('this profile has none');
    expect(convert({ I: 0 }, 1, BRIAN2LOIHI.rules).violations).toEqual([]);
    expect(convert({ tau_refrac: 2 }, 1, LAVA.rules).violations[0]!.message).toContain('needs refract 3');
  });
});

it('takes R from the capacity, and tau_m from both', () => {
  const gain = (parameters: LifParameters) =>
    convert({ ...parameters, I: 0.3 }).report.roundings.find(({ quantity }) => quantity === 'v_inf')!.wanted;
  expect(gain({ tau_m: 20, cm: 0.5 })).toBeCloseTo(-65 + 0.3 * 40);
  expect(gain({ R: 10, cm: 2 })).toBeCloseTo(-65 + 3);
  expect(convert({ R: 10, cm: 2 }).report.roundings[0]!.wanted).toBe(20);
});

describe('weights', () => {
  /** v of one neuron after a single input spike, mV above v_rest, per step. */
  async function response(
    parameters: LifParameters,
    weight: number,
    unit: 'nA' | 'mV',
    dt: number,
    profile = 'loihi1',
  ) {
    const net = new Network({ dt });
    const input = net.population(1, sources.spikeArray({ steps: [[1]] }), 'input');
    const neuron = net.population(1, cells.lif(parameters), 'neuron');
    net.projection(input, neuron, connectors.oneToOne(), synapses.static({ weight, unit }));
    net.probe(neuron, ['v']);
    const { traces, report } = await simulate(net, { steps: Math.round(60 / dt), profile });
    return Array.from(traces[0]!.values, (v) => v / report!.conversions[0]!.unitsPerMv);
  }

  it('of a current decaying with tau_syn give the postsynaptic potential of theory', async () => {
    for (const dt of [1, 0.5, 0.1]) {
      const v = await response({ tau_m: 20, tau_syn: 5, R: 10, v_rest: -65 }, 1.2, 'nA', dt);
      // V(t) = R w tau_syn / (tau_m - tau_syn) (e^(-t/tau_m) - e^(-t/tau_syn))
      const theory = (t: number) => ((1.2 * 10 * 5) / 15) * (Math.exp(-t / 20) - Math.exp(-t / 5));
      for (const [k, value] of v.entries())
        expect(Math.abs(value - theory((k + 1) * dt))).toBeLessThan(0.04 * theory(9.24) + 1e-3);
    }
  });
  it('in mV without tau_syn are the jump of v', async () => {
    const v = await response({ tau_m: 20 }, 3, 'mV', 1);
    expect(v[0]).toBeCloseTo(3, 1);
    expect(v[20]! / v[0]!).toBeCloseTo(Math.exp(-1), 2);
  });
  it('in mV with tau_syn are R times the current', async () => {
    const inMv = await response({ tau_m: 20, tau_syn: 5, R: 10 }, 12, 'mV', 1);
    const inNa = await response({ tau_m: 20, tau_syn: 5, R: 10 }, 1.2, 'nA', 1);
    expect(inMv).toEqual(inNa);
  });
  it('are stored with their error reported, and the scale is chosen to make it small', () => {
    const net = new Network({ dt: 0.1, seed: 2 });
    const cell = cells.lif({ tau_m: 20, tau_syn: 5, v_rest: -49, v_reset: -60, v_th: -50, tau_refrac: 5 });
    const exc = net.population(80, cell, 'exc');
    const input = net.population(20, sources.poisson({ rate: 10 }), 'input');
    net.projection(exc, exc, connectors.fixedProbability(0.1), synapses.static({ weight: 1.62, unit: 'mV' }));
    net.projection(input, exc, connectors.fixedProbability(0.1), synapses.static({ weight: -9, unit: 'mV' }));
    const { report } = compile(net);
    expect(report.weights.map(({ signMode }) => signMode)).toEqual(['excitatory', 'inhibitory']);
    for (const { maxError, worstWanted } of report.weights)
      expect(maxError).toBeLessThanOrEqual(0.004 * Math.abs(worstWanted));
  });
  it('cannot be physical for cells in registers', () => {
    const net = new Network();
    const p = net.population(1, cells.loihi({ vth: 1 }), 'p');
    net.projection(p, p, connectors.oneToOne(), synapses.static({ weight: 1, unit: 'nA' }));
    expect(complaintsOf(net).lines).toEqual([
      'projection p -> p: has weights in nA, but p is given in registers',
    ]);
  });
  it('leave room in the input register for all inputs at once, or say that they do not', () => {
    const build = (n: number, weight: number) => {
      const net = new Network();
      const input = net.population(n, sources.poisson({ probability: 0.1 }), 'input');
      const p = net.population(3, cells.lif({ tau_syn: 5 }), 'p');
      net.projection(input, p, connectors.allToAll(), synapses.static({ weight, unit: 'mV' }));
      return compile(net);
    };
    const { image, report } = build(100, 5);
    const { formats, words } = image.cores[0]!.synapses;
    expect(words).toHaveLength(300);
    expect(100 * ((words[0]! | 0) >> 23) * 2 ** (6 + formats[0]!.shift)).toBeLessThan(2 ** 21);
    expect(report.notices).toEqual([]);
    expect(build(4000, 50).report.notices[0]).toContain('could leave the input register');
  });
});

it('works under every profile that has what it needs', async () => {
  for (const { name } of PROFILES) {
    const net = new Network({ dt: 1, seed: 3 });
    const input = net.population(50, sources.poisson({ rate: 40 }), 'input');
    const p = net.population(10, cells.lif({ tau_m: 20, tau_syn: 5 }), 'p');
    net.projection(input, p, connectors.allToAll(), synapses.static({ weight: 2, unit: 'mV' }));
    const { spikes } = await simulate(net, { steps: 500, profile: name });
    expect(spikes.get('p')!.steps.length).toBeGreaterThan(100);
  }
});
