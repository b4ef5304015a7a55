/** Compiled, split over many small cores and run by the chip: the same as the rules applied to the network itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChipProfile, PROFILES } from '../../cores/index.js';
import { compile, simulate } from '../../src/index.js';
import { type DirectRun, simulateDirectly } from './direct-simulation.js';
import { type RandomNetwork, randomNetwork, STEPS } from './random-network.js';

const direct = ({ profile, neurons, synapses, arrivals }: RandomNetwork): DirectRun =>
  simulateDirectly(profile, neurons, synapses, arrivals, STEPS);

/** Spikes, u and v of all neurons as the direct simulation gives them. */
async function onChip(random: RandomNetwork, coreSize: number, kernels: 'scalar' | 'wasm') {
  const { image } = compile(random.network, { profile: random.profile, coreSize });
  const { traces, spikes } = await simulate(image, { steps: STEPS, kernels });
  const cells = image.populations.filter(({ kind }) => kind === 'cells');
  const perStep: number[][] = Array.from({ length: STEPS }, () => []);
  const rows = (variable: 'u' | 'v') =>
    Array.from({ length: STEPS }, (_, t) =>
      cells.flatMap(({ label, size }) => {
        const trace = traces.find((each) => each.population === label && each.variable === variable)!;
        return Array.from(trace.values.subarray(t * size, (t + 1) * size));
      }),
    );
  for (const { label, firstId } of cells) {
    const { steps, neurons } = spikes.get(label)!;
    for (const [k, step] of steps.entries()) perStep[step - 1]!.push(firstId + neurons[k]!);
  }
  for (const ids of perStep) ids.sort((a, b) => a - b);
  return { cores: image.cores.length, run: { spikes: perStep, u: rows('u'), v: rows('v') } };
}

describe.each(PROFILES.map((profile): [string, ChipProfile] => [profile.name, profile]))(
  '%s',
  (_, profile) => {
    it.each(['scalar', 'wasm'] as const)('equals the direct simulation (%s kernels)', async (kernels) => {
      let cores = 0;
      let spikes = 0;
      await fc.assert(
        fc.asyncProperty(randomNetwork(profile), fc.constantFrom(3, 7, 64), async (random, coreSize) => {
          const chip = await onChip(random, coreSize, kernels);
          const expected = direct(random);
          cores += chip.cores;
          spikes += expected.spikes.flat().length;
          expect(chip.run).toEqual(expected);
        }),
        { numRuns: 40, seed: 20261123 },
      );
      expect(cores).toBeGreaterThan(100);
      expect(spikes).toBeGreaterThan(1000);
    });
  },
);
