/** Membrane updates without any probe: by hand, and as comparing v of all neurons step by step counts them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1, UNLIMITED } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions } from '../../routing/index.js';
import {
  cells,
  compile,
  connectors,
  Network,
  SeamountError,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';
import { NeurobenchMeter } from '../../src/neurobench/meter.js';
import { renderNeurobench } from '../../src/neurobench/report.js';
import { randomNetwork, STEPS } from '../host/random-network.js';

const SAMPLE = 8;

/**
 * Three neurons over 8 steps, threshold 30 x 64, no leak, currents of one step, held for two steps after a spike:
 *
 *   step   1     2      3     4      5     6     7     8
 *   a.0    20    fires  held  held   20    20    20    20   (x 64), inputs at 1, 2, 3 and 5
 *   a.1    0     0      0     fires  held  held  0     0    from 0 to 0, by one input
 *   b.0    0     0      0     0      0     0     0     0    without input
 */
function byHand(): Network {
  const network = new Network();
  const input = network.population(2, sources.spikeArray({ steps: [[1, 2, 3, 5], [4]] }), 'input');
  const cell = cells.loihi({ vthMant: 30, dv: 0, refract: 3 });
  const a = network.population(2, cell, 'a');
  network.population(1, cell, 'b');
  network.projection(
    input.slice(0, 1),
    a.slice(0, 1),
    connectors.allToAll(),
    synapses.static({ weight: 20 }),
  );
  network.projection(
    input.slice(1, 2),
    a.slice(1, 2),
    connectors.allToAll(),
    synapses.static({ weight: 40 }),
  );
  return network;
}

describe('by hand', () => {
  it.each([
    // all three, a.0 at 2 and 5, a.1 at 4
    [8, 6, [5, 1]],
    // all three and a.0 at 2, a.1 at 4; then all three, a.0 among them
    [4, (5 + 3) / 2, [3, 1]],
    [1, 3, [2, 1]],
  ])('samples of %i steps have %d updates', async (sampleSteps, updates, ofPopulations) => {
    const network = byHand();
    const { neurobench, traces, spikes } = await simulate(network, { steps: 8, neurobench: { sampleSteps } });
    expect(traces).toEqual([]);
    expect([...spikes.get('a')!.steps]).toEqual([2, 4]);
    const { metrics, populations, layersAre } = neurobench!;
    expect(layersAre).toBe('projections');
    expect(metrics['Membrane Updates']).toEqual({ value: updates, exact: true });
    expect(populations.map((one) => one['Membrane Updates'])).toEqual(ofPopulations);
    // Leaky: 4 operations an update
    expect(metrics['Neuron Ops']).toEqual({
      'Effective Neuron Ops': 4 * updates,
      'Neuron Dense Ops': 4 * 3 * sampleSteps,
      exact: true,
    });
    expect(renderNeurobench(neurobench!)).not.toMatch(/at most|bounded/);
  });

  it('what had work is more: the bound of a run in which nobody counted', async () => {
    const network = byHand();
    const simulation = await simulate(network, { steps: 8 });
    expect(simulation.neurobench).toBeNull();
    const meter = new NeurobenchMeter(simulation.image, { network, sampleSteps: 8 });
    meter.addSimulation(simulation);
    // a.0 in all steps, a.1 in steps 4 to 6, and three for the sample
    expect(meter.report(simulation.counters).metrics['Membrane Updates']).toEqual({
      value: 8 + 3 + 3,
      exact: false,
    });
  });

  it('says before the run that it is no whole number of samples', async () => {
    let isAsked = false;
    const onProgress = (): void => {
      isAsked = true;
    };
    const run = simulate(byHand(), { steps: 9, neurobench: { sampleSteps: 4 }, onProgress });
    await expect(run).rejects.toThrowError(SeamountError);
    expect(isAsked).toBe(false);
  });
});

const WAYS: readonly ChipOptions[] = [
  { kernels: 'scalar', workers: 1 },
  { kernels: 'scalar', workers: 3, recordingWords: 0 },
  { kernels: 'wasm', workers: 1, recordingWords: 5 },
  { kernels: 'wasm', workers: 3 },
];

/** Updates of all samples, from v of every neuron at every step. */
async function recounted(image: ChipImage): Promise<number> {
  await using chip = await Chip.open(image, { kernels: 'scalar' });
  const { spikes, traces } = await chip.run(STEPS);
  const fired = new Set(Array.from(spikes.steps, (step, k) => `${step} ${spikes.ids[k]}`));
  let updates = 0;
  for (const { probe, variable, steps, samples } of traces) {
    if (variable !== 'v') continue;
    const { firstId, size } = image.populations[image.probes[probe]!.population]!;
    for (const [row, step] of steps.entries())
      for (let i = 0; i < size; i++) {
        const isFirst = (step - 1) % SAMPLE === 0;
        const isOther = samples[row * size + i] !== samples[(row - 1) * size + i];
        if (isFirst || isOther || fired.has(`${step} ${firstId + i}`)) updates++;
      }
  }
  return updates;
}

describe.each([LOIHI1, UNLIMITED])('$name', (profile) => {
  it('counts what traces of v say, for any workers, kernels and legs, and changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(profile), fc.constantFrom(3, 64), async ({ network }, coreSize) => {
        const { image: probed } = compile(network, { profile, coreSize });
        const value = (await recounted(probed)) / (STEPS / SAMPLE);
        const image = { ...probed, probes: [] };
        await using plain = await Chip.open(image);
        await plain.run(STEPS);
        for (const options of WAYS) {
          const meter = new NeurobenchMeter(image, { network, sampleSteps: SAMPLE });
          const needs = NeurobenchMeter.needs({ sampleSteps: SAMPLE });
          await using chip = await Chip.open(image, { pool: 'inline', ...options, ...needs });
          for await (const part of chip.legs(STEPS, { every: 7 })) meter.add(part);
          expect(meter.report(chip.counters()).metrics['Membrane Updates']).toEqual({ value, exact: true });
          expect(chip.counters()).toEqual(plain.counters());
          expect(chip.stateHash()).toBe(plain.stateHash());
        }
      }),
      { numRuns: 20 },
    );
  });
});
