/**
 * Where things are in a core's block of memory. Plain constants, read by the scalar code and by the
 * AssemblyScript kernels alike (both import this file), so that no offset is typed twice.
 *
 * A core is bound by the byte address of its descriptor: `DESCRIPTOR_WORDS` i32 words, 64-byte aligned.
 * Words that end in `_AT` are byte addresses in the same memory (0 = absent). Arrays of compartments are
 * i32, padded to `N_PADDED` (a multiple of BLOCK); padding lanes hold zeros and the largest threshold,
 * so they never fire and never count.
 *
 * Time is the 1-based timestep. Refractory state is kept as the first step that integrates again
 * (`REFRACT_UNTIL`): v is held at 0 while `t < until`; a spike at t sets `until = t + max(refract, 1)`.
 */

/** Compartments that sleep and wake together. */
export const BLOCK = 16;

// shape
export const N = 0;
export const N_PADDED = 1;
/** log2 of one row of the delay line, `2^STRIDE_BITS >= N_PADDED`. */
export const STRIDE_BITS = 2;
/** Rows of the delay line, a power of two > MAX_DELAY. Arrivals of step t are in row `t & (SLOTS - 1)`. */
export const SLOTS = 3;
/** Accumulator banks. Bank 0 is the plain sum; further banks are shifted right by BANK_SHIFT before they join it (Lava's connection sums). */
export const BANKS = 4;
export const IN_AXONS = 5;
export const MAX_DELAY = 6;
export const CORE_ID = 7;
export const SEED = 8;

// state and registers, i32[N_PADDED]
export const U_AT = 9;
export const V_AT = 10;
export const REFRACT_UNTIL_AT = 11;
/** 4096 - du - dsOffset and 4096 - dv - dmOffset, 0..4096 */
export const KEEP_U_AT = 12;
export const KEEP_V_AT = 13;
/** vthMant << 6 */
export const VTH_AT = 14;
/** biasMant shifted by biasExp (arithmetic) */
export const BIAS_AT = 15;
export const REFRACT_AT = 16;
/** 0 or 1; absent when no compartment has noise */
export const NOISE_ENABLE_AT = 17;
/** reset value; absent unless RESET_MODE = RESET_VALUE */
export const VRESET_AT = 18;
/** vthLoMant << 6; absent unless TERNARY */
export const VTH_LO_AT = 19;

// delay line
/** i32[BANKS][SLOTS << STRIDE_BITS], in units of 64 (a weight mantissa shifted by its exponent, before `<< 6`), plus 64 spare bytes. */
export const ACC_AT = 20;
/** u8[SLOTS << STRIDE_BITS >> 4]: 1 when a block of that row has an arrival (any bank). */
export const TOUCHED_AT = 21;
/** i32[BANKS] */
export const BANK_SHIFT_AT = 22;

// sleep
/** u8[N_PADDED / BLOCK]: 1 when the block must be updated even without arrivals. */
export const AWAKE_AT = 23;
/** u8[N_PADDED / BLOCK]: compartments of a sleeping block that still count as active (v != 0 held by dv = 0). */
export const REST_ACTIVE_AT = 24;
export const AWAKE_BLOCKS = 25;
/** Sum of REST_ACTIVE over sleeping blocks. */
export const REST_ACTIVE_TOTAL = 26;
/** Last arrival step anything was written for. */
export const LAST_TOUCHED = 27;

// synaptic memory
/** u32[IN_AXONS + 1]: segments of an axon */
export const AXON_SEGMENTS_AT = 28;
/** SEGMENT_WORDS i32 each */
export const SEGMENTS_AT = 29;

