/**
 * Layers of an image whose network is not at hand: pairs of populations, read from the synaptic memory. The
 * compiler merges projections and writes no zeros of sparse lists, so `Dense` and `Connection Sparsity` are
 * those of what is stored: zeros of dense rows count, those the compiler left out are not known.
 */
import { indexOf, mantissaOf, type SynapseMemory } from '../../cores/index.js';
import { type ChipImage, messageTable } from '../../routing/index.js';
import type { Layer } from './layers.js';

/** Populations of a core's compartments, as runs in order of compartment. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly population: number;
}

interface Pair {
  weights: number;
  zeros: number;
  readonly fanOut: Uint32Array;
}

/** By pre, then post population; pairs without synapses have none. */
export function layersOfImage(image: ChipImage): readonly Layer[] {
  const { populations } = image;
  const runs = runsOf(image);
  const pairs = new Map<number, Pair>();
  const pairOf = (pre: number, post: number): Pair => {
    const key = pre * populations.length + post;
    const pair = pairs.get(key) ?? { weights: 0, zeros: 0, fanOut: new Uint32Array(populations[pre]!.size) };
    pairs.set(key, pair);
    return pair;
  };
  forEachTarget(image, (pre, neuron, core, compartment, zero) => {
    const run = runs[core]!.find(({ from, to }) => compartment >= from && compartment < to);
    if (run === undefined) return;
    const pair = pairOf(pre, run.population);
    pair.weights++;
    if (zero) pair.zeros++;
    else pair.fanOut[neuron]!++;
  });
  return [...pairs]
    .sort(([a], [b]) => a - b)
    .map(([key, { weights, zeros, fanOut }]) => {
      const pre = Math.floor(key / populations.length);
      const post = key % populations.length;
      return {
        label: `${populations[pre]!.label} -> ${populations[post]!.label}`,
        pre,
        from: 0,
        weights,
        zeros,
        dense: weights,
        fanOut,
      };
    });
}

function runsOf({ cores, populations }: ChipImage): readonly (readonly Run[])[] {
  const runs = cores.map((): Run[] => []);
  populations.forEach(({ slices }, population) => {
    for (const { core, compartment, count } of slices)
      runs[core]!.push({ from: compartment, to: compartment + count, population });
  });
  return runs;
}

type Visit = (pre: number, neuron: number, core: number, compartment: number, zero: boolean) => void;

/** Every synapse of every source that has a name. */
function forEachTarget(image: ChipImage, visit: Visit): void {
  const { populations, cores, sources } = image;
  const { start: keyStart, idOfKey, firstOfCore, keys } = messageTable(image);
  const lists = [...cores.map(({ outAxons }) => outAxons), sources];
  const firsts = Array.from(firstOfCore);
  let list = 0;
  let population = 0;
  for (let key = 0; key < keys; key++) {
    while (list + 1 < firsts.length && key >= firsts[list + 1]!) list++;
    if (keyStart[key + 1] === keyStart[key]) continue;
    const id = idOfKey[key]!;
    const named = (p: number): boolean => {
      const one = populations[p]!;
      return id >= one.firstId && id < one.firstId + one.size;
    };
    if (!named(population)) population = populations.findIndex((_, p) => named(p));
    if (population < 0) {
      population = 0;
      continue;
    }
    const axons = lists[list]!;
    const source = key - firsts[list]!;
    const neuron = id - populations[population]!.firstId;
    for (let k = axons.start[source]!; k < axons.start[source + 1]!; k++) {
      const core = axons.core[k]!;
      walkAxon(cores[core]!.synapses, axons.axon[k]!, (compartment, zero) =>
        visit(population, neuron, core, compartment, zero),
      );
    }
  }
}

function walkAxon(memory: SynapseMemory, axon: number, visit: (at: number, zero: boolean) => void): void {
  const { axonStart, formats, format, first, count, offset, wide, rows, words } = memory;
  for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
    const dense = formats[format[s]!]!.kind === 'dense';
    for (let k = 0; k < count[s]!; k++) {
      if (dense) visit(first[s]! + k, rows[offset[s]! + k] === 0);
      else if (wide[s] === 1)
        visit(first[s]! + indexOf(words[offset[s]! + 2 * k]!), words[offset[s]! + 2 * k + 1] === 0);
      else {
        const word = words[offset[s]! + k]!;
        visit(first[s]! + indexOf(word), mantissaOf(word) === 0);
      }
    }
  }
}
