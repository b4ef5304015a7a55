/**
 * Where things of a cluster are: cores whose synapses and delay lines lie together in one block of memory,
 * so that a spike walks one list instead of one per core. As in descriptor.ts, words of an i32 array at a
 * 64-byte aligned address; words that end in `_AT` are byte addresses.
 *
 * A *lane* is a compartment of the cluster: those of its cores one after the other, each core padded to a
 * multiple of BLOCK. A *row* is what a message selects: the synapses, on this cluster, of one source of the
 * chip (or, on a core that stands alone, of one in-axon).
 */
export const CORES = 0;
/** Descriptors of the cores, one after the other. */
export const CORES_AT = 1;
export const LANES = 2;
/** log2 of one row of the delay line, `2^LINE_BITS >= LANES`. */
export const LINE_BITS = 3;
/** Rows of the delay line, a power of two > the largest delay. Arrivals of step t are in row `t & (LINE_ROWS - 1)`. */
export const LINE_ROWS = 4;
export const LINE_BANKS = 5;
/** Largest synaptic delay on any of the cores. */
export const LONGEST_DELAY = 6;
/** i32[LINE_BANKS][LINE_ROWS << LINE_BITS], in units of 64 (a weight mantissa shifted by its exponent, before `<< 6`), plus 64 spare bytes. */
export const LINE_AT = 7;
/** u8[LINE_ROWS << LINE_BITS >> 4]: 1 when a block of that row has an arrival (any bank). Not kept where nothing sleeps. */
export const LINE_MARKS_AT = 8;
/** Last arrival step anything was written for. */
export const LAST_ARRIVAL = 9;
/** 1 when all cores are SLEEPLESS: blocks are not marked, because all are visited. */
export const NEVER_RESTS = 10;
/** Blocks of all cores that are awake, and cores that have periodic resets. */
export const AWAKE_SUM = 11;
export const RESETTING = 12;

// synaptic memory
export const ROWS = 13;
/** u32[ROWS + 1]: segments of a row */
export const ROW_SEGMENTS_AT = 14;
/** SEGMENT_WORDS i32 each */
export const SEGMENTS_AT = 15;

// messages from the host
/** u32[2 * INBOX_CAPACITY]: (row, payload) pairs */
export const INBOX_AT = 16;
/** entries, not words */
export const INBOX_COUNT = 17;
export const INBOX_CAPACITY = 18;
/** 1 when payloads other than 1 are allowed */
export const PAYLOADS = 19;
/** The least of CORE_LIMITS. */
export const PAYLOAD_LIMIT = 20;
/** i32[CORES]: largest |payload| that cannot overflow an accumulator, whatever arrives with it; checked when a message is pushed */
export const CORE_LIMITS_AT = 21;

/** u32[LANES]: keys of what fired in the last step, bit 31 set for a spike of -1; ascending unless ACTIVE_SET */
export const FIRED_AT = 22;
export const FIRED_COUNT = 23;
/** 1 once a core has a fault. */
export const FAULTY = 24;
/** u64[EVENT_CLASSES]: synaptic events delivered, by class */
export const EVENTS_AT = 25;
/** u32[ROWS_AT_ONCE]: addresses of dense rows that are added together */
export const GATHER_AT = 26;

/** u32[LANES / BLOCK]: blocks of a core in which something fired: block << 16 | mask */
export const FIRE_BLOCKS_AT = 27;

/** Cache lines of a list to fetch ahead: what an average list has, at most 8. */
export const TOUCH_LINES = 28;

/** Bits of an address where rows have a fixed length (fixed-rows.ts), 16, 21, 23 or 32; else 0. */
export const FIXED_BITS = 29;
/** Row r is at `FIXED_AT + r * FIXED_BYTES`: i32 weight (with 23 bits, what weights are multiplied by), u32 synapses << 1 | 1 when its list lies elsewhere; then the list, or the address of one elsewhere. */
export const FIXED_AT = 30;
export const FIXED_BYTES = 31;
/** 1 when some list lies elsewhere. */
export const FIXED_SPILLS = 32;

