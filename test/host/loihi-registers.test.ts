/** Hardware registers: what is given is what the image holds, or is refused by name. */
import { describe, expect, it } from 'vitest';
import { cells, compile, imageHash, type LoihiParameters, Network } from '../../src/index.js';
import { complaintsOf } from './violations-of.js';

function network(parameters: LoihiParameters, n = 4): Network {
  const net = new Network();
  net.population(n, cells.loihi(parameters), 'p');
  return net;
}

const core = (parameters: LoihiParameters, profile = 'loihi1', n = 4) =>
  compile(network(parameters, n), { profile }).image.cores[0]!;

describe('registers', () => {
  it('are as given, one value where all agree', () => {
    const { compartments, u0, v0, registers } = core({
      du: 100,
      dv: [1, 2, 3, 4],
      vthMant: [9, 9, 9, 9],
      biasMant: -5,
      biasExp: 3,
      refract: 7,
      u0: [0, 0, 1, 0],
      v0: -9,
      vmin: -1023,
      vmax: 2047,
    });
    expect(compartments).toMatchObject({ du: 100, vthMant: 9, biasMant: -5, biasExp: 3, refract: 7 });
    expect(compartments.dv).toEqual(Int32Array.of(1, 2, 3, 4));
    expect([u0, v0]).toEqual([Int32Array.of(0, 0, 1, 0), -9]);
    expect(registers).toMatchObject({ vmin: -1023, vmax: 2047, dsOffset: 1, dmOffset: 0, resetMode: 'zero' });
  });

  it('have a second name for the threshold, and a whole bias', () => {
    expect(core({ vth: 12 }).compartments.vthMant).toBe(12);
    const { biasMant, biasExp } = core({ vth: 1, bias: [4095, 8190, -4096, 524_160] }).compartments;
    expect([biasMant, biasExp]).toEqual([Int32Array.of(4095, 4095, -4096, 4095), Int32Array.of(0, 1, 0, 7)]);
    expect(complaintsOf(network({ vth: 1, bias: 8191 })).lines).toEqual([
      'population p: bias 8191 is no mantissa -4096..4095 times 2^0..2^7',
    ]);
  });

  it('that differ per core keep neurons on different cores', () => {
    const { image, report } = compile(
      network({ vth: 1, vmin: [0, 0, -1023, -1023], vmax: [511, 511, 511, 511] }),
    );
    expect(image.cores.map(({ n, registers }) => [n, registers.vmin, registers.vmax])).toEqual([
      [2, 0, 511],
      [2, -1023, 511],
    ]);
    expect(report.splits.map(({ reason, neuron }) => [reason, neuron])).toEqual([['coreRegisters', 2]]);
  });

  it('let quiet neurons share a core with noisy ones, and different noise not', () => {
    const net = new Network();
    net.population(2, cells.loihi({ vth: 1 }), 'quiet');
    net.population(2, cells.loihi({ vth: 1, noise: { target: 'voltage', exp: 5 } }), 'noisy');
    net.population(2, cells.loihi({ vth: 1, noise: { target: 'current', exp: 5, enable: [0, 1] } }), 'other');
    const { cores } = compile(net).image;
    expect(cores.map(({ n, registers }) => [n, registers.noiseTarget])).toEqual([
      [4, 'voltage'],
      [2, 'current'],
    ]);
    expect(cores[0]!.compartments.noiseEnable).toEqual(Int32Array.of(0, 0, 1, 1));
    expect(cores[1]!.compartments.noiseEnable).toEqual(Int32Array.of(0, 1));
  });
});

describe('refuses, all at once', () => {
  it('values out of range, naming the neuron', () => {
    const { code, lines } = complaintsOf(
      network({ vthMant: 200_000, du: [0, 5000, 1, 9999], dv: -1, refract: 64, vmin: -5, v0: 2 ** 24 }),
    );
    expect(code).toBe('E_INPUT');
    expect(lines).toEqual([
      'population p: vmin is -5; it must be -(2^k) + 1 with k = 0..23, that is 0, -1, -3, ... -8388607',
      'population p: neuron 1: du is 5000; it must be an integer 0..4095 (and 1 more neurons)',
      'population p: dv is -1; it must be an integer 0..4095',
      'population p: vthMant is 200000; it must be an integer 0..131071',
      'population p: refract is 64; it must be an integer 0..63',
      'population p: v0 is 16777216; it must be an integer -8388607..8388607',
    ]);
  });

  it('columns of the wrong length, missing and doubled thresholds, fractions', () => {
    const { lines } = complaintsOf(network({ du: [1, 2], vth: 1, vthMant: 2, dv: 1.5 }));
    expect(lines).toContain('population p: du has 2 values for 4 neurons');
    expect(lines).toContain('population p: vth and vthMant are two names of one register: give one of them');
    expect(lines).toContain('population p: dv is 1.5; it must be an integer 0..4095');
    expect(complaintsOf(network({ du: 1 })).lines).toEqual(['population p: vthMant is missing']);
  });
});

