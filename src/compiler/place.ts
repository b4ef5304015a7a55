/**
 * Stage four: which core of the mesh holds what. Cores the user chose stay; the others take the free numbers
 * from 0 on, in order, so neighbours in the network are neighbours on the mesh.
 */
import type { ChipProfile } from '../../cores/index.js';
import { coresPerChip, locationOf } from './core-address.js';
import type { CoreContent } from './core-content.js';
import type { CoreLocation } from './report.js';
import type { Violations } from './violations.js';

export interface PlacedCore extends CoreContent {
  /** Number on the mesh (core-address.ts). */
  readonly number: number;
  readonly location: CoreLocation;
}

export interface PlacedCores {
  /** In order of their numbers. */
  readonly cores: readonly PlacedCore[];
  /** Chips the numbers reach into. */
  readonly chips: number;
  /** The plane they span. */
  readonly chipsX: number;
  readonly chipsY: number;
}

export function place(
  contents: readonly CoreContent[],
  { limits, name }: ChipProfile,
  violations: Violations,
): PlacedCores {
  const taken = new Set(contents.map(({ pinned }) => pinned));
  let free = 0;
  const cores = contents
    .map((content): PlacedCore => {
      while (content.pinned === null && taken.has(free)) free++;
      const number = content.pinned ?? free++;
      return { ...content, number, location: locationOf(number, limits) };
    })
    .sort((a, b) => a.number - b.number);
  const chips = Math.floor((cores.at(-1)?.number ?? 0) / coresPerChip(limits)) + 1;
  if (limits.chips !== null && chips > limits.chips)
    violations.add(
      'network',
      `needs ${chips} chips (${contents.length} cores), ${name} has ${limits.chips}`,
      'use fewer neurons or synapses, or a profile without limits',
    );
  const chipsX = cores.reduce((max, { location }) => Math.max(max, location.chipX + 1), 1);
  const chipsY = cores.reduce((max, { location }) => Math.max(max, location.chipY + 1), 1);
  return { cores, chips, chipsX, chipsY };
}
