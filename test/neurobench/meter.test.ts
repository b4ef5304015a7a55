/** What a meter refuses, what it bounds, and what its report says in words. */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, Network, simulate, sources, synapses } from '../../src/index.js';
import { NeurobenchMeter } from '../../src/neurobench/meter.js';
import { renderNeurobench } from '../../src/neurobench/report.js';

function pair(probe: 'none' | 'v' | 'spikes' = 'none'): Network {
  const net = new Network();
  const input = net.population(4, sources.regular({ period: 3 }), 'input');
  const output = net.population(6, cells.loihi({ vth: 4, du: 2000, dv: 300 }), 'output');
  net.projection(input, output, connectors.allToAll(), synapses.static({ weight: 20 }), { label: 'feed' });
  if (probe !== 'none') net.probe(output, [probe]);
  return net;
}

async function run(network: Network, steps: number, sampleSteps: number) {
  const { image } = compile(network);
  const simulation = await simulate(image, { steps });
  const meter = new NeurobenchMeter(image, { network, sampleSteps });
  meter.addSimulation(simulation);
  return { meter, simulation };
}

describe('a meter', () => {
  it('refuses what is not whole samples', async () => {
    const { meter, simulation } = await run(pair(), 20, 8);
    expect(() => meter.report(simulation.counters)).toThrowError(
      /20 steps are not a whole number of samples of 8/,
    );
  });

  it('refuses a run whose spikes were not all recorded', async () => {
    const { meter, simulation } = await run(pair('spikes'), 20, 10);
    expect(() => meter.report(simulation.counters)).toThrowError(
      /0 spikes of host sources were recorded, the chip/,
    );
  });

  it('refuses gaps and bad options', () => {
    const { image } = compile(pair());
    const none = { spikes: { steps: new Uint32Array(), ids: new Uint32Array(), values: null }, traces: [] };
    const meter = new NeurobenchMeter(image, { sampleSteps: 1 });
    meter.add({ from: 1, to: 4, ...none });
    expect(() => meter.add({ from: 6, to: 7, ...none })).toThrowError(/do not continue/);
    expect(() => new NeurobenchMeter(image, { sampleSteps: 0 })).toThrowError(/sampleSteps 0/);
    expect(() => new NeurobenchMeter(image, { sampleSteps: 1, graded: ['x'] })).toThrowError(
      /no population x/,
    );
  });

  it('bounds membrane updates from above where v is not traced', async () => {
    const bound = await run(pair(), 30, 10);
    const exact = await run(pair('v'), 30, 10);
    const above = bound.meter.report(bound.simulation.counters).metrics;
    const right = exact.meter.report(exact.simulation.counters).metrics;
    expect(above['Membrane Updates'].exact).toBe(false);
    expect(right['Membrane Updates'].exact).toBe(true);
    expect(above['Membrane Updates'].value).toBeGreaterThanOrEqual(right['Membrane Updates'].value);
    expect(above['Membrane Updates'].value).toBeLessThanOrEqual(60);
    // The current outlasts a step: snnTorch's Synaptic, 8 operations an update.
    expect(right['Neuron Ops']['Neuron Dense Ops']).toBe(6 * 10 * 8);
    expect(right['Neuron Ops']['Effective Neuron Ops']).toBe(8 * right['Membrane Updates'].value);
  });

  it('is not misled by probes of v that leave out steps or neurons', async () => {
    const right = await run(pair('v'), 30, 10);
    const crowded = pair();
    const output = crowded.populations[1]!;
    crowded.probe(output, ['v'], { every: 2 });
    crowded.probe(output, ['v'], { neurons: [1, 2] });
    const partly = await run(crowded, 30, 10);
    crowded.probe(output, ['v', 'u']);
    const wholly = await run(crowded, 30, 10);
    const updates = ({ meter, simulation }: typeof right) =>
      meter.report(simulation.counters).metrics['Membrane Updates'];
    expect(updates(partly).exact).toBe(false);
    expect(updates(wholly)).toEqual(updates(right));
  });

  it('gives the footprint of the chip by its registers', async () => {
    const { meter, simulation } = await run(pair(), 10, 10);
    const { float32, chip } = meter.report(simulation.counters).metrics.Footprint;
    // vth, du and dv agree in all neurons; u and v are states
    expect(float32).toEqual({ weights: 24, neuronParameters: 3, states: 12, bytes: 4 * 39 });
    // du 12, dv 12, vthMant 17, biasMant 13, biasExp 3, refract 6, noiseEnable 1; core: vmin 24, vmax 23, ds 1, dm 1,
    // noise 2 + 5 + 7, resetMode 2 is an extension
    expect(chip.registers).toBe(6 * 64 + 63);
    expect(chip.states).toBe(6 * (24 + 24 + 6));
    expect(chip.synapses).toBe(
      simulation.report?.totals.synapseBits ?? simulation.image.cores[0]!.used.synapseBits,
    );
    expect(chip.bytes).toBe(Math.ceil((chip.synapses + chip.registers + chip.states) / 8));
  });

  it('says that it is modelled, what a sample is, and what is a bound', async () => {
    const { meter, simulation } = await run(pair(), 30, 10);
    const report = meter.report(simulation.counters);
    expect(report.schema).toBe('seamount-neurobench/1');
    const text = renderNeurobench(report);
    expect(text).toContain('modelled: algorithm track, not measured');
    expect(text).toContain('a sample is a sequence of 10 timesteps');
    expect(text).toMatch(/Membrane Updates +[\d.,]+ +at most/);
    expect(text).toMatch(/feed +24 +0 +240 +80 +ACs/);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('says where layers are population pairs', async () => {
    const { image } = compile(pair());
    const simulation = await simulate(image, { steps: 3 });
    const meter = new NeurobenchMeter(image, { sampleSteps: 1 });
    meter.addSimulation(simulation);
    const text = renderNeurobench(meter.report(simulation.counters));
    expect(text).toContain('layers are population pairs');
    expect(text).toContain('input -> output');
    expect(text).toContain('a sample is a timestep');
  });
});
