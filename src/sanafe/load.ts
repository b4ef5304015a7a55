/** Architecture and network of that format as image, prices and names. */
import type { ChipImage } from '../../routing/index.js';
import type { CostProfile } from '../energy/cost-profile.js';
import type { SanafeArchitecture } from './architecture.js';
import { readSanafeArchitecture } from './architecture-yaml.js';
import { chipImageOf } from './chip-image.js';
import { chipProfileOf } from './chip-profile.js';
import { costsOf } from './cost-profile.js';
import { mapNetwork } from './mapped-network.js';
import { readSanafeNetlist } from './netlist.js';
import type { SanafeNetwork } from './network.js';
import { readSanafeYaml } from './network-yaml.js';
import { isSanafeNetlist } from './part-of-pair.js';

export interface SanafeText {
  /** Of the file, for messages. */
  readonly name: string;
  readonly text: string;
}

export interface LoadedSanafe {
  readonly image: ChipImage;
  readonly costs: CostProfile;
  /** `group.neuron` by network id. */
  readonly neuronNames: readonly string[];
  /** By network id: whether the file asks for its spikes (log_spikes). */
  readonly logged: readonly boolean[];
  /** What is not exactly as in the files. */
  readonly notices: readonly string[];
}

/**
 * Reads both and puts one on the other.
 * @throws {ViolationsError} `E_INPUT` with everything wrong in the first text that has anything wrong
 */
export function loadSanafe(files: {
  readonly architecture: SanafeText;
  readonly network: SanafeText;
}): LoadedSanafe {
  const architecture = readSanafeArchitecture(files.architecture.text, files.architecture.name);
  const { text, name } = files.network;
  const network = isSanafeNetlist(text) ? readSanafeNetlist(text, name) : readSanafeYaml(text, name);
  return placeSanafe(network, architecture);
}

/** @throws {ViolationsError} `E_INPUT` with everything in either that has no counterpart here */
export function placeSanafe(network: SanafeNetwork, architecture: SanafeArchitecture): LoadedSanafe {
  const mapped = mapNetwork(network, architecture);
  const { profile: costs, classOf } = costsOf(architecture, mapped.used);
  architecture.problems.throwIfAny();
  const { image, notices } = chipImageOf({
    network,
    mapped,
    architecture,
    profile: chipProfileOf(architecture),
    classOf: (id) => classOf.get(mapped.synapseUnit[id]!) ?? 'sparse',
  });
  return {
    image,
    costs,
    neuronNames: network.groups.flatMap(({ name, size }) =>
      Array.from({ length: size }, (_, k) => `${name}.${k}`),
    ),
    logged: network.neurons.map(({ logSpikes }) => logSpikes),
    notices,
  };
}
