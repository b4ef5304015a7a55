/** Figures that others have published for known shapes. Source: NeuroBench harness e521c28, leaderboard and tests. */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, Network, simulate, sources, synapses } from '../../src/index.js';
import { NeurobenchMeter } from '../../src/neurobench/meter.js';
import type { NeurobenchReport } from '../../src/neurobench/report.js';

const LEAKY = cells.loihi({ vth: 131_071, dv: 164 });

/** A matrix without zeros, even mantissas. */
const full = (rows: number, columns: number) =>
  connectors.matrix({
    rows,
    columns,
    data: Int16Array.from({ length: rows * columns }, (_, k) => 2 * ((k % 7) + 1)),
  });

async function measure(
  network: Network,
  steps: number,
  sampleSteps: number,
  graded: readonly string[] = [],
): Promise<NeurobenchReport> {
  const { image } = compile(network);
  const simulation = await simulate(image, { steps });
  const meter = new NeurobenchMeter(image, { network, sampleSteps, graded });
  meter.addSimulation(simulation);
  return meter.report(simulation.counters);
}

describe('the motor prediction baseline (leaderboard: footprint 19,648 and 38,848, Dense 4900 and 9700, 250 Hz)', () => {
  it.each([
    [96, 4900, 19_648],
    [192, 9700, 38_848],
  ])('%i-50-2 is Dense %i', async (inputs, dense, bytes) => {
    const network = new Network({ dt: 4 });
    const input = network.population(inputs, sources.regular({ period: 5, phase: 2 }), 'input');
    const hidden = network.population(50, LEAKY, 'hidden');
    const output = network.population(2, LEAKY, 'output');
    network.projection(input, hidden, full(inputs, 50), synapses.static());
    network.projection(hidden, output, full(50, 2), synapses.static());
    const { metrics } = await measure(network, 10, 1);
    expect(metrics.Dense).toBe(dense);
    expect(metrics['Connection Sparsity']).toBe(0);
    expect(metrics['Model Execution Rate']).toBe(250);
    expect(metrics.Effective_MACs.mean).toBe(0);
    // All inputs spike in steps 2 and 7 of 10, the cells never.
    expect(metrics.Effective_ACs).toEqual({ mean: (2 * inputs * 50) / 10, least: 0, most: inputs * 50 });
    expect(metrics['Activation Sparsity']).toBe(1);

    // Their 48 bytes beside the weights are scalars of two snnTorch layers: beta and graded_spikes_factor (float32),
    // threshold (given as 1, so int64) and reset_mechanism_val (int64). Membrane potentials are not among them.
    const layer = 4 + 4 + 8 + 8;
    expect(4 * metrics.Footprint.float32.weights + 2 * layer).toBe(bytes);
    // Ours: threshold and decay of two populations, one state a neuron.
    expect(metrics.Footprint.float32).toEqual({
      weights: dense,
      neuronParameters: 4,
      states: 52,
      bytes: 4 * (dense + 4 + 52),
    });
  });
});

describe('the 3 x 3 example of the harness documentation', () => {
  // W x with x = (0, 1.3, -1), 20 units for 1; the matrix here is [pre][post], so transposed.
  const network = (): Network => {
    const net = new Network();
    const input = net.population(3, sources.spikeArray({ steps: [[], [1], [1]] }), 'input');
    const output = net.population(3, LEAKY, 'output');
    const weights = [
      [26, 0, -22],
      [0, 24, 54],
      [-64, -102, 0],
    ];
    net.projection(input, output, connectors.matrix(weights), synapses.static());
    return net;
  };

  it('is Dense 9, effective 4', async () => {
    const { metrics } = await measure(network(), 1, 1);
    expect(metrics.Dense).toBe(9);
    expect(metrics.Effective_ACs.mean).toBe(4);
    expect(metrics.Effective_MACs.mean).toBe(0);
    expect(metrics['Connection Sparsity']).toBe(3 / 9);
  });

  it('is of MACs where the input carries values', async () => {
    const { metrics, layers } = await measure(network(), 1, 1, ['input']);
    expect(metrics.Effective_MACs.mean).toBe(4);
    expect(metrics.Effective_ACs.mean).toBe(0);
    expect(layers[0]!.inputs).toBe('graded');
  });
});

describe("the harness's own test of neuron metrics: 20-5, ten timesteps", () => {
  const network = (period: number): Network => {
    const net = new Network();
    const input = net.population(20, sources.regular({ period }), 'input');
    const output = net.population(5, LEAKY, 'output');
    net.projection(input, output, full(20, 5), synapses.static());
    net.probe(output, ['v']);
    return net;
  };

  it('all inputs: 50 membrane updates, 200 of 200 neuron operations', async () => {
    const { metrics } = await measure(network(1), 10, 10);
    expect(metrics['Membrane Updates']).toEqual({ value: 50, exact: true });
    expect(metrics['Neuron Ops']).toEqual({
      'Effective Neuron Ops': 200,
      'Neuron Dense Ops': 200,
      exact: true,
    });
    expect(metrics.Effective_ACs.mean).toBe(1000);
    expect(metrics.Dense).toBe(1000);
  });

  it('no input: 20 of 200 neuron operations, those of the first step', async () => {
    const { metrics } = await measure(network(0), 10, 10);
    expect(metrics['Membrane Updates'].value).toBe(5);
    expect(metrics['Neuron Ops']).toMatchObject({ 'Effective Neuron Ops': 20, 'Neuron Dense Ops': 200 });
  });
});
