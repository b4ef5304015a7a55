/** The meter's sums against every synapse and spike of random networks, followed one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1, UNLIMITED } from '../../cores/index.js';
import { Chip } from '../../routing/index.js';
import { compile } from '../../src/index.js';
import { mostUpdates } from '../../src/neurobench/membranes.js';
import { NeurobenchMeter } from '../../src/neurobench/meter.js';
import { neuronModel } from '../../src/neurobench/neuron-model.js';
import { readSynapses } from '../host/image-reader.js';
import { randomNetwork, STEPS } from '../host/random-network.js';

const SAMPLE = 8;

describe.each([LOIHI1, UNLIMITED])('$name', (profile) => {
  it('counts what following each spike to its synapses counts, from network and image alike', async () => {
    let operations = 0;
    await fc.assert(
      fc.asyncProperty(randomNetwork(profile), fc.constantFrom(3, 64), async (random, coreSize) => {
        const { image } = compile(random.network, { profile, coreSize });
        await using chip = await Chip.open(image, { kernels: 'scalar' });
        const meters = [
          new NeurobenchMeter(image, { network: random.network, sampleSteps: SAMPLE }),
          new NeurobenchMeter(image, { sampleSteps: SAMPLE }),
        ];
        const effective = new Map<number, number>();
        for (const { pre, weight } of readSynapses(image))
          if (weight !== 0) effective.set(pre, (effective.get(pre) ?? 0) + 1);
        const perSample = new Array<number>(STEPS / SAMPLE).fill(0);
        let changes = 0;
        const last = new Map<number, number>();
        // In pieces that are not whole samples: the last v must be carried from one to the next.
        for await (const part of chip.legs(STEPS, { every: 3 })) {
          for (const meter of meters) meter.add(part);
          const fired = new Set<string>();
          part.spikes.ids.forEach((id, k) => {
            perSample[Math.floor((part.spikes.steps[k]! - 1) / SAMPLE)]! += effective.get(id) ?? 0;
            fired.add(`${id} ${part.spikes.steps[k]}`);
          });
          for (const { probe, variable, steps, samples } of part.traces) {
            if (variable !== 'v') continue;
            const { firstId, size } = image.populations[image.probes[probe]!.population]!;
            steps.forEach((step, row) => {
              for (let i = 0; i < size; i++) {
                const v = samples[row * size + i]!;
                const first = (step - 1) % SAMPLE === 0;
                if (first || last.get(firstId + i) !== v || fired.has(`${firstId + i} ${step}`)) changes++;
                last.set(firstId + i, v);
              }
            });
          }
        }
        const models = image.populations.map((one) =>
          one.kind === 'cells' ? neuronModel(image, one) : null,
        );
        const samples = STEPS / SAMPLE;
        const most = mostUpdates(image, models, chip.counters(), { samples, sampleSteps: SAMPLE });
        expect(most.updates).toBeGreaterThanOrEqual(changes);
        const total = perSample.reduce((sum, x) => sum + x, 0);
        operations += total;
        for (const meter of meters) {
          const { metrics, layers } = meter.report(chip.counters());
          expect(metrics.Effective_ACs).toEqual({
            mean: total / perSample.length,
            least: Math.min(...perSample),
            most: Math.max(...perSample),
          });
          expect(layers.reduce((sum, layer) => sum + layer.effective, 0)).toBeCloseTo(
            total / perSample.length,
            9,
          );
          expect(metrics['Membrane Updates']).toEqual({ value: changes / perSample.length, exact: true });
        }
      }),
      { numRuns: 25, seed: 20261125 },
    );
    expect(operations).toBeGreaterThan(1000);
  });
});
