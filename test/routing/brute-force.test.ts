/** The chip against a simulator without cores, tables, sleep or delay lines. */
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { Chip } from '../../routing/index.js';
import { bruteForce, inputsOf, type TinyOptions, tinyImage } from './tiny-image.js';

const STEPS = 120;

const CASES: Readonly<Record<string, TinyOptions>> = {
  'three cores': {},
  'one core of one neuron': { cores: [1], sources: 1, density: 1 },
  'delays up to 30': { maxDelay: 30, seed: 2 },
  'quiet: no bias, few synapses': { biased: 0, density: 0.02, dense: 0, cores: [60, 60, 60, 60], seed: 3 },
  'integrators resting off zero': { integrators: 1, biased: 0.05, density: 0.03, dense: 0, seed: 4 },
  'long refractoriness': { refractMax: 40, seed: 5 },
  'ternary spikes': { ternary: true, profile: UNLIMITED, seed: 6 },
  'adaptive thresholds': { adaptive: 0.7, profile: UNLIMITED, seed: 10 },
  'adaptive thresholds that rest raised': {
    adaptive: 1,
    integrators: 1,
    biased: 0.05,
    profile: UNLIMITED,
    seed: 11,
  },
  'every neuron fires in every step': { driven: true, refractMax: 1, seed: 8 },
  'periodic reset of sleeping integrators': {
    resetInterval: 17,
    integrators: 1,
    biased: 0.1,
    density: 0.03,
    dense: 0,
    profile: UNLIMITED,
    seed: 9,
  },
  'many small cores': { cores: Array.from({ length: 30 }, () => 4), seed: 7 },
};

describe.each(Object.entries(CASES))('%s', (_, options) => {
  it.each(['scalar', 'wasm'] as const)(
    'spikes, state and counters are those of brute force: %s',
    async (kernels) => {
      const { image, net } = tinyImage(options);
      const inputs = inputsOf(options.seed ?? 1, net.sources, STEPS);
      const expected = bruteForce(net, STEPS, (t) => inputs[t]!);
      await using chip = await Chip.open(image, { kernels });
      inputs.forEach((sources, step) => {
        if (sources.length > 0) chip.send({ sources, steps: step });
      });
      const { spikes, from, to } = await chip.run(STEPS);
      expect([from, to]).toEqual([1, STEPS]);
      if (options.driven) expect(spikes.ids.length).toBeGreaterThanOrEqual(net.n * STEPS);
      expect(expected.steps.length).toBeGreaterThan(options.cores?.length === 1 ? 1 : 50);
      expect([...spikes.steps]).toEqual(expected.steps);
      expect([...spikes.ids]).toEqual(expected.ids);
      if (options.ternary) expect([...spikes.values!]).toEqual(expected.values);
      else expect(spikes.values).toBeNull();

      const states = image.cores.map((_, c) => chip.state(c));
      for (const { core, compartment, neuron, count } of image.populations[0]!.slices) {
        const { u, v, theta = new Int32Array(u.length) } = states[core]!;
        expect(theta.slice(compartment, compartment + count)).toEqual(
          expected.theta.slice(neuron, neuron + count),
        );
        expect(u.slice(compartment, compartment + count)).toEqual(expected.u.slice(neuron, neuron + count));
        expect(v.slice(compartment, compartment + count)).toEqual(expected.v.slice(neuron, neuron + count));
      }
      const { totals } = chip.counters();
      expect(totals.updatesActive).toBe(expected.updatesActive);
      expect(totals.updatesActive + totals.updatesIdle).toBe(BigInt(net.n * STEPS));
      expect(totals.synapticEventsSparse + totals.synapticEventsDense).toBe(expected.synapticEvents);
      expect(totals.spikes).toBe(BigInt(expected.ids.filter((id) => id < net.n).length));
    },
  );
});
