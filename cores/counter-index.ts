/**
 * Indices of a core's own counters in its cluster's memory (u64, little-endian pairs of u32 at COUNTERS_AT).
 * Plain constants, read by the AssemblyScript kernels too; counters.ts has unit and meaning of each.
 */
export const STEPS = 0;
export const UPDATES_ACTIVE = 1;
export const SPIKES = 2;
/** Indexed by fault code: OVERFLOWS + FAULT_INPUT - 1 and so on (descriptor.ts). */
export const OVERFLOWS = 3;

export const COUNTER_COUNT = 7;
