/**
 * TrueNorth's 26 pJ: the power of a whole chip at one operating point, divided by its synaptic events. Neurons,
 * routing and leakage are in it, in shares nobody published, so it cannot be taken apart.
 */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf, includedIn } from '../figure.js';

const SOURCE = 'Merolla et al., Science 345:668-673 (2014), with supplement';
const EVENT = figuresOf('measured', SOURCE).pJ(
  26,
  'all of the chip at 20 Hz, 128 active synapses a neuron, 0.775 V, 72 mW; Akopyan 2015 gives 2.5 pJ for the event alone',
);
const WITH_IT = includedIn(
  'synapseSparse',
  'and in synaptic events of every other kind: the figure is all-in',
);

export const TRUENORTH_ALLIN: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'truenorth-allin',
  title: 'TrueNorth, all-in: 26 pJ a synaptic event (Merolla 2014)',
  basis: 'measured',
  source: SOURCE,
  notice:
    'Holds at its operating point only (20 Hz, 128 active synapses a neuron, 0.775 V): at lower rates the share of ' +
    'leakage, which is in the figure, grows, so this is too low there. Not to be set beside figures of an ' +
    'operation alone.',
  indivisible: 'the 26 pJ are the power of a whole chip over its synaptic events, in no known shares',
  noEnergy: null,
  energy: {
    synapseSparse: EVENT,
    synapseDense: EVENT,
    synapseConv: EVENT,
    visit: WITH_IT,
    updateActive: WITH_IT,
    updateIdle: WITH_IT,
    spike: WITH_IT,
    axonOut: WITH_IT,
    axonIn: WITH_IT,
    withinTile: WITH_IT,
    hopEast: WITH_IT,
    hopWest: WITH_IT,
    hopNorth: WITH_IT,
    hopSouth: WITH_IT,
    barrier: WITH_IT,
  },
  latency: {},
  barrier: [],
  linkBuffer: null,
  staticPower: null,
  vendorRatios: [],
};
