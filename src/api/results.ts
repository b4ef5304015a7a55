/** Recordings in the terms of a network: by population label, neurons numbered in their population. */
import type { ChipImage, PopulationImage, Recording } from '../../routing/index.js';

/** Spikes of a population, by step, then neuron. */
export interface PopulationSpikes {
  readonly steps: Uint32Array;
  /** Numbers in the population. */
  readonly neurons: Uint32Array;
  /** -1 or 1 where spikes are ternary, else null. */
  readonly values: Int8Array | null;
}

/** u or v of probed neurons. */
export interface PopulationTrace {
  readonly population: string;
  readonly variable: 'u' | 'v';
  readonly neurons: Uint32Array;
  readonly steps: Uint32Array;
  /** [step][neuron], integers as on the chip, after the step. */
  readonly values: Int32Array;
}

/** Every population of the image, also those that did not spike. Windows of probes of spikes are applied. */
export function spikesByPopulation(
  image: ChipImage,
  { spikes }: Pick<Recording, 'spikes'>,
): ReadonlyMap<string, PopulationSpikes> {
  const { populations } = image;
  const populationOf = finder(populations);
  const keeps = windowsOf(image);
  const counts = new Uint32Array(populations.length);
  const chosen: number[] = [];
  const owner: number[] = [];
  for (let k = 0; k < spikes.ids.length; k++) {
    const population = populationOf(spikes.ids[k]!);
    const neuron = spikes.ids[k]! - populations[population]!.firstId;
    if (!keeps(population, neuron, spikes.steps[k]!)) continue;
    counts[population]!++;
    chosen.push(k);
    owner.push(population);
  }
  const columns = populations.map((_, p) => ({
    steps: new Uint32Array(counts[p]!),
    neurons: new Uint32Array(counts[p]!),
    values: spikes.values && new Int8Array(counts[p]!),
  }));
  const at = new Uint32Array(populations.length);
  for (const [i, k] of chosen.entries()) {
    const population = owner[i]!;
    const column = columns[population]!;
    const row = at[population]!++;
    column.steps[row] = spikes.steps[k]!;
    column.neurons[row] = spikes.ids[k]! - populations[population]!.firstId;
    if (column.values) column.values[row] = spikes.values![k]!;
  }
  return new Map(populations.map(({ label }, p) => [label, columns[p]!]));
}

/** Population of a network id: populations are numbered one after another. */
function finder(populations: readonly PopulationImage[]): (id: number) => number {
  const firstIds = Float64Array.from(populations, ({ firstId }) => firstId);
  return (id) => {
    let low = 0;
    let high = firstIds.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (firstIds[middle]! <= id) low = middle;
      else high = middle;
    }
    return low;
  };
}

/** Whether a spike is wanted: all, where no probe is of spikes; else those within a probe's neurons and window. */
function windowsOf({ probes }: ChipImage): (population: number, neuron: number, step: number) => boolean {
  const ofSpikes = probes.filter(({ variables }) => variables.includes('spikes'));
  if (ofSpikes.length === 0) return () => true;
  const wanted = ofSpikes.map((probe) => ({ ...probe, neurons: new Set(probe.neurons) }));
  return (population, neuron, step) =>
    wanted.some(
      (probe) =>
        probe.population === population &&
        step >= probe.from &&
        (probe.to === 0 || step <= probe.to) &&
        probe.neurons.has(neuron),
    );
}

/** Traces with the labels of their populations. */
export function tracesOf(image: ChipImage, { traces }: Pick<Recording, 'traces'>): PopulationTrace[] {
  return traces.map(({ probe, variable, steps, neurons, samples }) => ({
    population: image.populations[image.probes[probe]!.population]!.label,
    variable,
    neurons,
    steps,
    values: samples,
  }));
}
