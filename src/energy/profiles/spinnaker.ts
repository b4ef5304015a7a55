/** SpiNNaker and the prototype of SpiNNaker 2: neurons and synapses in software on ARM cores. */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf } from '../figure.js';
import { twoFigures } from './two-figures.js';

const TABLE = 'KerasSpiking 1384ec3, model_energy.py, from Höppner et al., arXiv 1903.08941 (2019)';

const first = figuresOf('stated', TABLE);
const second = figuresOf('measured', TABLE);

export const SPINNAKER1: CostProfile = twoFigures({
  name: 'spinnaker1',
  title: 'SpiNNaker, 130 nm, as KerasSpiking has it',
  basis: 'stated',
  source: TABLE,
  notice:
    'Neurons and synapses in software: one figure each, whatever the neuron model. Other published figures differ by ' +
    'scope. Packets, host and idle power are left out.',
  synapse: first.pJ(13_300),
  neuron: first.pJ(26_000),
});

export const SPINNAKER2_PROTOTYPE: CostProfile = twoFigures({
  name: 'spinnaker2-prototype',
  title: 'SpiNNaker 2 prototype, 28 nm test chip (Höppner 2019), as KerasSpiking has it',
  basis: 'measured',
  source: TABLE,
  notice:
    'A test chip of four processing elements, not the 22 nm product. One figure each, whatever the neuron model. ' +
    'Packets, host and idle power are left out.',
  synapse: second.pJ(450),
  neuron: second.pJ(2190),
});
