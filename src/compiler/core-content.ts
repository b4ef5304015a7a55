/** What is put on one core: neurons of populations, and the registers they share. */
import type { ChipProfile, CoreRegisters } from '../../cores/index.js';
import type { Network } from '../api/network.js';
import type { QuantisedCells } from './quantised-cells.js';
import type { StrandIndex } from './strand-index.js';

/** Neurons `from` .. `to - 1` of a population. */
export interface CoreSlice {
  readonly population: number;
  readonly from: number;
  readonly to: number;
}

export interface CoreContent {
  /** Number of the core (core-address.ts) where the user chose it, else null. */
  readonly pinned: number | null;
  readonly slices: readonly CoreSlice[];
  readonly registers: CoreRegisters;
}

export const compartmentsOf = (slices: readonly CoreSlice[]): number =>
  slices.reduce((sum, { from, to }) => sum + to - from, 0);

/** What partitioning works from. */
export interface PartitionJob {
  readonly network: Network;
  readonly profile: ChipProfile;
  /** null: sources, and populations that fit nowhere, as was told before. */
  readonly cells: readonly (QuantisedCells | null)[];
  readonly index: StrandIndex;
  /** Compartments of a core at most, where the user wants fewer than the profile allows. */
  readonly coreSize: number | null;
}
