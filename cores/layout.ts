/**
 * Where everything of a cluster goes in its block of memory: sizes and offsets from the images of its cores.
 * The cluster's descriptor comes first, then those of the cores, then each array on a 16-byte boundary.
 */
import { checkImage } from './check-image.js';
import * as C from './cluster-words.js';
import { COUNTER_COUNT } from './counter-index.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import type { Member, Rows } from './fuse.js';
import type { CoreImage } from './image.js';
import { hasAdaptation, hasNoise, isPlain } from './narrow.js';
import type { ChipProfile } from './profile.js';
import { INDEX_MAX, MANTISSA_SHIFT } from './synapse.js';
import { planSynapses, type SynapsePlan } from './synapse-plan.js';

/** How a core is put on the emulated chip. */
export interface Placement {
  readonly profile: ChipProfile;
  /** Index in the chip's list of cores; noise streams differ by it. */
  readonly coreId: number;
  readonly seed: number;
  /** The most messages one in-axon may get in a step; bounds the sums. Default 1. */
  readonly eventsPerAxon?: number;
  /** Key of the spikes of compartment 0; default 0. */
  readonly firstKey?: number;
}

/** Cores that are placed together. */
export interface ClusterSpec {
  readonly cores: readonly CoreImage[];
  /** One for each core. */
  readonly placements: readonly Placement[];
  readonly rows: Rows;
  /** Whether messages may carry a payload that multiplies weights. */
  readonly payloads: boolean;
  /** Messages the host may push before they are delivered. */
  readonly inboxCapacity: number;
}

/** A core by itself: its rows are its in-axons. */
export function alone(
  core: CoreImage,
  placement: Placement,
  options: { readonly payloads?: boolean; readonly inboxCapacity: number },
): ClusterSpec {
  const axons = core.inAxons;
  const rows = {
    start: Uint32Array.from({ length: axons + 1 }, (_, a) => a),
    entries: Uint32Array.from({ length: axons }, (_, a) => a),
    axonBits: 31,
  };
  return { cores: [core], placements: [placement], rows, payloads: false, ...options };
}

export interface ClusterLayout {
  /** A multiple of CLUSTER_ALIGNMENT. */
  readonly bytes: number;
  readonly lanes: number;
  readonly lineBits: number;
  readonly lineRows: number;
  readonly longestDelay: number;
  readonly members: readonly Member[];
  /** Right shift of each accumulator bank; bank 0 is the plain sum. */
  readonly bankShifts: readonly number[];
  readonly synapses: SynapsePlan;
  /** Places of the active set: 0, or the first of each core and their number. */
  readonly firstPlaces: readonly number[] | null;
  readonly places: number;
  /** Offset in the block by word of the cluster (`LINE_AT` ...). */
  readonly offsets: ReadonlyMap<number, number>;
  /** Offset in the block by descriptor word of columns (`U_AT` ...), from lane 0. */
  readonly columns: ReadonlyMap<number, number>;
  readonly countersAt: number;
  readonly listsAt: number;
  readonly sharedAt: number;
}

/** Alignment of a cluster's block; its size is a multiple of it. */
export const CLUSTER_ALIGNMENT = 64;
/** Kernels add rows 16 lanes at a time, zeros beyond the delay line's end, and look beyond the end of lists. */
const SPARE_BYTES = 512;
/** Addresses in a segment's descriptor are i32. */
const BLOCK_BYTES_MAX = 2 ** 31;
/** Fewer compartments than this are as fast in their columns. */
const ACTIVE_SET_LANES = 4096;
/** The core of a block is kept in 16 bits. */
const ACTIVE_SET_CORES = 2 ** 16;

const up = (x: number, multiple: number): number => Math.ceil(x / multiple) * multiple;
const bitsFor = (values: number): number => 32 - Math.clz32(values - 1);

/** Lanes that a core takes. */
export const lanesOf = (core: CoreImage): number => up(core.n, D.BLOCK);

/** Places of a core with so many lanes. */
export const placesOf = (lanes: number): number => up(lanes / D.LANES_PER_PLACE, D.BLOCK);

