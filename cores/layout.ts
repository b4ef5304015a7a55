/**
 * Where everything of a core goes in its block of memory: sizes and offsets from its image. The descriptor
 * comes first, then each array of `descriptor.ts` on a 16-byte boundary, then synapses.
 */
import { COUNTER_COUNT } from './counter-index.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import type { CoreImage } from './image.js';
import type { ChipProfile } from './profile.js';
import { INDEX_MAX } from './synapse.js';

/** How a core is put on the emulated chip. */
export interface Placement {
  readonly profile: ChipProfile;
  /** Index in the chip's list of cores; noise streams differ by it. */
  readonly coreId: number;
  readonly seed: number;
  /** Whether messages carry a payload that multiplies weights. */
  readonly payloads: boolean;
  /** Messages one step may bring, an upper bound. */
  readonly inboxCapacity: number;
  /** The most messages one in-axon may get in a step; bounds the sums. Default 1. */
  readonly eventsPerAxon?: number;
}

/** A row of dense weights as it is stored: halved when all are even, in bytes when they then fit. */
export interface PlacedRow {
  /** `rows[offset .. offset + count)` of the image */
  readonly offset: number;
  readonly count: number;
  readonly bytesEach: 1 | 2;
  readonly halved: boolean;
  /** Offset in the block. */
  readonly at: number;
}

export interface CoreLayout {
  /** A multiple of CORE_ALIGNMENT. */
  readonly bytes: number;
  readonly nPadded: number;
  readonly strideBits: number;
  readonly slots: number;
  /** Right shift of each accumulator bank; bank 0 is the plain sum. */
  readonly bankShifts: readonly number[];
  /** Bank of each of the image's formats. */
  readonly bankOfFormat: readonly number[];
  readonly hasNoise: boolean;
  /** Offset in the block by descriptor word (`U_AT` ...); absent arrays have none. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Offset of the image's `words`, kept in place one for one, so that shared lists are stored once. */
  readonly wordsAt: number;
  /** By `rowKey`. */
  readonly rows: ReadonlyMap<number, PlacedRow>;
}

/** Alignment of a core's block; its size is a multiple of it. */
export const CORE_ALIGNMENT = 64;
/** Kernels add rows 16 lanes at a time and may add zeros beyond the delay line's end. */
const ACC_SPARE_BYTES = 64;
const ROW_LANES = 16;
/** The address field of a segment's descriptor is an i32. */
const BLOCK_BYTES_MAX = 2 ** 31;

const up = (x: number, multiple: number): number => Math.ceil(x / multiple) * multiple;
const bitsFor = (values: number): number => 32 - Math.clz32(values - 1);

/** Identifies the weights of a dense segment, which several axons may share. */
export const rowKey = (offset: number, count: number): number => offset * (INDEX_MAX + 2) + count;

/** Bytes of a core's block, a multiple of 64. Throws E_CAPACITY when the core is larger than a block can be. */
export const coreBytes = (image: CoreImage, placement: Placement): number =>
  coreLayout(image, placement).bytes;

