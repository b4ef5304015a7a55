/** The cost profiles we ship, by name. */
import { SeamountError } from '../../cores/index.js';
import { nearest } from '../netfile/did-you-mean.js';
import type { CostProfile } from './cost-profile.js';
import { HOROWITZ45_AC } from './profiles/horowitz45-ac.js';
import {
  KERAS_SPIKING_ARM,
  KERAS_SPIKING_CPU,
  KERAS_SPIKING_GPU,
  KERAS_SPIKING_LOIHI,
} from './profiles/keras-spiking.js';
import { LOIHI1_DAVIES2018 } from './profiles/loihi1-davies2018.js';
import { LOIHI1_SANAFE } from './profiles/loihi1-sanafe.js';
import { LOIHI2 } from './profiles/loihi2.js';
import { SPINNAKER1, SPINNAKER2_PROTOTYPE } from './profiles/spinnaker.js';
import { TRUENORTH_ALLIN } from './profiles/truenorth-allin.js';

export const COST_PROFILES: readonly CostProfile[] = [
  LOIHI1_SANAFE,
  LOIHI1_DAVIES2018,
  LOIHI2,
  TRUENORTH_ALLIN,
  SPINNAKER1,
  SPINNAKER2_PROTOTYPE,
  HOROWITZ45_AC,
  KERAS_SPIKING_LOIHI,
  KERAS_SPIKING_CPU,
  KERAS_SPIKING_GPU,
  KERAS_SPIKING_ARM,
];

/**
 * The shipped profile of that name.
 * @throws {SeamountError} `E_USAGE` when there is none.
 */
export function costProfileNamed(name: string): CostProfile {
  const profile = COST_PROFILES.find((p) => p.name === name);
  if (profile !== undefined) return profile;
  const names = COST_PROFILES.map((p) => p.name);
  const guess = nearest(name, names);
  throw new SeamountError(
    'E_USAGE',
    `no cost profile ${JSON.stringify(name)}; there are ${names.join(', ')}`,
    guess === undefined ? 'a profile of your own is a YAML file (docs/energy.md)' : `did you mean ${guess}?`,
  );
}
