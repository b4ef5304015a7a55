/**
 * Stage five: what every core and every multicast table will hold, counted before anything is written. A source
 * neuron has one in-axon on every core it reaches. A run is a stretch of its synapses, in one strand, whose
 * targets lie in one slice: what becomes a segment.
 */
import { indexBitsFor, type OutAxons } from '../../cores/index.js';
import { compartmentsOf } from './core-content.js';
import type { PlacedCore } from './place.js';
import { SegmentCost } from './segment-cost.js';
import { type Home, type Sites, sitesOf } from './sites.js';
import type { Strand } from './strand.js';
import type { StrandIndex } from './strand-index.js';

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
  readonly sites: Sites;
  readonly tallies: readonly CoreTally[];
  /** Of each core, then of the host's sources: starts are set, entries are still to be written. */
  readonly tables: readonly OutAxons[];
}

/** A strand that leaves a population, with what its runs are found by. */
export interface Leaving {
  readonly strand: Strand;
  readonly number: number;
  /** Row of a neuron is `neuron - preFrom`. */
  readonly preFrom: number;
  readonly rows: number;
  /** Slice of each neuron it may reach. */
  readonly sliceOf: Uint32Array;
}

export const leavingOf = (index: StrandIndex, sites: Sites, population: number): readonly Leaving[] =>
  index.leaving[population]!.map((strand) => ({
    strand,
    number: index.strands.indexOf(strand),
    preFrom: strand.projection.pre.from,
    rows: strand.start.length - 1,
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
  const sources = sites.homes.reduce(
    (sum, { table, from, to }) => sum + (table === cores.length ? to - from : 0),
    0,
  );
  const starts = [...tallies.map(({ n }) => n), sources].map((rows) => new Uint32Array(rows + 1));
  const counter = new RunCounter(sites, tallies);
  for (const home of sites.homes) {
    const slots = counter.count(
      home,
      index.firstId[home.population]!,
      leavingOf(index, sites, home.population),
      starts[home.table]!,
    );
    const tally = tallies[home.table];
    if (tally) tally.outAxonSlots += slots;
  }
  const tables = starts.map((start): OutAxons => {
    for (let row = 1; row < start.length; row++) start[row]! += start[row - 1]!;
    const entries = start.at(-1)!;
    return { start, core: new Uint32Array(entries), axon: new Uint32Array(entries) };
  });
  return { sites, tallies, tables };
}

class RunCounter {
  readonly #sites: Sites;
  readonly #tallies: readonly CoreTally[];
  /** Last network id that reached a core, and that reached it by a shared list. */
  readonly #mark: Int32Array;
  readonly #wideMark: Int32Array;

  constructor(sites: Sites, tallies: readonly CoreTally[]) {
    this.#sites = sites;
    this.#tallies = tallies;
    this.#mark = new Int32Array(tallies.length).fill(-1);
    this.#wideMark = new Int32Array(tallies.length).fill(-1);
  }

  /** Counts what leaves the neurons of `home`, entries of row r in `start[r + 1]`; returns their out-axon slots. */
  count(home: Home, firstId: number, leaving: readonly Leaving[], start: Uint32Array): number {
    const { end: ends, core: coreOf } = this.#sites;
    const tallies = this.#tallies;
    const mark = this.#mark;
    const wideMark = this.#wideMark;
    let slots = 0;
    for (let neuron = home.from; neuron < home.to; neuron++) {
      const id = firstId + neuron;
      let entries = 0;
      for (let l = 0; l < leaving.length; l++) {
        const { strand, number, preFrom, rows, sliceOf } = leaving[l]!;
        const row = neuron - preFrom;
        if (row < 0 || row >= rows) continue;
        const { post, layout } = strand;
        const perSynapse = strand.wide ? 2 : 1;
        const rowEnd = strand.start[row + 1]!;
        let k = strand.start[row]!;
        while (k < rowEnd) {
          const from = k;
          const slice = sliceOf[post[k]!]!;
          const end = ends[slice]!;
          do k++;
          while (k < rowEnd && post[k]! < end);
          const core = coreOf[slice]!;
          const tally = tallies[core]!;
          if (mark[core] !== id) {
            mark[core] = id;
            tally.inAxons++;
            entries++;
          }
          tally.segments++;
          if (layout === 'conv') {
            if (wideMark[core] === id) continue;
            wideMark[core] = id;
            slots++;
            continue;
          }
          const span = post[k - 1]! - post[from]! + 1;
          if (layout !== 'sparse' && tally.costs[number]!.isDense(k - from, span)) tally.rows += span;
          else tally.words += perSynapse * (k - from);
        }
      }
      start[home.row + neuron - home.from + 1] = entries;
      slots += entries;
    }
    return slots;
  }
}
