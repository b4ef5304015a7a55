/** Synaptic events on cores that several populations share: there the target of each synapse says whose it is. */
import { indexOf, type OutAxons, type SynapseMemory } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { EventName } from './events.js';
import type { KeyOwners, Stretch } from './key-owners.js';

export const SYNAPSE_EVENTS = [
  'synapseSparse',
  'synapseDense',
  'synapseConv',
] as const satisfies readonly EventName[];

/** Places in `SYNAPSE_EVENTS`. */
const CLASS_OF = { sparse: 0, dense: 1, conv: 2 } as const;
const CLASSES = SYNAPSE_EVENTS.length;

export class SharedCores {
  readonly #image: ChipImage;
  /** Of each shared core the population of each compartment; null for the others. */
  readonly #owners: readonly (Int32Array | null)[];

  constructor(image: ChipImage, { keys: { firstOfCore }, population, only }: KeyOwners) {
    this.#image = image;
    this.#owners = image.cores.map(({ n }, core) =>
      only[core]! >= 0 ? null : population.subarray(firstOfCore[core]!, firstOfCore[core]! + n),
    );
  }

  /** Adds what a stretch of sources sets off on shared cores to `sums` [populations x SYNAPSE_EVENTS]. */
  add(
    { start, core, axon }: OutAxons,
    spikes: ArrayLike<number>,
    { firstKey, from, end }: Stretch,
    sums: Float64Array,
  ): void {
    const { cores } = this.#image;
    const owners = this.#owners;
    for (let source = from; source < end; source++) {
      const times = spikes[firstKey + source]!;
      if (times === 0) continue;
      for (let k = start[source]!; k < start[source + 1]!; k++) {
        const owner = owners[core[k]!]!;
        if (owner !== null) addAxon(cores[core[k]!]!.synapses, axon[k]!, owner, times, sums);
      }
    }
  }
}

/** Adds `times` events of each synapse of an axon. */
function addAxon(
  { axonStart, format, formats, wide, offset, count, first, words }: SynapseMemory,
  axon: number,
  owner: Int32Array,
  times: number,
  sums: Float64Array,
): void {
  for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
    const { kind, events } = formats[format[s]!]!;
    const own = CLASS_OF[events ?? kind];
    const target = first[s]!;
    if (kind === 'dense') {
      for (let k = 0; k < count[s]!; k++) sums[own + CLASSES * owner[target + k]!]! += times;
      continue;
    }
    const stride = wide[s] === 1 ? 2 : 1;
    const end = offset[s]! + stride * count[s]!;
    for (let k = offset[s]!; k < end; k += stride)
      sums[own + CLASSES * owner[target + indexOf(words[k]!)]!]! += times;
  }
}
