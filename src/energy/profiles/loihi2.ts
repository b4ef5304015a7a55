/** Loihi 2: no public figure per operation, so counts and the vendor's own ratios only. */
import type { CostProfile } from '../cost-profile.js';

const BRIEF = "Intel's technology brief on Loihi 2 (2021)";

export const LOIHI2: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'loihi2',
  title: 'Loihi 2: counts only',
  basis: 'vendor',
  source: BRIEF,
  notice:
    'Counts only. The ratios are speeds the vendor claims against Loihi 1; they are not ratios of energy, and no ' +
    'joules follow from them.',
  indivisible: null,
  noEnergy: 'no energy per operation of Loihi 2 is public',
  energy: {},
  latency: {},
  barrier: [],
  linkBuffer: null,
  staticPower: null,
  vendorRatios: [
    { what: 'speed of making a spike, against Loihi 1', ratio: 10, source: BRIEF },
    { what: 'speed of a synaptic operation, against Loihi 1', ratio: 5, source: BRIEF },
    { what: 'speed of a neuron update, against Loihi 1', ratio: 2, source: BRIEF },
  ],
};
