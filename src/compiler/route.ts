/**
 * Stage five: in-axons and multicast tables. A source neuron has one in-axon on every core it reaches; in-axons
 * of a core are numbered in the order of network ids.
 */
import { indexBitsFor } from '../../cores/index.js';
import { compartmentsOf } from './core-content.js';
import type { PlacedCore } from './place.js';
import { SegmentCost } from './segment-cost.js';
import type { Strand } from './strand.js';
import type { StrandIndex } from './strand-index.js';

/** Where neurons are: by population, the slice of each neuron; by slice, its core and first compartment. */
export interface Sites {
  readonly sliceOf: readonly (Uint32Array | null)[];
  readonly core: Uint32Array;
  /** Compartment of neuron i of the slice's population is `i + shift`. */
  readonly shift: Int32Array;
}

/** How much of synaptic memory a core needs, before it is written. */
export interface CoreTally {
  readonly n: number;
  inAxons: number;
  outAxonSlots: number;
  segments: number;
  words: number;
  rows: number;
  /** Cost of each strand's segments on this core. */
  readonly costs: readonly SegmentCost[];
}

export interface Routes {
  /** Over network ids: entries start[id] .. start[id + 1), ascending by core. */
  readonly start: Uint32Array;
  readonly core: Uint32Array;
  readonly axon: Uint32Array;
  readonly sites: Sites;
  readonly tallies: readonly CoreTally[];
}

export function sitesOf(cores: readonly PlacedCore[], index: StrandIndex): Sites {
  const sliceOf: (Uint32Array | null)[] = index.leaving.map(() => null);
  const core: number[] = [];
  const shift: number[] = [];
  for (const [at, { slices }] of cores.entries()) {
    let compartment = 0;
    for (const { population, from, to } of slices) {
      const size = index.firstId[population + 1]! - index.firstId[population]!;
      sliceOf[population] ??= new Uint32Array(size);
      sliceOf[population].fill(core.length, from, to);
      core.push(at);
      shift.push(compartment - from);
      compartment += to - from;
    }
  }
  return { sliceOf, core: Uint32Array.from(core), shift: Int32Array.from(shift) };
}

/** A stretch of one axon's synapses whose targets lie in one slice: what becomes a segment. */
export type VisitRun = (strandNumber: number, slice: number, from: number, to: number) => void;

/** Runs of one neuron's synapses, strand by strand. `from` .. `to - 1` are positions in the strand. */
export function eachRun(
  leaving: readonly { readonly strand: Strand; readonly number: number; readonly sliceOf: Uint32Array }[],
  neuron: number,
  visit: VisitRun,
): void {
  for (const { strand, number, sliceOf } of leaving) {
    const { start, post, projection } = strand;
    const row = neuron - projection.pre.from;
    if (row < 0 || row >= start.length - 1) continue;
    const end = start[row + 1]!;
    let k = start[row]!;
    while (k < end) {
      const from = k;
      const slice = sliceOf[post[k]!]!;
      do k++;
      while (k < end && sliceOf[post[k]!] === slice);
      visit(number, slice, from, k);
    }
  }
}

/** Strands that leave a population, with what `eachRun` needs. */
export const leavingOf = (
  index: StrandIndex,
  sites: Sites,
  population: number,
): { readonly strand: Strand; readonly number: number; readonly sliceOf: Uint32Array }[] =>
  index.leaving[population]!.map((strand) => ({
    strand,
    number: index.strands.indexOf(strand),
    sliceOf: sites.sliceOf[strand.projection.post.population.index]!,
  }));

export function route(cores: readonly PlacedCore[], index: StrandIndex): Routes {
  const sites = sitesOf(cores, index);
  const costsBy = new Map<number, readonly SegmentCost[]>();
  const tallies = cores.map(({ slices }): CoreTally => {
    const n = compartmentsOf(slices);
    const bits = indexBitsFor(n);
    const costs = costsBy.get(bits) ?? index.strands.map((strand) => new SegmentCost(strand, bits));
    costsBy.set(bits, costs);
    return { n, inAxons: 0, outAxonSlots: 0, segments: 0, words: 0, rows: 0, costs };
  });
  const start = new Uint32Array(index.firstId.at(-1)! + 1);
  const entries = new Entries();
  const mark = new Int32Array(cores.length).fill(-1);
  const wide = new Int32Array(cores.length).fill(-1);
  for (let population = 0; population < index.leaving.length; population++) {
    const leaving = leavingOf(index, sites, population);
    const home = sites.sliceOf[population];
    const first = index.firstId[population]!;
    for (let id = first; id < index.firstId[population + 1]!; id++) {
      let slots = 0;
      eachRun(leaving, id - first, (number, slice, from, to) => {
        const { layout, post, wide: wideWeights } = index.strands[number]!;
        const core = sites.core[slice]!;
        const tally = tallies[core]!;
        if (mark[core] !== id) {
          mark[core] = id;
          entries.push(core, tally.inAxons++);
          slots++;
        }
        if (layout === 'conv' && wide[core] !== id) {
          wide[core] = id;
          slots++;
        }
        tally.segments++;
        const span = post[to - 1]! - post[from]! + 1;
        if (layout === 'conv') return;
        if (tally.costs[number]!.isDense(to - from, span)) tally.rows += span;
        else tally.words += (wideWeights ? 2 : 1) * (to - from);
      });
      start[id + 1] = entries.length;
      entries.sortFrom(start[id]!);
      if (home) tallies[sites.core[home[id - first]!]!]!.outAxonSlots += slots;
    }
  }
  return { start, ...entries.take(), sites, tallies };
}

/** Table entries as they are found. */
class Entries {
  #core: Uint32Array = new Uint32Array(1024);
  #axon: Uint32Array = new Uint32Array(1024);
  length = 0;

  push(core: number, axon: number): void {
    if (this.length === this.#core.length) {
      this.#core = doubled(this.#core);
      this.#axon = doubled(this.#axon);
    }
    this.#core[this.length] = core;
    this.#axon[this.length++] = axon;
  }

  /** Puts the entries from `from` on in order of cores; they are, unless several strands leave a neuron. */
  sortFrom(from: number): void {
    const core = this.#core;
    const axon = this.#axon;
    let sorted = true;
    for (let i = from + 1; i < this.length && sorted; i++) sorted = core[i - 1]! < core[i]!;
    if (sorted) return;
    const keys = Float64Array.from(
      { length: this.length - from },
      (_, k) => core[from + k]! * 2 ** 32 + axon[from + k]!,
    ).sort();
    for (const [k, key] of keys.entries()) {
      core[from + k] = Math.floor(key / 2 ** 32);
      axon[from + k] = key % 2 ** 32;
    }
  }

  take(): { core: Uint32Array; axon: Uint32Array } {
    return { core: this.#core.slice(0, this.length), axon: this.#axon.slice(0, this.length) };
  }
}

function doubled(values: Uint32Array): Uint32Array {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}
