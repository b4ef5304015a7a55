/** Whose the sources of an image are: the population of each key, and what cores and populations share. */
import { type ChipImage, type Keys, numberKeys } from '../../routing/index.js';

export interface KeyOwners {
  readonly keys: Keys;
  /** Population of each key. */
  readonly population: Int32Array;
  /** By core: the population of all its compartments, or -1. */
  readonly only: Int32Array;
  /** Compartments by population. */
  readonly compartments: Float64Array;
}

/** Sources `from .. end - 1` of a list whose source 0 has key `firstKey`. */
export interface Stretch {
  readonly firstKey: number;
  readonly from: number;
  readonly end: number;
}

export function keyOwners(image: ChipImage): KeyOwners {
  const keys = numberKeys(image);
  const population = populationsOfKeys(image, keys);
  const only = new Int32Array(image.cores.length).fill(-1);
  const compartments = new Float64Array(image.populations.length);
  for (let core = 0; core < only.length; core++) {
    const first = keys.firstOfCore[core]!;
    const end = keys.firstOfCore[core + 1]!;
    for (let key = first; key < end; ) {
      const from = key;
      const owner = population[from]!;
      while (key < end && population[key] === owner) key++;
      compartments[owner]! += key - from;
      if (from === first && key === end) only[core] = owner;
    }
  }
  return { keys, population, only, compartments };
}

function populationsOfKeys(image: ChipImage, { firstOfCore, count: keys }: Keys): Int32Array {
  const of = new Int32Array(keys);
  image.populations.forEach(({ kind, size, firstSource, slices }, population) => {
    if (kind === 'source') {
      const first = firstOfCore[image.cores.length]! + firstSource;
      of.fill(population, first, first + size);
    }
    for (const { core, compartment, count } of slices) {
      const first = firstOfCore[core]! + compartment;
      of.fill(population, first, first + count);
    }
  });
  return of;
}
