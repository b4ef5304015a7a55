/** Limits of a core by name. */
import { type ChipProfile, INDEX_MAX, type Limits } from '../../cores/index.js';
import type { LimitName, SplitReason } from './report.js';

const LIMITS = {
  compartments: 'compartmentsPerCore',
  inAxons: 'inAxonsPerCore',
  outAxonSlots: 'outAxonSlotsPerCore',
  synapseBits: 'synapseBitsPerCore',
  accumulators: 'accumulatorsPerCore',
} as const satisfies Record<LimitName, keyof Limits>;

/** What a core has of something; null: no limit. */
export const limitOf = (limits: Limits, name: LimitName): number | null => limits[LIMITS[name]];

/** Compartments of a core at most, and what says so. */
export interface CoreSize {
  readonly most: number;
  readonly reason: SplitReason;
}

/** The profile's limit, the user's `coreSize`, or, where there is neither, what a synapse word can address. */
export function coreSizeOf({ limits }: ChipProfile, coreSize: number | null): CoreSize {
  const most = Math.min(limits.compartmentsPerCore ?? INDEX_MAX + 1, coreSize ?? Number.POSITIVE_INFINITY);
  return { most, reason: most === limits.compartmentsPerCore ? 'compartments' : 'coreSize' };
}
