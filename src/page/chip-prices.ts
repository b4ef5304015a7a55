/** Cost profiles under which a page may say what the chip spends: those with joules, of hardware that spikes. */
import { COST_PROFILES } from '../energy/cost-profiles.js';

/** Processors that KerasSpiking gives figures of compute densely: they are what a chip is compared with. */
const DENSE = /-(?:cpu|gpu|arm)$/;

export const CHIP_PRICES = COST_PROFILES.filter(
  ({ noEnergy, name }) => noEnergy === null && !DENSE.test(name),
);