/** Rows of a delay line that holds delays up to `longest`. */
const lineRowsFor = (longest: number): number => 1 << bitsFor(longest + 1);

/** Whether so many lanes with such delays can be one cluster: a synapse's word has 23 bits for delay and lane. */
export const fitsOneLine = (lanes: number, longestDelay: number): boolean =>
  bitsFor(lanes) + bitsFor(longestDelay + 1) <= MANTISSA_SHIFT;

/**
 * Bytes that so many lanes take at least, whatever their synapses: for a chip that cannot fit to be refused
 * before its lists are read.
 */
export const laneBytes = (lanes: number, longestDelay: number): number =>
  lanes * (4 * COLUMNS.length + 8 + 4) + 4 * lineRowsFor(longestDelay) * 2 ** bitsFor(lanes);

/**
 * Sizes and offsets of everything in the block. Throws E_INPUT for an image no core can hold (all that is
 * wrong at once), E_CAPACITY when a core is larger than any cluster.
 */
export function clusterLayout(spec: ClusterSpec): ClusterLayout {
  const { cores, placements, rows } = spec;
  cores.forEach((core, i) => {
    checkSize(core, placements[i]!.coreId);
    checkImage(core, placements[i]!);
  });
  const longestDelay = cores.reduce((longest, { maxDelay }) => Math.max(longest, maxDelay), 0);
  const { shifts, ofFormat } = planBanks(cores);
  let lanes = 0;
  const members = cores.map((image, i): Member => {
    const firstLane = lanes;
    lanes += lanesOf(image);
    return { image, firstLane, bankOfFormat: ofFormat[i]! };
  });
  // one lane more than there are, where that is possible, to fill lists up with
  const lineBits = fitsOneLine(lanes + 1, longestDelay) ? bitsFor(lanes + 1) : bitsFor(lanes);
  const lineRows = lineRowsFor(longestDelay);
  const size = lineRows * 2 ** lineBits;
  const synapses = planSynapses(rows, members, lanes, lineBits, lineRows);
  const canCondense =
    lanes >= ACTIVE_SET_LANES &&
    cores.length <= ACTIVE_SET_CORES &&
    cores.every((core, i) => isPlain(core, placements[i]!.profile.rules));
  let places = 0;
  const firstPlaces = cores.map((core) => {
    const first = places;
    places += placesOf(lanesOf(core));
    return first;
  });

  const offsets = new Map<number, number>();
  const columns = new Map<number, number>();
  let end = 4 * (C.CLUSTER_WORDS + cores.length * D.DESCRIPTOR_WORDS);
  end = up(end, CLUSTER_ALIGNMENT);
  const take = (bytes: number): number => {
    const start = end;
    end = up(end + bytes, 16);
    return start;
  };
  for (const word of COLUMNS) columns.set(word, take(4 * lanes));
  const some = (has: (core: CoreImage) => boolean): boolean => cores.some(has);
  if (some(hasNoise)) columns.set(D.NOISE_ENABLE_AT, take(4 * lanes));
  if (some(hasNoise)) columns.set(D.NOISE_RAW_AT, take(4 * lanes));
  if (some(({ registers }) => registers.resetMode === 'value')) columns.set(D.VRESET_AT, take(4 * lanes));
  if (some(({ registers }) => registers.ternary)) columns.set(D.VTH_LO_AT, take(4 * lanes));
  if (some(hasAdaptation)) for (const word of ADAPTIVE_COLUMNS) columns.set(word, take(4 * lanes));
  columns.set(D.SPIKE_COUNT_AT, take(8 * lanes));
  columns.set(D.AWAKE_AT, take(lanes / D.BLOCK));
  columns.set(D.REST_ACTIVE_AT, take(lanes / D.BLOCK));
  columns.set(D.BANK_SHIFT_AT, take(4 * shifts.length));
  offsets.set(C.LINE_AT, take(4 * shifts.length * size + SPARE_BYTES));
  offsets.set(C.LINE_MARKS_AT, take(size / D.BLOCK));
  offsets.set(C.ROW_SEGMENTS_AT, take(4 * rows.start.length));
  offsets.set(C.SEGMENTS_AT, take(4 * C.SEGMENT_WORDS * synapses.segments));
  offsets.set(C.INBOX_AT, take(8 * spec.inboxCapacity));
  offsets.set(C.CORE_LIMITS_AT, take(4 * cores.length));
  offsets.set(C.FIRED_AT, take(4 * lanes));
  offsets.set(C.EVENTS_AT, take(8 * C.EVENT_CLASSES));
  offsets.set(C.FIRE_BLOCKS_AT, take((4 * lanes) / D.BLOCK));
  offsets.set(C.GATHER_AT, take(4 * C.ROWS_AT_ONCE));
  if (canCondense) {
    offsets.set(C.PLACE_OF_AT, take(4 * lanes));
    offsets.set(C.CORE_OF_AT, take((2 * lanes) / D.BLOCK));
    for (const word of PLACE_COLUMNS) offsets.set(word, take(4 * places));
  }
  const countersAt = take(8 * COUNTER_COUNT * cores.length);
  end = up(end, CLUSTER_ALIGNMENT);
  const listsAt = take(synapses.listBytes);
  const sharedAt = take(synapses.sharedBytes);

  const bytes = up(end + SPARE_BYTES, CLUSTER_ALIGNMENT);
  if (bytes > BLOCK_BYTES_MAX) {
    throw new SeamountError(
      'E_CAPACITY',
      `${cores.length === 1 ? `core ${placements[0]!.coreId} needs` : `${cores.length} cores need`} ${bytes} bytes of host memory; one core can have ${BLOCK_BYTES_MAX}`,
      'spread its populations over several cores',
    );
  }
  return {
    bytes,
    lanes,
    lineBits,
    lineRows,
    longestDelay,
    members,
    bankShifts: shifts,
    synapses,
    firstPlaces: canCondense ? firstPlaces : null,
    places: canCondense ? places : 0,
    offsets,
    columns,
    countersAt,
    listsAt,
    sharedAt,
  };
}

