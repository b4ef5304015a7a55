/**
 * Loihi 1 by its first paper: Davies et al., IEEE Micro 38(1):82-99 (2018), Table 2. The table is of a
 * simulation before silicon (SDF and SPICE, 0.75 V), and its synaptic figure is a minimum.
 */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf, includedIn } from '../figure.js';
import { LOIHI1_STATIC_POWER } from './loihi1-static-power.js';

const SOURCE = 'Davies et al., IEEE Micro 38(1):82-99 (2018), Table 2';
const { pJ, ns } = figuresOf('simulated', SOURCE);

const SYNAPSE = pJ(23.6, 'a minimum in its source; one figure for all kinds of synaptic list');
const SYNAPSE_TIME = ns(3.5, 'a maximum in its source; one figure for all kinds of synaptic list');
const VISIT = includedIn(
  'updateActive',
  'or in updateIdle: the source prices a visit with what it turned out to be',
);

export const LOIHI1_DAVIES2018: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'loihi1-davies2018',
  title: 'Loihi 1, pre-silicon simulation at 0.75 V (Davies 2018)',
  basis: 'simulated',
  source: SOURCE,
  notice:
    'Simulated before silicon, not measured. The synaptic figure is a minimum. Making a spike, sending and ' +
    'receiving a message, the barrier, links between chips and the host have no figure and are left out.',
  indivisible: null,
  noEnergy: null,
  energy: {
    synapseSparse: SYNAPSE,
    synapseDense: SYNAPSE,
    synapseConv: SYNAPSE,
    visit: VISIT,
    updateActive: pJ(81),
    updateIdle: pJ(52),
    withinTile: pJ(1.7),
    hopEast: pJ(3),
    hopWest: pJ(3),
    hopNorth: pJ(4),
    hopSouth: pJ(4),
  },
  latency: {
    synapseSparse: SYNAPSE_TIME,
    synapseDense: SYNAPSE_TIME,
    synapseConv: SYNAPSE_TIME,
    visit: VISIT,
    updateActive: ns(8.4),
    updateIdle: ns(5.3),
    withinTile: ns(2.1),
    hopEast: ns(4.1),
    hopWest: ns(4.1),
    hopNorth: ns(6.5),
    hopSouth: ns(6.5),
  },
  barrier: [
    { tiles: 1, time: ns(113, 'the lower end of the published range, 1 tile; also used for 2 to 31 tiles') },
    { tiles: 32, time: ns(465, 'the upper end of the published range, 32 tiles; none is published between') },
  ],
  linkBuffer: null,
  staticPower: LOIHI1_STATIC_POWER,
  vendorRatios: [],
};
