/**
 * Where the tables and the steps of model `simple` are in the memory of its kernels. Plain constants, read by
 * simple-kernels.ts and by the AssemblyScript alike. The head is at address 0: word w at byte 4 * w, number f at byte 8 * f.
 */

export const HEAD_BYTES = 128;

/** Network ids that a table has; cores, and with those that only send. */
export const IDS = 0;
export const CORES = 1;
export const SENDERS = 2;
/** Rows of 8 costs side by side, as many as hold all cores; 0 where rows are lists. */
export const BLOCKS = 3;

/** Addresses of tables: by id a pair of words, its row and, in one, its core and the cost of sending; */
export const ID_AT = 4;
/** by row its costs, or where its list begins and, behind it, ends; lists, of core and cost in one word; */
export const ROW_AT = 5;
export const LIST_AT = 6;
/** by core ps of a step in which nothing happens. */
export const IDLE_AT = 7;

/** Addresses of what a call is about: by spike its step, its id, and room for where its row is; */
export const STEP_AT = 8;
export const SPIKE_AT = 9;
export const POINTER_AT = 10;
/** by step and core, compartments with work; */
export const COUNT_AT = 11;
/** by core, ps sent and received in the step at hand, and room for sums of lists; */
export const SENT_AT = 12;
export const RECEIVED_AT = 13;
export const SUM_AT = 14;
/** by step, results: its time, and what bounds it. */
export const TIME_AT = 15;
export const BOUND_AT = 16;

/** Numbers: ps of one unit of cost, of a compartment with work, and of the barrier. */
export const UNIT = 9;
export const ACTIVE = 10;
export const BARRIER = 11;

/** Row of an id that nobody has; core of a source without one. */
export const NO_ROW = 0xffff_ffff;
export const NO_CORE = 0xffff;
/** Costs and cores are 16-bit numbers. */
export const MOST_COST = 0xffff;
/** Spikes of one call, so that sums of costs fit 32 bits. */
export const MOST_SPIKES = 0x1_0000;
/** What bounds a step in which no core has anything to do. */
export const IDLE = 0x7fff_ffff;
