/**
 * Where the tables and the steps of model `simple` are in the memory of its kernels. Plain constants, read by
 * simple-kernels.ts and by the AssemblyScript alike. The head is at address 0: word w at byte 4 * w, number f at byte 8 * f.
 *
 * A *slot* is a core that sends or one that receives: senders in order, then, from a multiple of 4 on, receivers; in the
 * order in which the first of the busiest is looked for. A step is a number for each slot.
 */

export const HEAD_BYTES = 128;

/** Network ids that a table has, and cores. */
export const IDS = 0;
export const CORES = 1;
/** How rows are kept (row-format.ts): one of the four, blocks of 16 bytes, rows whose sum fits, and what bytes and nibbles stand for. */
export const FORMAT = 2;
export const BLOCKS = 3;
export const CHUNK = 4;
export const CODE_BASE = 5;
export const CODE_STEP = 6;
/** Slot of the first receiver, and all slots; both multiples of 4. */
export const FIRST_RECEIVER = 7;
export const SLOTS = 8;

/** Addresses of tables: by id a pair of words, the address of its row and, in one, its core and the cost of sending; */
export const ID_AT = 9;
/** where rows are lists, of core and cost in one word: a row says where its list begins and, behind it, ends; */
export const LIST_AT = 10;
/** by slot ps of a step in which nothing happens. */
export const IDLE_AT = 11;

/** Addresses of what a call is about: by step, spikes up to its end; by spike its id, and room for where its row is; */
export const END_AT = 12;
export const SPIKE_AT = 13;
export const POINTER_AT = 14;
/** by step and core, compartments with work, and three words more; */
export const COUNT_AT = 15;
/** by slot: units so far in the step at hand; what comes to them, in ps: `IDLE_AT`, and spikes of calls before; in all, in ps; */
export const SUM_AT = 16;
export const BASE_AT = 17;
export const TOTAL_AT = 18;
/** by step its time, and the code of what bounded it. */
export const TIME_AT = 19;
export const BOUND_AT = 20;

/** 1 when spikes of the step at hand came in calls before. */
export const CARRIED = 21;
/** What touching rows has read; without meaning. */
export const SEEN = 22;

/** Numbers: ps of one unit of cost, of a compartment with work, and of the barrier. */
export const UNIT = 12;
export const ACTIVE = 13;
export const BARRIER = 14;

/** Code (step-bounds.ts) of a step that the barrier bounds. */
export const BARRIER_BOUND = 0x7fff_ffff;

/** Formats of rows. */
export const LISTS = 0;
export const WORDS = 1;
export const BYTES = 2;
export const NIBBLES = 3;

/** Row of an id that nobody has. */
export const NO_ROW = 0xffff_ffff;
/** Costs and cores are 16-bit numbers. */
export const MOST_COST = 0xffff;
export const MOST_CORES = 0xffff;
/** Spikes of one call, so that sums of costs fit 31 bits. */
export const MOST_SPIKES = 0x2000;