describe('extensions', () => {
  const cases: [string, LoihiParameters, string][] = [
    ['reset to a value', { vth: 9, reset: { mode: 'value', value: 7 } }, 'resetMode is value'],
    ['soft reset', { vth: 9, reset: { mode: 'subtract' } }, 'resetMode is subtract'],
    ['ternary spikes', { vth: 9, ternary: { vthLoMant: -9 } }, 'has no ternary spikes'],
    ['periodic reset', { vth: 9, periodicReset: { interval: 10 } }, 'has no periodic reset'],
    [
      'adaptive threshold',
      { vth: 9, adaptive: { vthStep: 8, dth: 40 } },
      'adaptive is given, but this profile has no adaptive threshold',
    ],
  ];
  it.each(cases)('%s: Loihi 1 has none, and the error names profiles that do', (_, parameters, message) => {
    const { lines } = complaintsOf(network(parameters));
    expect(lines.some((line) => line.includes(message) && line.includes('unlimited'))).toBe(true);
    expect(complaintsOf(network(parameters), { profile: 'unlimited' }).lines).toEqual([]);
  });
  it('reach the core', () => {
    const { registers, compartments } = core(
      {
        vth: 9,
        reset: { mode: 'value', value: [1, 2, 3, 4] },
        ternary: { vthLoMant: -8 },
        periodicReset: { interval: 10, offset: 3 },
      },
      'unlimited',
    );
    expect(registers).toMatchObject({ resetMode: 'value', ternary: true, resetInterval: 10, resetOffset: 3 });
    expect(compartments.vreset).toEqual(Int32Array.of(1, 2, 3, 4));
    expect(compartments.vthLoMant).toBe(-8);
    const adaptive = core({ vth: 9, adaptive: { vthStep: [0, 1, 2, 3], dth: 40 } }, 'unlimited').compartments;
    expect([adaptive.vthStep, adaptive.dth]).toEqual([Int32Array.of(0, 1, 2, 3), 40]);
  });
  it('of the threshold leave no trace in an image that does not use them', () => {
    const hash = (parameters: LoihiParameters, profile: string) =>
      imageHash(compile(network(parameters), { profile }).image);
    const unused = { vth: 9, adaptive: { vthStep: 0, dth: 40 } };
    expect(core({ vth: 9 }, 'unlimited').compartments).not.toHaveProperty('vthStep');
    expect(compile(network({ vth: 9 }), { profile: 'unlimited' }).image.profile.rules).not.toHaveProperty(
      'adaptiveThreshold',
    );
    expect(hash(unused, 'unlimited')).toBe(hash({ vth: 9 }, 'unlimited'));
  });
  it('that make no sense are refused', () => {
    const { lines } = complaintsOf(network({ vth: 1, reset: { mode: 'zero', value: 3 } }), {
      profile: 'unlimited',
    });
    expect(lines).toEqual(['population p: reset.value is given, but the reset mode is zero']);
    expect(complaintsOf(network({ vth: 1, vmin: 0 }), { profile: 'lava' }).lines).toEqual([
      'population p: vmin is 0, but profile lava has no voltage range registers',
    ]);
    const both = network({ vth: 9, ternary: { vthLoMant: -9 }, adaptive: { vthStep: 8, dth: 40 } });
    expect(complaintsOf(both, { profile: 'unlimited' }).lines).toEqual([
      'population p: thresholds of ternary spikes do not adapt',
    ]);
    const wide = network({ vth: 9, adaptive: { vthStep: 131_072, dth: [0, 4095, -1, 4096] } });
    expect(complaintsOf(wide, { profile: 'unlimited' }).lines).toEqual([
      'population p: neuron 2: dth is -1; it must be an integer 0..4095 (and 1 more neurons)',
      'population p: vthStep is 131072; it must be an integer 0..131071',
    ]);
  });
});
