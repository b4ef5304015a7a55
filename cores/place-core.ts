/** Writes a core's block of memory from its image, after checking that any memory could hold it. */
import { checkImage } from './check-image.js';
import { fillColumn } from './core.js';
import * as D from './descriptor.js';
import type { CoreImage, RegisterColumn, SynapseFormat } from './image.js';
import { type CoreLayout, coreLayout, type Placement, rowKey } from './layout.js';
import type { OverflowBehaviour, ResetMode, SumRule } from './profile.js';
import { placeSynapse, placeTarget } from './synapse.js';
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
const CLASS_CODES: Readonly<Record<SynapseFormat['kind'], number>> = {
  sparse: D.CLASS_SPARSE,
  dense: D.CLASS_DENSE,
  conv: D.CLASS_CONV,
};
const NOISE_CODES = { off: 0, current: 1, voltage: 2 } as const;
const V_LIMIT = 2 ** 23 - 1;
const V_EMULATOR = 2 ** 30 - 1;
const SUM_LIMIT = 2 ** 31 - 1;

/**
 * Writes the block of `coreBytes(image, placement)` bytes at byte address `base` (a multiple of 64), which
 * then is the address of the core's descriptor. The memory need not be zero. All compartments are awake.
 *
 * Throws E_INPUT for an image no core can hold (all that is wrong at once), E_CAPACITY as `coreBytes`, and
 * when the synapses of a compartment could sum to 2^31 in units of 64.
 */
export function placeCore(
  memory: ArrayBufferLike,
  base: number,
  image: CoreImage,
  placement: Placement,
): void {
  checkImage(image, placement);
  const layout = coreLayout(image, placement);
  const sum = worstSum(image, placement);
  new Uint8Array(memory, base, layout.bytes).fill(0);

  const descriptor = new Int32Array(memory, base, D.DESCRIPTOR_WORDS);
  for (const [word, offset] of layout.offsets) descriptor[word] = base + offset;
  descriptor[D.PAYLOAD_LIMIT] = sum === 0 ? SUM_LIMIT : Math.floor(SUM_LIMIT / sum);
  writeShape(descriptor, image, placement, layout);
  writeRules(descriptor, image, placement, layout);
  writeColumns(memory, base, image, layout);
  writeSynapses(memory, base, image, layout);
}

function writeShape(d: Int32Array, image: CoreImage, placement: Placement, layout: CoreLayout): void {
  d[D.N] = image.n;
  d[D.N_PADDED] = layout.nPadded;
  d[D.STRIDE_BITS] = layout.strideBits;
  d[D.SLOTS] = layout.slots;
  d[D.BANKS] = layout.bankShifts.length;
  d[D.IN_AXONS] = image.inAxons;
  d[D.MAX_DELAY] = image.maxDelay;
  d[D.CORE_ID] = placement.coreId;
  d[D.SEED] = placement.seed;
  d[D.AWAKE_BLOCKS] = layout.nPadded / D.BLOCK;
  d[D.INBOX_CAPACITY] = placement.inboxCapacity;
  d[D.PAYLOADS] = placement.payloads ? 1 : 0;
}

function writeRules(d: Int32Array, image: CoreImage, placement: Placement, layout: CoreLayout): void {
  const { rules } = placement.profile;
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
  if (!layout.hasNoise) return;
  d[D.NOISE_TARGET] = NOISE_CODES[registers.noiseTarget];
  d[D.NOISE_EXP] = registers.noiseExp;
  d[D.NOISE_MANT_OFFSET] = registers.noiseMantOffset;
  d[D.NOISE_MIN] = rules.noise.min;
  d[D.NOISE_SPAN] = rules.noise.max - rules.noise.min + 1;
}

function writeColumns(memory: ArrayBufferLike, base: number, image: CoreImage, layout: CoreLayout): void {
  const { compartments, registers, n } = image;
  const view = (word: number): Int32Array =>
    new Int32Array(memory, base + layout.offsets.get(word)!, layout.nPadded);
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
  if (layout.hasNoise) write(D.NOISE_ENABLE_AT, compartments.noiseEnable);
  if (registers.resetMode === 'value') write(D.VRESET_AT, compartments.vreset);
  if (registers.ternary) {
    view(D.VTH_LO_AT).fill(-0x8000_0000);
    write(
      D.VTH_LO_AT,
      map(compartments.vthLoMant, (x) => x * 64),
    );
  }
  new Uint8Array(memory, base + layout.offsets.get(D.AWAKE_AT)!, layout.nPadded / D.BLOCK).fill(1);
}

function writeSynapses(memory: ArrayBufferLike, base: number, image: CoreImage, layout: CoreLayout): void {
  const { formats, axonStart, format, wide, offset, count, first, delay, words, rows } = image.synapses;
  const segmentCount = axonStart[image.inAxons]!;
  const at = (word: number): number => base + layout.offsets.get(word)!;
  new Uint32Array(memory, at(D.AXON_SEGMENTS_AT), image.inAxons + 1).set(
    axonStart.subarray(0, image.inAxons + 1),
  );
  new Int32Array(memory, at(D.BANK_SHIFT_AT), layout.bankShifts.length).set(layout.bankShifts);

  const segments = new Int32Array(memory, at(D.SEGMENTS_AT), segmentCount * D.SEGMENT_WORDS);
  const placed = new Int32Array(memory, base + layout.wordsAt, words.length);
  // Most words are one synapse each; pairs are overwritten below.
  for (let k = 0; k < words.length; k++) placed[k] = placeSynapse(words[k]!, layout.strideBits);
  for (let s = 0; s < segmentCount; s++) {
    const { kind, shift } = formats[format[s]!]!;
    const head = (CLASS_CODES[kind] << 4) | (layout.bankOfFormat[format[s]!]! << 16);
    const target = s * D.SEGMENT_WORDS;
    segments[target + D.SEGMENT_COUNT] = count[s]!;
    segments[target + D.SEGMENT_BASE] = first[s]!;
    if (kind === 'dense') {
      const row = layout.rows.get(rowKey(offset[s]!, count[s]!))!;
      segments[target + D.SEGMENT_AT] = base + row.at;
      segments[target + D.SEGMENT_BASE] = first[s]! + (delay[s]! << layout.strideBits);
      const rowKind = row.bytesEach === 1 ? D.KIND_ROW8 : D.KIND_ROW16;
      segments[target + D.SEGMENT_FORMAT] = head | rowKind | ((shift + (row.halved ? 1 : 0)) << 8);
      continue;
    }
    segments[target + D.SEGMENT_AT] = base + layout.wordsAt + 4 * offset[s]!;
    segments[target + D.SEGMENT_FORMAT] = head | (wide[s] === 1 ? D.KIND_WIDE : D.KIND_LIST | (shift << 8));
    if (wide[s] === 1) {
      for (let k = offset[s]!; k < offset[s]! + 2 * count[s]!; k += 2) {
        placed[k] = placeTarget(words[k]!, layout.strideBits);
        placed[k + 1] = words[k + 1]!;
      }
    }
  }

  for (const row of layout.rows.values()) {
    const stored =
      row.bytesEach === 1
        ? new Int8Array(memory, base + row.at, row.count)
        : new Int16Array(memory, base + row.at, row.count);
    for (let k = 0; k < row.count; k++) stored[k] = rows[row.offset + k]! >> (row.halved ? 1 : 0);
  }
}
