/** Writes a cluster's block of memory from the images of its cores. */
import { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import { fillColumn } from './core.js';
import { settleAll } from './core-state.js';
import { COUNTER_COUNT } from './counter-index.js';
import * as D from './descriptor.js';
import type { CoreImage, RegisterColumn } from './image.js';
import {
  ADAPTIVE_COLUMNS,
  type ClusterLayout,
  type ClusterSpec,
  COLUMNS,
  lanesOf,
  type Placement,
} from './layout.js';
import { hasAdaptation, hasNoise, NARROW_BITS, staysInside } from './narrow.js';
import type { OverflowBehaviour, ResetMode, SumRule } from './profile.js';
import { writeSynapses } from './synapse-plan.js';
import { worstSum } from './worst-sum.js';

const SUM_CODES: Readonly<Record<SumRule['kind'], number>> = {
  none: D.SUM_NONE,
  twosComplement: D.SUM_TWOS_COMPLEMENT,
  lavaWrap: D.SUM_LAVA_WRAP,
};
const OVERFLOW_CODES: Readonly<Record<OverflowBehaviour, number>> = {
  wrap: D.OVERFLOW_WRAP,
  clamp: D.OVERFLOW_CLAMP,
  error: D.OVERFLOW_ERROR,
};
const RESET_CODES: Readonly<Record<ResetMode, number>> = {
  zero: D.RESET_ZERO,
  value: D.RESET_TO_VALUE,
  subtract: D.RESET_SUBTRACT,
};
const NOISE_CODES = { off: 0, current: 1, voltage: 2 } as const;
const V_LIMIT = 2 ** 23 - 1;
const V_EMULATOR = 2 ** 30 - 1;
const SUM_LIMIT = 2 ** 31 - 1;
const CACHE_LINE = 64;
const TOUCH_MOST = 8;

/** Addresses beyond 2 GiB are negative as i32. */
const addressOf = (words: Int32Array, word: number): number => words[word]! >>> 0;

/**
 * Writes the block of `layout.bytes` bytes at byte address `base` (a multiple of 64, not 0), which then is
 * the address of the cluster. The memory need not be zero.
 *
 * Throws E_CAPACITY when the synapses of a compartment could sum to 2^31 in units of 64.
 */
export function placeCluster(
  memory: ArrayBufferLike,
  base: number,
  spec: ClusterSpec,
  layout: ClusterLayout,
): void {
  const sums = spec.cores.map((core, i) => worstSum(core, spec.placements[i]!));
  new Uint8Array(memory, base, layout.bytes).fill(0);
  const words = new Int32Array(memory, base, C.CLUSTER_WORDS);
  writeCluster(words, base, spec, layout);
  new Int32Array(memory, base + layout.columns.get(D.BANK_SHIFT_AT)!, layout.bankShifts.length).set(
    layout.bankShifts,
  );
  const limits = sums.map((most) => (most === 0 ? SUM_LIMIT : Math.floor(SUM_LIMIT / most)));
  new Int32Array(memory, addressOf(words, C.CORE_LIMITS_AT), limits.length).set(limits);
  words[C.PAYLOAD_LIMIT] = limits.reduce((least, limit) => Math.min(least, limit));
  spec.cores.forEach((core, i) => {
    const descriptor = coreWords(memory, words, i);
    writeShape(descriptor, base, spec, layout, i);
    writeRules(descriptor, core, spec.placements[i]!);
    writeColumns(memory, descriptor, core);
    const { rules } = spec.placements[i]!.profile;
    // with payloads a sum has no bound that is worth having
    const narrow = !spec.payloads && staysInside(core, rules, sums[i]!, largestBias(memory, descriptor));
    descriptor[D.NARROW] = narrow ? 1 : 0;
  });
  markTraits(memory, words, spec.cores.length);
  if (words[C.CAN_CONDENSE] === 1) writePlaces(memory, words, layout);
  writeSynapses(spec.rows, layout.members, layout.synapses, {
    memory,
    rowSegmentsAt: addressOf(words, C.ROW_SEGMENTS_AT),
    segmentsAt: addressOf(words, C.SEGMENTS_AT),
    listsAt: base + layout.listsAt,
    sharedAt: base + layout.sharedAt,
    lineBits: layout.lineBits,
  });
  const cluster = new Cluster(memory, base);
  for (const core of cluster.cores) settleAll(cluster, core, 0);
}

/** Descriptor of core i of a cluster. */
export const coreWords = (memory: ArrayBufferLike, words: Int32Array, i: number): Int32Array =>
  new Int32Array(memory, addressOf(words, C.CORES_AT) + 4 * D.DESCRIPTOR_WORDS * i, D.DESCRIPTOR_WORDS);

function writeCluster(words: Int32Array, base: number, spec: ClusterSpec, layout: ClusterLayout): void {
  for (const [word, offset] of layout.offsets) words[word] = base + offset;
  words[C.CORES] = spec.cores.length;
  words[C.CORES_AT] = base + 4 * C.CLUSTER_WORDS;
  words[C.LANES] = layout.lanes;
  words[C.LINE_BITS] = layout.lineBits;
  words[C.LINE_ROWS] = layout.lineRows;
  words[C.LINE_BANKS] = layout.bankShifts.length;
  words[C.LONGEST_DELAY] = layout.longestDelay;
  words[C.ROWS] = spec.rows.start.length - 1;
  words[C.INBOX_CAPACITY] = spec.inboxCapacity;
  words[C.PAYLOADS] = spec.payloads ? 1 : 0;
  const { lists, listBytes, fixed } = layout.synapses;
  const mean = lists === 0 ? 0 : Math.ceil(listBytes / lists / CACHE_LINE);
  words[C.TOUCH_LINES] = Math.min(TOUCH_MOST, fixed?.lines ?? mean);
  if (fixed === null) return;
  words[C.FIXED_BITS] = fixed.bits;
  words[C.FIXED_AT] = base + layout.listsAt;
  words[C.FIXED_BYTES] = fixed.bytes;
  words[C.FIXED_SPILLS] = fixed.spilledBytes > 0 ? 1 : 0;
}

function writeShape(
  d: Int32Array,
  base: number,
  spec: ClusterSpec,
  layout: ClusterLayout,
  index: number,
): void {
  const core = spec.cores[index]!;
  const { coreId, seed, firstKey = 0 } = spec.placements[index]!;
  const { firstLane } = layout.members[index]!;
  const at = (word: number, bytesPerLane: number): void => {
    const column = layout.columns.get(word);
    if (column !== undefined) d[word] = base + column + firstLane * bytesPerLane;
  };
  for (const word of COLUMNS) at(word, 4);
  if (hasNoise(core)) at(D.NOISE_ENABLE_AT, 4);
  if (hasNoise(core)) at(D.NOISE_RAW_AT, 4);
  if (core.registers.resetMode === 'value') at(D.VRESET_AT, 4);
  if (core.registers.ternary) at(D.VTH_LO_AT, 4);
  if (hasAdaptation(core)) for (const word of ADAPTIVE_COLUMNS) at(word, 4);
  at(D.SPIKE_COUNT_AT, 8);
  at(D.AWAKE_AT, 1 / D.BLOCK);
  at(D.REST_ACTIVE_AT, 1 / D.BLOCK);
  d[D.ACC_AT] = base + layout.offsets.get(C.LINE_AT)! + 4 * firstLane;
  d[D.MARKS_AT] = base + layout.offsets.get(C.LINE_MARKS_AT)! + firstLane / D.BLOCK;
  d[D.BANK_SHIFT_AT] = base + layout.columns.get(D.BANK_SHIFT_AT)!;
  d[D.COUNTERS_AT] = base + layout.countersAt + 8 * COUNTER_COUNT * index;
  d[D.CLUSTER_AT] = base;
  d[D.N] = core.n;
  d[D.N_PADDED] = lanesOf(core);
  d[D.FIRST_LANE] = firstLane;
  d[D.STRIDE_BITS] = layout.lineBits;
  d[D.SLOTS] = layout.lineRows;
  d[D.BANKS] = layout.bankShifts.length;
  d[D.MAX_DELAY] = core.maxDelay;
  d[D.CORE_ID] = coreId;
  d[D.SEED] = seed;
  d[D.IN_AXONS] = core.inAxons;
  d[D.FIRST_KEY] = firstKey;
  d[D.FIRST_PLACE] = layout.firstPlaces?.[index] ?? 0;
}

function writeRules(d: Int32Array, image: CoreImage, { profile: { rules } }: Placement): void {
  const { registers } = image;
  const sums = [
    [D.INPUT_KIND, D.INPUT_BITS, rules.inputSum],
    [D.CURRENT_KIND, D.CURRENT_BITS, rules.current],
    [D.BIAS_KIND, D.BIAS_BITS, rules.biasSum],
  ] as const;
  for (const [kind, bits, rule] of sums) {
    d[kind] = SUM_CODES[rule.kind];
    d[bits] = rule.kind === 'twosComplement' ? rule.bits : 0;
  }
  d[D.ON_OVERFLOW] = OVERFLOW_CODES[rules.onOverflow];
  d[D.V_CLAMP] = rules.voltage === 'none' ? 0 : 1;
  const limit = rules.voltage === 'none' ? V_EMULATOR : V_LIMIT;
  d[D.VMIN] = rules.voltage === 'registers' ? registers.vmin : -limit;
  d[D.VMAX] = rules.voltage === 'registers' ? registers.vmax : limit;
  d[D.RESET_MODE] = RESET_CODES[registers.resetMode];
  d[D.TERNARY] = registers.ternary ? 1 : 0;
  d[D.RESET_INTERVAL] = registers.resetInterval;
  d[D.RESET_OFFSET] = registers.resetOffset;
  if (!hasNoise(image)) return;
  d[D.NOISE_TARGET] = NOISE_CODES[registers.noiseTarget];
  d[D.NOISE_EXP] = registers.noiseExp;
  d[D.NOISE_MANT_OFFSET] = registers.noiseMantOffset;
  d[D.NOISE_MIN] = rules.noise.min;
  d[D.NOISE_SPAN] = rules.noise.max - rules.noise.min + 1;
}

function writeColumns(memory: ArrayBufferLike, d: Int32Array, image: CoreImage): void {
  const { compartments, registers, n } = image;
  const view = (word: number): Int32Array => new Int32Array(memory, addressOf(d, word), d[D.N_PADDED]!);
  const write = (word: number, column: RegisterColumn): void => fillColumn(view(word), n, column);
  const map = (column: RegisterColumn, f: (x: number) => number): RegisterColumn =>
    typeof column === 'number' ? f(column) : column.map(f);
  const keep = (decay: RegisterColumn, offset: number): RegisterColumn =>
    map(decay, (x) => Math.max(0, 4096 - x - offset));

  write(D.U_AT, image.u0);
  write(D.V_AT, image.v0);
  write(D.KEEP_U_AT, keep(compartments.du, registers.dsOffset));
  write(D.KEEP_V_AT, keep(compartments.dv, registers.dmOffset));
  view(D.VTH_AT).fill(0x7fff_ffff);
  write(
    D.VTH_AT,
    map(compartments.vthMant, (x) => x << 6),
  );
  const exponent = (i: number): number =>
    typeof compartments.biasExp === 'number' ? compartments.biasExp : compartments.biasExp[i]!;
  const mantissa = (i: number): number =>
    typeof compartments.biasMant === 'number' ? compartments.biasMant : compartments.biasMant[i]!;
  const bias = view(D.BIAS_AT);
  for (let i = 0; i < n; i++) bias[i] = Math.floor(mantissa(i) * 2 ** exponent(i));
  write(D.REFRACT_AT, compartments.refract);
  if (d[D.NOISE_ENABLE_AT] !== 0) write(D.NOISE_ENABLE_AT, compartments.noiseEnable);
  if (registers.resetMode === 'value') write(D.VRESET_AT, compartments.vreset);
  if (registers.ternary) {
    view(D.VTH_LO_AT).fill(-0x8000_0000);
    write(
      D.VTH_LO_AT,
      map(compartments.vthLoMant, (x) => x * 64),
    );
  }
  if (d[D.THETA_AT] !== 0) {
    write(D.KEEP_TH_AT, keep(compartments.dth ?? 0, 0));
    write(
      D.VTH_STEP_AT,
      map(compartments.vthStep ?? 0, (x) => x << 6),
    );
  }
}

function largestBias(memory: ArrayBufferLike, d: Int32Array): number {
  return new Int32Array(memory, addressOf(d, D.BIAS_AT), d[D.N]!).reduce(
    (most, x) => Math.max(most, Math.abs(x)),
    0,
  );
}

/** What the kernels may take for granted, of each core and of all. */
function markTraits(memory: ArrayBufferLike, words: Int32Array, cores: number): void {
  words[C.NEVER_RESTS] = 1;
  words[C.HOST_SET_V] = 1;
  words[C.CAN_CONDENSE] = words[C.PLACE_OF_AT] === 0 ? 0 : 1;
  for (let i = 0; i < cores; i++) {
    const d = coreWords(memory, words, i);
    const column = (word: number): Int32Array => new Int32Array(memory, addressOf(d, word), d[D.N]!);
    const isSame = (word: number): boolean => {
      const values = column(word);
      return values.every((x) => x === values[0]);
    };
    d[D.SLEEPLESS] = column(D.BIAS_AT).includes(0) ? 0 : 1;
    const isUniform = isSame(D.KEEP_U_AT) && isSame(D.KEEP_V_AT) && isSame(D.VTH_AT);
    d[D.UNIFORM] = isUniform && column(D.VTH_AT)[0]! < 2 ** NARROW_BITS ? 1 : 0;
    if (d[D.SLEEPLESS] === 0) words[C.NEVER_RESTS] = 0;
    if (d[D.NARROW] === 0) words[C.CAN_CONDENSE] = 0;
    if (d[D.RESET_INTERVAL] !== 0) words[C.RESETTING] = 1;
  }
}

/** Core of every block; places that nobody has hold the largest threshold, as padding does. */
function writePlaces(memory: ArrayBufferLike, words: Int32Array, layout: ClusterLayout): void {
  const coreOf = new Uint16Array(memory, addressOf(words, C.CORE_OF_AT), layout.lanes / D.BLOCK);
  layout.members.forEach(({ image, firstLane }, core) => {
    coreOf.fill(core, firstLane / D.BLOCK, (firstLane + lanesOf(image)) / D.BLOCK);
  });
  new Int32Array(memory, addressOf(words, C.PLACE_VTH_AT), layout.places).fill(0x7fff_ffff);
}
