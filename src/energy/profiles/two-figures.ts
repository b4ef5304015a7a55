/** Profiles of two figures: one for a synaptic event, one for a neuron and step. */
import type { CostProfile, Figure } from '../cost-profile.js';
import { includedIn } from '../figure.js';

const PART_OF_VISIT = includedIn('visit', 'one figure for a neuron and step, whatever it does');

export interface TwoFigures extends Pick<CostProfile, 'name' | 'title' | 'basis' | 'source' | 'notice'> {
  readonly synapse: Figure;
  readonly neuron: Figure;
}

export const twoFigures = ({ synapse, neuron, ...about }: TwoFigures): CostProfile => ({
  kind: 'seamount-cost-profile',
  version: 1,
  ...about,
  indivisible: null,
  noEnergy: null,
  energy: {
    synapseSparse: synapse,
    synapseDense: synapse,
    synapseConv: synapse,
    visit: neuron,
    updateActive: PART_OF_VISIT,
    updateIdle: PART_OF_VISIT,
  },
  latency: {},
  barrier: [],
  linkBuffer: null,
  staticPower: null,
  vendorRatios: [],
});
