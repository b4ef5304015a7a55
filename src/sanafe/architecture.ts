/**
 * An architecture of that format: a mesh of tiles of cores, each a pipeline of units with prices. What has no counterpart in
 * ours is kept on its unit as `refusal`, for networks that use it.
 */
import type { Problems } from './problems.js';
import type { IdRange } from './tree-reader.js';

/** Of a mesh. */
export const MOST_TILES = 65_536;

export const SECTIONS = ['axon_in', 'synapse', 'dendrite', 'soma', 'axon_out'] as const;
export type SanafeSection = (typeof SECTIONS)[number];

/** Prices of a unit, by the words of the file without `energy_` or `latency_`; J and s. */
export interface SanafePrice {
  readonly energy: number;
  readonly latency: number;
}

export interface SanafeUnit {
  readonly section: SanafeSection;
  /** `loihi_lif`, or the part before `[0..1023]`. */
  readonly name: string;
  readonly repeat: IdRange | null;
  readonly model: string;
  readonly prices: Readonly<Record<string, SanafePrice>>;
  /** Why it has no counterpart here, or ''; and what to do about it. */
  readonly refusal: string;
  readonly hint: string;
  readonly at: number;
}

export interface SanafeCore {
  readonly units: Readonly<Record<SanafeSection, readonly SanafeUnit[]>>;
  readonly maxNeurons: number;
  readonly at: number;
}

export interface SanafeTile {
  readonly hops: Readonly<Record<SanafeDirection, SanafePrice>>;
  readonly cores: readonly SanafeCore[];
  readonly at: number;
}

export const DIRECTIONS = ['north', 'east', 'south', 'west'] as const;
export type SanafeDirection = (typeof DIRECTIONS)[number];

/** Barrier time in s from so many tiles in use on. */
export interface SanafeSync {
  readonly tiles: number;
  readonly time: number;
}

export interface SanafeArchitecture {
  /** Of the architecture, and of its file. */
  readonly name: string;
  readonly file: string;
  /** Mesh in tiles. Tile t is at x = t div height, y = t mod height. */
  readonly width: number;
  readonly height: number;
  readonly linkBuffer: number;
  readonly sync: readonly SanafeSync[];
  readonly tiles: readonly SanafeTile[];
  /** Where problems that only a network shows belong. */
  readonly problems: Problems;
}

/** The unit of a section that a word means: `loihi_lif`, `loihi_inputs[3]`; without a word the first one. */
export function unitNamed(core: SanafeCore, section: SanafeSection, word: string | null): SanafeUnit | null {
  const units = core.units[section];
  if (word === null) return units[0] ?? null;
  const exact = units.find(({ name, repeat }) => repeat === null && name === word);
  if (exact !== undefined) return exact;
  const match = /^(.*)\[(\d+)\]$/.exec(word);
  if (match === null) return null;
  const id = Number(match[2]);
  return (
    units.find(
      ({ name, repeat }) => repeat !== null && name === match[1] && id >= repeat.from && id <= repeat.to,
    ) ?? null
  );
}
