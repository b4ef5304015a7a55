/** An architecture as a chip of ours: the mesh, cores in a tile, neurons on a core; nothing else limits it. */
import type { ChipProfile } from '../../cores/index.js';
import type { SanafeArchitecture } from './architecture.js';
import { SANAFE_RULES } from './rules.js';

export const architectureSource = ({ file }: Pick<SanafeArchitecture, 'file'>): string =>
  `architecture file ${file}`;

export function chipProfileOf(architecture: SanafeArchitecture): ChipProfile {
  const { name, width, height, tiles } = architecture;
  const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 1);
  // Repeated parts are one object.
  const kinds = [...new Set(tiles)];
  const cores = new Set(kinds.flatMap((tile) => tile.cores));
  return {
    name,
    title: `${name}, ${architectureSource(architecture)}`,
    source: architectureSource(architecture),
    notice:
      'the architecture file limits neurons on a core only: weights, axons and synaptic memory are not checked',
    rules: SANAFE_RULES,
    limits: {
      compartmentsPerCore: most([...cores].map(({ maxNeurons }) => maxNeurons)),
      inAxonsPerCore: null,
      outAxonSlotsPerCore: null,
      synapseBitsPerCore: null,
      accumulatorsPerCore: null,
      tilesX: width,
      tilesY: height,
      coresPerTile: most(kinds.map((tile) => tile.cores.length)),
      chips: 1,
    },
  };
}
