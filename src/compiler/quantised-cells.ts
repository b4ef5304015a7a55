/** A population's registers, ready for the chip. */
import {
  type CompartmentRegisterName,
  type CoreRegisters,
  PROFILES,
  type RegisterColumn,
} from '../../cores/index.js';
import type { Population } from '../api/population.js';

export interface QuantisedCells {
  readonly population: Population;
  /** One value, or one per neuron. */
  readonly registers: Readonly<Record<CompartmentRegisterName, RegisterColumn>>;
  readonly u0: RegisterColumn;
  readonly v0: RegisterColumn;
  /** Distinct settings of the per-core registers its neurons ask for. */
  readonly coreRegisters: readonly CoreRegisters[];
  /** Which of them each neuron asks for; null when there is one. */
  readonly coreRegisterOf: Uint16Array | null;
}

/** What to say of an adaptive threshold under a profile without, and the way out. */
export const NO_ADAPTATION = `this profile has no adaptive threshold; profiles that have: ${PROFILES.filter(
  ({ rules }) => rules.adaptiveThreshold === true,
)
  .map(({ name }) => name)
  .join(', ')}`;
export const WITHOUT_ADAPTATION = 'take such a profile, or leave it out';

/** `count` neurons from `from` of a column, as one value where they agree. */
export function sliceColumn(column: RegisterColumn, from: number, count: number): RegisterColumn {
  if (typeof column === 'number') return column;
  const values = column.slice(from, from + count);
  const first = values[0]!;
  return values.every((value) => value === first) ? first : values;
}
