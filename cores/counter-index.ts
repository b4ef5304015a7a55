/**
 * Indices of a core's own counters in its block of memory (u64, little-endian pairs of u32 at COUNTERS_AT).
 * Plain constants, read by the AssemblyScript kernels too; counters.ts has unit and meaning of each.
 */
export const STEPS = 0;
export const AXON_EVENTS = 1;
/** Indexed by segment class: SYNAPTIC_EVENTS + CLASS_SPARSE | CLASS_DENSE | CLASS_CONV (descriptor.ts). */
export const SYNAPTIC_EVENTS = 2;
export const UPDATES_ACTIVE = 5;
export const SPIKES = 6;
/** Indexed by fault code: OVERFLOWS + FAULT_INPUT - 1 and so on (descriptor.ts). */
export const OVERFLOWS = 7;

export const COUNTER_COUNT = 11;
