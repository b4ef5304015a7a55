/** Reads a chip image back without the code that wrote it: synapses by neuron, and use of each core by the chip's rules. */
import type { CoreImage } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';

export interface ReadSynapse {
  /** Network ids. */
  readonly pre: number;
  readonly post: number;
  readonly delay: number;
  /** In units of 64. */
  readonly weight: number;
  readonly kind: 'sparse' | 'dense' | 'conv';
}

/** Network id of every compartment, by core. */
function idsOf(image: ChipImage): number[][] {
  const ids = image.cores.map(({ n }) => new Array<number>(n).fill(-1));
  for (const { firstId, slices } of image.populations)
    for (const { core, compartment, neuron, count } of slices)
      for (let i = 0; i < count; i++) ids[core]![compartment + i] = firstId + neuron + i;
  return ids;
}

/** Every synapse, found by following messages: source -> table -> in-axon -> list. Dense zeros are left out. */
export function readSynapses(image: ChipImage): ReadSynapse[] {
  const ids = idsOf(image);
  const found: ReadSynapse[] = [];
  const follow = (pre: number, core: number, axon: number): void => {
    const { synapses: memory } = image.cores[core]!;
    for (let s = memory.axonStart[axon]!; s < memory.axonStart[axon + 1]!; s++) {
      const { kind, shift } = memory.formats[memory.format[s]!]!;
      const first = memory.first[s]!;
      const add = (compartment: number, delay: number, weight: number) =>
        found.push({ pre, post: ids[core]![compartment]!, delay, weight, kind });
      for (let k = 0; k < memory.count[s]!; k++) {
        const at = memory.offset[s]! + k;
        if (kind === 'dense') {
          const mantissa = memory.rows[at]!;
          if (mantissa !== 0) add(first + k, memory.delay[s]!, mantissa * 2 ** shift);
        } else if (memory.wide[s] === 1) {
          const target = memory.words[memory.offset[s]! + 2 * k]!;
          const weight = memory.words[memory.offset[s]! + 2 * k + 1]! | 0;
          add(first + (target % 2 ** 17), Math.floor(target / 2 ** 17) % 64, weight);
        } else {
          const word = memory.words[at]!;
          const mantissa = (word | 0) >> 23;
          add(first + (word % 2 ** 17), Math.floor(word / 2 ** 17) % 64, mantissa * 2 ** shift);
        }
      }
    }
  };
  for (const [c, core] of image.cores.entries())
    for (let i = 0; i < core.n; i++)
      for (let k = core.outAxons.start[i]!; k < core.outAxons.start[i + 1]!; k++)
        follow(ids[c]![i]!, core.outAxons.core[k]!, core.outAxons.axon[k]!);
  for (const { firstId, firstSource, size, kind } of image.populations) {
    if (kind !== 'source') continue;
    const { start, core, axon } = image.sources;
    for (let i = 0; i < size; i++)
      for (let k = start[firstSource + i]!; k < start[firstSource + i + 1]!; k++)
        follow(firstId + i, core[k]!, axon[k]!);
  }
  return found;
}

/** Davies 2018 as nengo-loihi counts it: blocks of 64 synapses, 10 bits of head each, whole 64-bit words. */
function listBits(each: number, count: number): number {
  let bits = 0;
  for (let left = count; left > 0; left -= 64) bits += Math.ceil((10 + Math.min(left, 64) * each) / 64) * 64;
  return bits;
}

const isConvAxon = ({ synapses: { axonStart, format, formats } }: CoreImage, axon: number): boolean => {
  for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++)
    if (formats[format[s]!]!.kind === 'conv') return true;
  return false;
};

export interface ReadUse {
  readonly compartments: number;
  readonly inAxons: number;
  readonly outAxonSlots: number;
  readonly synapseBits: number;
  readonly accumulators: number;
}

export function readUse(image: ChipImage, core: CoreImage): ReadUse {
  const { formats, format, count, offset, axonStart, words, delay } = core.synapses;
  let synapseBits = 0;
  let maxDelay = 0;
  const shared = new Set<string>();
  for (let s = 0; s < axonStart[core.inAxons]!; s++) {
    const f = formats[format[s]!]!;
    const each = f.weightBits + f.delayBits + f.tagBits + (f.kind === 'dense' ? 0 : f.indexBits);
    if (f.kind === 'dense') maxDelay = Math.max(maxDelay, delay[s]!);
    else
      for (let k = 0; k < count[s]!; k++) {
        const step = core.synapses.wide[s] === 1 ? 2 : 1;
        maxDelay = Math.max(maxDelay, Math.floor(words[offset[s]! + step * k]! / 2 ** 17) % 64);
      }
    if (f.kind === 'conv') {
      const key = `${offset[s]} ${count[s]} ${format[s]}`;
      if (shared.has(key)) continue;
      shared.add(key);
    }
    synapseBits += listBits(each, count[s]!);
  }
  let outAxonSlots = 0;
  for (let k = 0; k < core.outAxons.core.length; k++)
    outAxonSlots += isConvAxon(image.cores[core.outAxons.core[k]!]!, core.outAxons.axon[k]!) ? 2 : 1;
  let slots = 8;
  while (slots - 2 < maxDelay) slots *= 2;
  return {
    compartments: core.n,
    inAxons: core.inAxons,
    outAxonSlots,
    synapseBits,
    accumulators: slots * core.n,
  };
}
