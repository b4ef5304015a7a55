/**
 * Where things of a core are in its cluster's block of memory. Plain constants, read by the scalar code and
 * by the AssemblyScript kernels alike (both import this file), so that no offset is typed twice. What cores
 * of a cluster share is in cluster-words.ts.
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
/** Lane of compartment 0 in the cluster, a multiple of BLOCK. */
export const FIRST_LANE = 2;
/** The cluster's: log2 of one row of the delay line, in lanes. */
export const STRIDE_BITS = 3;
/** The cluster's: rows of the delay line, a power of two. Arrivals of step t are in row `t & (SLOTS - 1)`. */
export const SLOTS = 4;
/** The cluster's: accumulator banks. Bank 0 is the plain sum; further banks are shifted right by BANK_SHIFT before they join it (Lava's connection sums). */
export const BANKS = 5;
/** Largest synaptic delay on this core. */
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

/** The core's lanes of the cluster's delay line, from compartment 0 of row 0, bank 0 (cluster-words.ts). */
export const ACC_AT = 20;
/** The core's blocks of the cluster's arrival marks, from block 0 of row 0. */
export const MARKS_AT = 21;
/** i32[BANKS], the cluster's */
export const BANK_SHIFT_AT = 22;

// sleep
/** u8[N_PADDED / BLOCK]: 1 when the block must be updated even without arrivals. */
export const AWAKE_AT = 23;
/** u8[N_PADDED / BLOCK]: compartments of a sleeping block that still count as active (v != 0 held by dv = 0). */
export const REST_ACTIVE_AT = 24;
export const AWAKE_BLOCKS = 25;
/** Sum of REST_ACTIVE over sleeping blocks. */
export const REST_ACTIVE_TOTAL = 26;
/** The last step that STEPS and UPDATES_ACTIVE include; those slept through since then are added later. */
export const ACCOUNTED = 27;

export const IN_AXONS = 28;
/** Added to a compartment to give the key its spikes travel by. */
export const FIRST_KEY = 29;
/** u32[N_PADDED * 2]: spikes per compartment since the start, 64-bit little-endian pairs */
export const SPIKE_COUNT_AT = 30;
/** u64[COUNTER_COUNT], see counters.ts */
export const COUNTERS_AT = 31;
/** Descriptor of the cluster. */
export const CLUSTER_AT = 32;

// what makes a cheaper update possible (narrow.ts)
/** 1 when the core's rules, weights and biases cannot carry a sum out of a register while u and v are narrow. */
export const NARROW = 33;
/** 1 while some u or v of an awake block may not be narrow. */
export const WIDE = 34;
/** 1 once a block has gone to sleep with a v that is not narrow. */
export const WIDE_ASLEEP = 35;
/** 1 when every compartment has a bias: all are updated in every step, and none is ever idle. */
export const SLEEPLESS = 36;
/** 1 when all compartments have the same KEEP_U, KEEP_V and VTH, and VTH is narrow. */
export const UNIFORM = 37;

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

// the active set (active-set.ts)
/** First of the core's places; there are `N_PADDED / LANES_PER_PLACE`, rounded up to whole blocks. */
export const FIRST_PLACE = 62;
/** Places in use. */
export const PLACES = 63;

// adaptive threshold, i32[N_PADDED]; absent where no compartment has it
/** What spikes have added to the threshold and has not decayed yet, 0..THETA_MAX, in the unit of v */
export const THETA_AT = 64;
/** 4096 - dth */
export const KEEP_TH_AT = 65;
/** vthStep << 6 */
export const VTH_STEP_AT = 66;

/** A multiple of 16, so that descriptors follow each other on whole cache lines. */
export const DESCRIPTOR_WORDS = 80;

/** Largest offset of a threshold: no v that has a range can pass it, and with any threshold it fits 25 bits. */
export const THETA_MAX = 8_388_607;

/** Lanes for each place: with more of them active, whole blocks are as fast. */
export const LANES_PER_PLACE = 4;

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