/** Columns of four bytes for each lane. */
export const COLUMNS = [
  D.U_AT,
  D.V_AT,
  D.REFRACT_UNTIL_AT,
  D.KEEP_U_AT,
  D.KEEP_V_AT,
  D.VTH_AT,
  D.BIAS_AT,
  D.REFRACT_AT,
];
/** Columns of cores whose thresholds adapt. */
export const ADAPTIVE_COLUMNS = [D.THETA_AT, D.KEEP_TH_AT, D.VTH_STEP_AT];
const PLACE_COLUMNS = [
  C.PLACE_LANE_AT,
  C.PLACE_ACC_AT,
  C.PLACE_U_AT,
  C.PLACE_V_AT,
  C.PLACE_UNTIL_AT,
  C.PLACE_BIAS_AT,
  C.PLACE_KEEP_U_AT,
  C.PLACE_KEEP_V_AT,
  C.PLACE_VTH_AT,
];

function checkSize({ n }: CoreImage, coreId: number): void {
  if (n >= 1 && n <= INDEX_MAX + 1) return;
  throw new SeamountError(
    'E_CAPACITY',
    `core ${coreId} has ${n} compartments; an emulated core holds 1..${INDEX_MAX + 1}`,
    'spread the population over several cores',
  );
}

/** Whether sums of this core's connections are shifted: then it has banks, and stays alone. */
export const hasBanks = (core: CoreImage): boolean =>
  core.synapses.formats.some(({ sumShift }) => sumShift !== 0);

/** One bank for all plain sums, and one for every connection whose sum is shifted. */
function planBanks(cores: readonly CoreImage[]): { shifts: number[]; ofFormat: number[][] } {
  const shifts = [0];
  const banks = new Map<number, number>();
  const ofFormat = cores.map(({ synapses }) =>
    synapses.formats.map(({ sumShift, connection }) => {
      if (sumShift === 0) return 0;
      const known = banks.get(connection);
      if (known !== undefined && shifts[known] === sumShift) return known;
      if (known !== undefined) {
        throw new SeamountError('E_INPUT', `connection ${connection} has two different shifts of its sum`);
      }
      banks.set(connection, shifts.length);
      shifts.push(sumShift);
      return shifts.length - 1;
    }),
  );
  return { shifts, ofFormat };
}
