/**
 * Loihi 1 by SANA-FE: its `arch/loihi.yaml` at commit 8951ab0, a regression on a Nahuku board (Boyle et al.,
 * IEEE TCAD 44(8):3165-3178, 2025), although the file's header names Davies 2018.
 */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf, includedIn } from '../figure.js';
import { LOIHI1_STATIC_POWER } from './loihi1-static-power.js';

const SOURCE = 'SANA-FE 8951ab0, arch/loihi.yaml; Boyle et al., IEEE TCAD 44(8):3165-3178 (2025)';
const { pJ, ns, messages } = figuresOf('fitted', SOURCE);

const IDLE = includedIn('visit', 'the source charges each visit, and an update on top where there was work');
const WITHIN_TILE = includedIn('axonOut', 'no hop: the source charges the message where it leaves its core');

export const LOIHI1_SANAFE: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'loihi1-sanafe',
  title: 'Loihi 1, fitted to a Nahuku board (SANA-FE)',
  basis: 'fitted',
  source: SOURCE,
  notice:
    'Fitted to measurements of one board by the authors of SANA-FE, who claim 12 % in energy and 25 % in time ' +
    'on three applications. Operations only: no static power, barrier energy, link between chips or host.',
  indivisible: null,
  noEnergy: null,
  energy: {
    synapseSparse: pJ(33.6),
    synapseDense: pJ(35.5),
    synapseConv: pJ(24),
    visit: pJ(51.2),
    updateActive: pJ(21.6),
    updateIdle: IDLE,
    spike: pJ(69.3),
    axonOut: pJ(111),
    axonIn: pJ(0, 'zero in the source: the fit charges a message where it leaves'),
    withinTile: WITHIN_TILE,
    hopEast: pJ(3),
    hopWest: pJ(3),
    hopNorth: pJ(4.2),
    hopSouth: pJ(4.2),
  },
  latency: {
    synapseSparse: ns(4.7),
    synapseDense: ns(3.8),
    synapseConv: ns(3.1),
    visit: ns(6),
    updateActive: ns(3.7),
    updateIdle: IDLE,
    spike: ns(30),
    axonOut: ns(5.1),
    axonIn: ns(16),
    withinTile: WITHIN_TILE,
    hopEast: ns(4.1),
    hopWest: ns(4.1),
    hopNorth: ns(6.5),
    hopSouth: ns(6.5),
  },
  barrier: [
    { tiles: 1, time: ns(600) },
    { tiles: 2, time: ns(1000) },
    { tiles: 4, time: ns(1400) },
    { tiles: 29, time: ns(1800) },
  ],
  linkBuffer: messages(16),
  staticPower: LOIHI1_STATIC_POWER,
  vendorRatios: [],
};
