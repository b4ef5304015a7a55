/**
 * Values of a population's parameter: one number for all neurons, or one per neuron.
 */
export type Column = number | ArrayLike<number>;

/** Value for neuron i. The caller has checked that an array has one value per neuron. */
export const valueAt = (column: Column, i: number): number =>
  typeof column === 'number' ? column : column[i]!;

/** Distinct values, in order of first appearance. */
export const distinctValues = (column: Column): readonly number[] =>
  typeof column === 'number' ? [column] : [...new Set(Array.from(column))];
