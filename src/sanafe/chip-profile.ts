/** An architecture as a chip of ours: the mesh, cores in a tile, neurons on a core; nothing else limits it. */
import type { ChipProfile } from '../../cores/index.js';
import type { SanafeArchitecture } from './architecture.js';
import { SANAFE_RULES } from './rules.js';

export const architectureSource = ({ file }: Pick<SanafeArchitecture, 'file'>): string =>
  `architecture file ${file}`;

export function chipProfileOf(architecture: SanafeArchitecture): ChipProfile {
  const { name, width, height, tiles } = architecture;
  const cores = tiles.map((tile) => tile.cores.length);
  const neurons = tiles.flatMap((tile) => tile.cores.map(({ maxNeurons }) => maxNeurons));
  return {
    name,
    title: `${name}, ${architectureSource(architecture)}`,
    source: architectureSource(architecture),
    notice:
      'the architecture file limits neurons on a core only: weights, axons and synaptic memory are not checked',
    rules: SANAFE_RULES,
    limits: {
      compartmentsPerCore: neurons.reduce((most, n) => Math.max(most, n), 1),
      inAxonsPerCore: null,
      outAxonSlotsPerCore: null,
      synapseBitsPerCore: null,
      accumulatorsPerCore: null,
      tilesX: width,
      tilesY: height,
      coresPerTile: cores.reduce((most, n) => Math.max(most, n), 1),
      chips: 1,
    },
  };
}
