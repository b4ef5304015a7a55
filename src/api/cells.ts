/** Cell types: what a neuron of a population is. */
import { lif } from './lif-cell.js';
import { loihi } from './loihi-cell.js';

export const cells = {
  /** Hardware registers, see `LoihiParameters`. */
  loihi,
  /** Physical units, see `LifParameters`. */
  lif,
} as const;