/** Sizes and offsets of everything in the core's block. Throws as `coreBytes`. */
export function coreLayout(image: CoreImage, placement: Placement): CoreLayout {
  const { n, registers, synapses } = image;
  if (n < 1 || n > INDEX_MAX + 1) {
    throw new SeamountError(
      'E_CAPACITY',
      `core ${placement.coreId} has ${n} compartments; an emulated core holds 1..${INDEX_MAX + 1}`,
      'spread the population over several cores',
    );
  }
  const nPadded = up(n, D.BLOCK);
  const strideBits = bitsFor(nPadded);
  const slots = 1 << bitsFor(image.maxDelay + 1);
  const accLanes = slots << strideBits;
  const { shifts, ofFormat } = planBanks(image);
  const hasNoise = registers.noiseTarget !== 'off' && someNonZero(image.compartments.noiseEnable);
  const segments = synapses.axonStart[image.inAxons]!;

  const offsets = new Map<number, number>();
  let end = D.DESCRIPTOR_WORDS * 4;
  const take = (bytes: number): number => {
    const start = end;
    end = up(end + bytes, 16);
    return start;
  };
  const place = (word: number, bytes: number): void => {
    offsets.set(word, take(bytes));
  };
  for (const word of [
    D.U_AT,
    D.V_AT,
    D.REFRACT_UNTIL_AT,
    D.KEEP_U_AT,
    D.KEEP_V_AT,
    D.VTH_AT,
    D.BIAS_AT,
    D.REFRACT_AT,
  ]) {
    place(word, 4 * nPadded);
  }
  if (hasNoise) place(D.NOISE_ENABLE_AT, 4 * nPadded);
  if (hasNoise) place(D.NOISE_RAW_AT, 4 * nPadded);
  if (registers.resetMode === 'value') place(D.VRESET_AT, 4 * nPadded);
  if (registers.ternary) place(D.VTH_LO_AT, 4 * nPadded);
  place(D.ACC_AT, 4 * shifts.length * accLanes + ACC_SPARE_BYTES);
  place(D.TOUCHED_AT, accLanes / D.BLOCK);
  place(D.BANK_SHIFT_AT, 4 * shifts.length);
  place(D.AWAKE_AT, nPadded / D.BLOCK);
  place(D.REST_ACTIVE_AT, nPadded / D.BLOCK);
  place(D.AXON_SEGMENTS_AT, 4 * (image.inAxons + 1));
  place(D.SEGMENTS_AT, 4 * D.SEGMENT_WORDS * segments);
  place(D.INBOX_AT, 4 * placement.inboxCapacity * (placement.payloads ? 2 : 1));
  place(D.FIRED_AT, 4 * nPadded);
  place(D.SPIKE_COUNT_AT, 8 * nPadded);
  place(D.COUNTERS_AT, 8 * COUNTER_COUNT);
  const wordsAt = take(4 * synapses.words.length);
  const rows = planRows(image, take);

  const bytes = up(end, CORE_ALIGNMENT);
  if (bytes > BLOCK_BYTES_MAX) {
    throw new SeamountError(
      'E_CAPACITY',
      `core ${placement.coreId} needs ${bytes} bytes of host memory; one core can have ${BLOCK_BYTES_MAX}`,
      'spread its populations over several cores',
    );
  }
  return {
    bytes,
    nPadded,
    strideBits,
    slots,
    bankShifts: shifts,
    bankOfFormat: ofFormat,
    hasNoise,
    offsets,
    wordsAt,
    rows,
  };
}

const someNonZero = (column: number | Int32Array): boolean =>
  typeof column === 'number' ? column !== 0 : column.some((x) => x !== 0);

/** One bank for all plain sums, and one for every connection whose sum is shifted. */
function planBanks(image: CoreImage): { shifts: number[]; ofFormat: number[] } {
  const shifts = [0];
  const banks = new Map<number, number>();
  const ofFormat = image.synapses.formats.map(({ sumShift, connection }) => {
    if (sumShift === 0) return 0;
    const known = banks.get(connection);
    if (known !== undefined && shifts[known] === sumShift) return known;
    if (known !== undefined) {
      throw new SeamountError('E_INPUT', `connection ${connection} has two different shifts of its sum`);
    }
    banks.set(connection, shifts.length);
    shifts.push(sumShift);
    return shifts.length - 1;
  });
  return { shifts, ofFormat };
}

function planRows(image: CoreImage, take: (bytes: number) => number): Map<number, PlacedRow> {
  const { formats, format, offset, count, rows } = image.synapses;
  const planned = new Map<number, PlacedRow>();
  for (let s = 0; s < format.length; s++) {
    const length = count[s]!;
    const key = rowKey(offset[s]!, length);
    if (formats[format[s]!]?.kind !== 'dense' || planned.has(key)) continue;
    let bits = 0;
    let min = 0;
    let max = 0;
    for (let k = offset[s]!; k < offset[s]! + length; k++) {
      const w = rows[k] ?? 0;
      bits |= w;
      if (w < min) min = w;
      if (w > max) max = w;
    }
    const halved = (bits & 1) === 0;
    const scale = halved ? 2 : 1;
    const bytesEach = min >= -128 * scale && max <= 127 * scale ? 1 : 2;
    const at = take(bytesEach * up(length, ROW_LANES));
    planned.set(key, { offset: offset[s]!, count: length, bytesEach, halved, at });
  }
  return planned;
}
