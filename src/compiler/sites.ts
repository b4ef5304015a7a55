/** Where neurons are: what turns a synapse's two neurons into a core, a compartment and a row of a multicast table. */
import type { PlacedCore } from './place.js';
import type { StrandIndex } from './strand-index.js';

export interface Sites {
  /** By population, the slice of each neuron; null for host sources. */
  readonly sliceOf: readonly (Uint32Array | null)[];
  /** By slice: the neuron after its last, its core, and what makes a neuron of its population a compartment. */
  readonly end: Uint32Array;
  readonly core: Uint32Array;
  readonly shift: Int32Array;
  /** In order of network ids. */
  readonly homes: readonly Home[];
}

/** Neurons `from` .. `to - 1` of a population, which have the rows from `row` on of a multicast table. */
export interface Home {
  readonly population: number;
  readonly from: number;
  readonly to: number;
  /** Number of the core; the host's sources have the table after the last core's. */
  readonly table: number;
  readonly row: number;
}

export function sitesOf(cores: readonly PlacedCore[], index: StrandIndex): Sites {
  const sliceOf: (Uint32Array | null)[] = index.leaving.map(() => null);
  const homes: Home[] = [];
  const end: number[] = [];
  const core: number[] = [];
  const shift: number[] = [];
  const sizeOf = (population: number) => index.firstId[population + 1]! - index.firstId[population]!;
  for (const [at, { slices }] of cores.entries()) {
    let compartment = 0;
    for (const { population, from, to } of slices) {
      sliceOf[population] ??= new Uint32Array(sizeOf(population));
      sliceOf[population].fill(core.length, from, to);
      homes.push({ population, from, to, table: at, row: compartment });
      end.push(to);
      core.push(at);
      shift.push(compartment - from);
      compartment += to - from;
    }
  }
  let row = 0;
  for (const [population, slices] of sliceOf.entries()) {
    if (slices !== null) continue;
    const size = sizeOf(population);
    homes.push({ population, from: 0, to: size, table: cores.length, row });
    row += size;
  }
  homes.sort((a, b) => a.population - b.population || a.from - b.from);
  return {
    sliceOf,
    end: Uint32Array.from(end),
    core: Uint32Array.from(core),
    shift: Int32Array.from(shift),
    homes,
  };
}