// messages
/** u32[INBOX_CAPACITY]: axon numbers; with PAYLOADS, (axon, payload) pairs */
export const INBOX_AT = 30;
/** entries, not words */
export const INBOX_COUNT = 31;
export const INBOX_CAPACITY = 32;
/** 1 when inbox entries carry a payload */
export const PAYLOADS = 33;
/** u32[N_PADDED]: compartment, bit 31 set for a negative (ternary) spike; ascending */
export const FIRED_AT = 34;
export const FIRED_COUNT = 35;
/** u32[N_PADDED * 2]: spikes per compartment since the start, 64-bit little-endian pairs */
export const SPIKE_COUNT_AT = 36;
/** u64[COUNTER_COUNT], see counters.ts */
export const COUNTERS_AT = 37;

// rules (codes below)
export const INPUT_KIND = 38;
export const INPUT_BITS = 39;
export const CURRENT_KIND = 40;
export const CURRENT_BITS = 41;
export const BIAS_KIND = 42;
export const BIAS_BITS = 43;
export const ON_OVERFLOW = 44;
export const VMIN = 45;
export const VMAX = 46;
/** 1 when v is clamped to VMIN..VMAX; 0 = no range but the emulator's own */
export const V_CLAMP = 47;
export const RESET_MODE = 48;
export const TERNARY = 49;
/** 0 = off; else u and v are cleared before integration when t % interval == offset % interval */
export const RESET_INTERVAL = 50;
export const RESET_OFFSET = 51;

// noise
/** 0 off, 1 current, 2 voltage */
export const NOISE_TARGET = 52;
export const NOISE_EXP = 53;
export const NOISE_MANT_OFFSET = 54;
export const NOISE_MIN = 55;
/** number of values, max - min + 1 */
export const NOISE_SPAN = 56;
/** 1 = the host writes raw draws to NOISE_RAW before each step; 0 = the generator of noise.ts */
export const NOISE_INJECTED = 57;
/** i32[N_PADDED] raw draws of this step, absent when NOISE_TARGET = 0 */
export const NOISE_RAW_AT = 58;

// faults: the first overflow under the `error` rule, or beyond the emulator's 30 bits
/** 0 none, else FAULT_* */
export const FAULT = 59;
export const FAULT_COMPARTMENT = 60;
export const FAULT_STEP = 61;

/** Largest |payload| that cannot overflow an accumulator, whatever arrives with it; checked when a message is pushed. */
export const PAYLOAD_LIMIT = 62;

export const DESCRIPTOR_WORDS = 64;

// codes
export const SUM_NONE = 0;
export const SUM_TWOS_COMPLEMENT = 1;
export const SUM_LAVA_WRAP = 2;
export const OVERFLOW_WRAP = 0;
export const OVERFLOW_CLAMP = 1;
export const OVERFLOW_ERROR = 2;
export const RESET_ZERO = 0;
export const RESET_TO_VALUE = 1;
export const RESET_SUBTRACT = 2;
export const FAULT_INPUT = 1;
export const FAULT_CURRENT = 2;
export const FAULT_BIAS = 3;
export const FAULT_VOLTAGE = 4;

// a segment: the part of one axon's synapse list that has one format
export const SEGMENT_WORDS = 4;
/** byte address of its words or row */
export const SEGMENT_AT = 0;
/** synapses */
export const SEGMENT_COUNT = 1;
/** first compartment (dense, conv) plus delay << STRIDE_BITS (dense); added to each word's address part */
export const SEGMENT_BASE = 2;
/** kind | event class << 4 | weight shift << 8 | bank << 16 */
export const SEGMENT_FORMAT = 3;

/** u32 words: weight mantissa (9 bits, signed) << 23 | delay << STRIDE_BITS | compartment offset */
export const KIND_LIST = 0;
/** i8 row, padded to 16, 16-byte aligned */
export const KIND_ROW8 = 1;
/** i16 row, padded to 16, 16-byte aligned */
export const KIND_ROW16 = 2;
/** (delay << STRIDE_BITS | compartment offset, i32 weight) pairs, for weights a mantissa and shift cannot hold */
export const KIND_WIDE = 3;

/** Which synaptic-event counter a segment feeds. */
export const CLASS_SPARSE = 0;
export const CLASS_DENSE = 1;
export const CLASS_CONV = 2;
