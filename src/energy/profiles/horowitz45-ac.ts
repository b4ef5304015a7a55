/** One addition in 45 nm logic for each synaptic event, and nothing else: the usual back of an envelope. */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf } from '../figure.js';

const SOURCE = 'Horowitz, ISSCC 2014, doi 10.1109/ISSCC.2014.6757323';
const ACCUMULATE = figuresOf('stated', SOURCE).pJ(0.9, 'a 32-bit floating-point addition at 45 nm, 0.9 V');

export const HOROWITZ45_AC: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'horowitz45-ac',
  title: 'one 32-bit addition at 45 nm a synaptic event (Horowitz 2014)',
  basis: 'stated',
  source: SOURCE,
  notice:
    'Arithmetic only: no memory, neuron, message or clock. With memory counted, a spiking network wins over a ' +
    'quantised dense one only below some 6 % activity (arXiv 2409.08290).',
  indivisible: null,
  noEnergy: null,
  energy: { synapseSparse: ACCUMULATE, synapseDense: ACCUMULATE, synapseConv: ACCUMULATE },
  latency: {},
  barrier: [],
  linkBuffer: null,
  staticPower: null,
  vendorRatios: [],
};
