/**
 * Values of a population's parameter: one number for all neurons, or one per neuron.
 */
export type Column = number | ArrayLike<number>;

/** Value for neuron i. The caller has checked that an array has one value per neuron. */
export const valueAt = (column: Column, i: number): number =>
  typeof column === 'number' ? column : column[i]!;
