/** What a compile tells: use against limits, splits, rounding, notices; as data and as text. */
import { describe, expect, it } from 'vitest';
import {
  cells,
  compile,
  connectors,
  decodeImage,
  encodeImage,
  explainImage,
  Network,
  renderReport,
  sources,
  synapses,
} from '../../src/index.js';

function network(): Network {
  const net = new Network({ dt: 0.1, seed: 2 });
  const input = net.population(30, sources.poisson({ rate: 20 }), 'input');
  const exc = net.population(700, cells.lif({ tau_m: 20, tau_syn: 5 }), 'exc');
  const inh = net.population(700, cells.loihi({ vth: 100 }), 'inh');
  net.projection(
    input,
    exc,
    connectors.fixedProbability(0.2),
    synapses.static({ weight: { uniform: [0.1, 0.9] }, unit: 'mV' }),
  );
  net.projection(exc, inh, connectors.fixedProbability(0.02), synapses.static({ weight: 3, delay: 2 }));
  return net;
}

describe('data', () => {
  const { image, report } = compile(network());

  it('has every core with what it uses and what there is', () => {
    expect(report.profile.name).toBe('loihi1');
    expect(report.cores.map(({ populations }) => populations)).toEqual([
      [
        { label: 'exc', from: 0, to: 700 },
        { label: 'inh', from: 0, to: 324 },
      ],
      [{ label: 'inh', from: 324, to: 700 }],
    ]);
    expect(report.cores[0]!.usage.map(({ limit, used, available }) => [limit, used, available])).toEqual([
      ['compartments', 1024, 1024],
      ['inAxons', expect.any(Number), 4096],
      ['outAxonSlots', expect.any(Number), 4096],
      ['synapseBits', expect.any(Number), 1_048_576],
      ['accumulators', 8192, 8192],
    ]);
    expect(report.totals.neurons).toBe(1400);
  });

  it('says why each new core was started, and what was rounded', () => {
    expect(report.splits).toEqual([
      {
        population: 'inh',
        neuron: 324,
        core: 0,
        reason: 'compartments',
        message: 'inh is split at neuron 324: 1024 of 1024 compartments used, 1025 with it',
      },
    ]);
    expect(report.conversions.map(({ population }) => population)).toEqual(['exc']);
    expect(report.weights.map(({ projection, unit }) => [projection, unit])).toEqual([
      ['input -> exc', 'mV'],
      ['exc -> inh', 'mantissa'],
    ]);
    expect(report.weights[0]!.rounded).toBeGreaterThan(1000);
    expect(report.weights[1]!.rounded).toBe(0);
  });

  it('is plain: JSON keeps it', () => expect(JSON.parse(JSON.stringify(report))).toEqual(report));

  it('can be had from an image alone, as far as it is in there', () => {
    const again = explainImage(decodeImage(encodeImage(image)));
    const { splits: _s, conversions: _c, weights: _w, notices: _n, ...fromImage } = report;
    expect(again).toEqual(fromImage);
  });
});

describe('text', () => {
  it('is readable', () => {
    const { report } = compile(network());
    const text = renderReport(report);
    expect(text.split('\n')[0]).toMatch(
      /^Loihi 1 \(loihi1\): 1400 neurons, 30 sources, \d+ synapses on 2 cores, 1 chip$/,
    );
    expect(text).toMatch(
      /^core +chip +tile +slot +comp\. +in-axons +out-axons +syn\. memory +accum\. +populations$/m,
    );
    expect(text).toMatch(/^ +0 +0,0 +0,0 +0 +1024\/1024 .*8192\/8192 +exc\[0:700\] inh\[0:324\]$/m);
    expect(text).toContain(
      '  core 0: inh is split at neuron 324: 1024 of 1024 compartments used, 1025 with it',
    );
    expect(text).toContain('  tau_m 20 ms at dt 0.1 ms: dv = 20 gives 20.43 ms (+2.1 %)');
    expect(text).toMatch(
      /input -> exc: \d+ of \d+ \(0 to 0\), at most by .* mV; 8 bits excitatory, exponent \d/,
    );
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  });

  it('shows the notice of a profile, and no limits where there are none', () => {
    const { report, image } = compile(network(), { profile: 'unlimited' });
    for (const text of [renderReport(report), renderReport(explainImage(image))]) {
      expect(text).toContain('note: capacity limits are off');
      expect(text).toMatch(/^ +0 +0,0 +0,0 +0 +1400 /m);
    }
  });

  it('sums up what would be too long', () => {
    const net = new Network();
    net.population(400, cells.loihi({ vth: 1 }), 'a');
    const text = renderReport(compile(net, { coreSize: 2 }).report);
    expect(text).toContain('and 136 more cores');
    expect(text).toContain('  and 135 more');
  });
});