/** First step whose inputs come from messages alone: those that a state brought along may be larger than any (core-state.ts). */
export const BOUNDED_FROM = 33;

// the active set: compartments with state, moved together (active-set.ts)
/** 1 when the cluster can keep one. */
export const CAN_CONDENSE = 34;
/** 1 while compartments that have state live in places, not in their columns. */
export const ACTIVE_SET = 35;
/** 1 when the set must be dissolved before the next update: a place could not be had, or a value is not narrow. */
export const DISSOLVES = 36;
/** 1 when blocks of the delay line may have arrivals of this step. */
export const DRAINS = 37;
/** The step at which to look again whether a set would pay, and how long to wait after that. */
export const NEXT_LOOK = 38;
export const PATIENCE = 39;
/** u32[LANES]: 1 + the place of a lane, 0 = at rest */
export const PLACE_OF_AT = 40;
/** u16[LANES / BLOCK]: core of a block */
export const CORE_OF_AT = 41;
/** Columns of places, i32 each: what the columns of compartments are for lanes. */
export const PLACE_LANE_AT = 42;
export const PLACE_ACC_AT = 43;
export const PLACE_U_AT = 44;
export const PLACE_V_AT = 45;
export const PLACE_UNTIL_AT = 46;
export const PLACE_BIAS_AT = 47;
export const PLACE_KEEP_U_AT = 48;
export const PLACE_KEEP_V_AT = 49;
export const PLACE_VTH_AT = 50;

/** u32[CORES]: where integration writes how many compartments of each core had work in the step (activity.ts); 0 when nobody asks. */
export const ACTIVE_AT = 51;

/** The last step after which compartments gave back their places; membrane.ts looks for them elsewhere then. */
export const SWEPT_AT = 52;
/** 1 where the host has set v since it was counted last (membrane.ts). */
export const HOST_SET_V = 53;

export const CLUSTER_WORDS = 64;

/** Dense rows added together, so that their sums of bytes fit 16 bits: 256 * -128 = -2^15. */
export const ROWS_AT_ONCE = 256;

// a segment: a part of one row that has one format
export const SEGMENT_WORDS = 4;
/** byte address of its words or row of weights */
export const SEGMENT_AT = 0;
/** synapses */
export const SEGMENT_COUNT = 1;
/** Added to each word's address part: the first lane (conv, wide, dense) plus delay << LINE_BITS (dense). Where all have one weight, the weight. */
export const SEGMENT_BASE = 2;
/** kind | event class << 4 | log2 of ROWS_IN_BYTES << 6 | weight shift << 8 | bank << 16 */
export const SEGMENT_FORMAT = 3;
/** Of KIND_ROW8: so many rows of its kind (1, 2, 4 or 8) have sums that fit a byte, whichever they are. */
export const ROWS_IN_BYTES_SHIFT = 6;
export const ROWS_IN_BYTES_MOST = 3;

/** u32 words: weight mantissa (9 bits, signed) << 23 | delay << LINE_BITS | lane */
export const KIND_LIST = 0;
/** i8 row, padded to 16, 16-byte aligned */
export const KIND_ROW8 = 1;
/** i16 row, padded to 16, 16-byte aligned */
export const KIND_ROW16 = 2;
/** (delay << LINE_BITS | lane, i32 weight) pairs, for weights a mantissa and shift cannot hold */
export const KIND_WIDE = 3;
/** One weight for all: u32 addresses (delay << LINE_BITS | lane) */
export const KIND_ONE = 4;
/** One weight for all, u16 addresses */
export const KIND_ONE16 = 5;
/** One weight for all, three 21-bit addresses in 64 bits; filled up with a lane that no core has */
export const KIND_PACKED = 6;

/** Which synaptic-event counter a segment feeds. */
export const CLASS_SPARSE = 0;
export const CLASS_DENSE = 1;
export const CLASS_CONV = 2;
export const EVENT_CLASSES = 3;
