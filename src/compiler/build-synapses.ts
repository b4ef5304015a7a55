/**
 * Stage six: writes the synaptic memory and the multicast tables of all cores, straight from the strands and to
 * all cores in turn. Sorting runs by core first would spare cache misses, but takes time and 16 bytes a run:
 * 10 M synapses on 196 cores compile in 1.2 s against 2.0 s with it, on 1,563 in 2.0 s against 2.6 s, on 6,250
 * in 2.9 s against 2.6 s.
 */
import type { OutAxons } from '../../cores/index.js';
import { CoreBuilder } from './core-builder.js';
import { type Leaving, leavingOf, type Routes } from './route.js';
import type { Home, Sites } from './sites.js';
import type { StrandIndex } from './strand-index.js';

export function buildSynapses(index: StrandIndex, { sites, tallies, tables }: Routes): CoreBuilder[] {
  const builders = tallies.map((tally) => new CoreBuilder(tally, index.strands));
  const writer = new RunWriter(sites, builders);
  for (const home of sites.homes)
    writer.write(
      home,
      index.firstId[home.population]!,
      leavingOf(index, sites, home.population),
      tables[home.table]!,
    );
  return builders;
}

class RunWriter {
  readonly #sites: Sites;
  readonly #builders: readonly CoreBuilder[];
  /** Last network id that reached a core. */
  readonly #mark: Int32Array;

  constructor(sites: Sites, builders: readonly CoreBuilder[]) {
    this.#sites = sites;
    this.#builders = builders;
    this.#mark = new Int32Array(builders.length).fill(-1);
  }

  /** Writes what leaves the neurons of `home`. */
  write(home: Home, firstId: number, leaving: readonly Leaving[], table: OutAxons): void {
    const { end: ends, core: coreOf, shift } = this.#sites;
    const builders = this.#builders;
    const mark = this.#mark;
    for (let neuron = home.from; neuron < home.to; neuron++) {
      const id = firstId + neuron;
      const begin = table.start[home.row + neuron - home.from]!;
      let at = begin;
      for (let l = 0; l < leaving.length; l++) {
        const { strand, number, preFrom, rows, sliceOf } = leaving[l]!;
        const row = neuron - preFrom;
        if (row < 0 || row >= rows) continue;
        const { post } = strand;
        const rowEnd = strand.start[row + 1]!;
        let k = strand.start[row]!;
        while (k < rowEnd) {
          const from = k;
          const slice = sliceOf[post[k]!]!;
          const end = ends[slice]!;
          do k++;
          while (k < rowEnd && post[k]! < end);
          const core = coreOf[slice]!;
          const builder = builders[core]!;
          if (mark[core] !== id) {
            mark[core] = id;
            table.core[at] = core;
            table.axon[at++] = builder.openAxon();
          }
          builder.addSegment(number, from, k, shift[slice]!);
        }
      }
      sortEntries(table, begin, at);
    }
  }
}

/** Entries sorted by insertion, which is quadratic, at most. */
const FEW_ENTRIES = 64;

/** Puts entries in order of cores, which they nearly always are in already. */
function sortEntries({ core, axon }: OutAxons, begin: number, end: number): void {
  let sorted = true;
  for (let i = begin + 1; i < end && sorted; i++) sorted = core[i - 1]! < core[i]!;
  if (sorted) return;
  if (end - begin > FEW_ENTRIES) {
    const keys = new Float64Array(end - begin);
    for (let k = 0; k < keys.length; k++) keys[k] = core[begin + k]! * 2 ** 32 + axon[begin + k]!;
    keys.sort();
    for (let k = 0; k < keys.length; k++) {
      core[begin + k] = Math.floor(keys[k]! / 2 ** 32);
      axon[begin + k] = keys[k]! % 2 ** 32;
    }
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const c = core[i]!;
    const a = axon[i]!;
    let at = i;
    for (; at > begin && core[at - 1]! > c; at--) {
      core[at] = core[at - 1]!;
      axon[at] = axon[at - 1]!;
    }
    core[at] = c;
    axon[at] = a;
  }
}
