/**
 * What a timing model sees of one timestep: every message with what came before it on its core and what it
 * costs where it ends. Times are in the unit of the costs (core-costs.ts): picoseconds, or seconds where a
 * peer's rounding is wanted. Arrays are reused from step to step and longer than filled.
 */

/** Where cores are; constant for a run. Chips of a plane continue each other's mesh, so x and y are global. */
export interface MeshGeometry {
  readonly cores: number;
  /** Tile of each core, and its place in it. */
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly slot: Uint32Array;
  /** Tiles of the whole plane. */
  readonly width: number;
  readonly height: number;
  readonly coresPerTile: number;
  /** Tiles that hold a compartment or a placed source. */
  readonly tilesInUse: number;
}

/** Messages of one step, by sending core, then in the order in which it makes them. */
export interface StepMessages {
  step: number;
  /** Messages of core c are first[c] .. first[c + 1] - 1. Length cores + 1. */
  readonly first: Uint32Array;
  /** Source key (compartments by core, then host sources), destination core, and synapses touched there. */
  key: Uint32Array;
  to: Uint32Array;
  events: Uint32Array;
  /** ps since the core's message before it, or since the step began. */
  generation: Float64Array;
  /** ps its destination is busy with it. */
  processing: Float64Array;
  /** Per core: ps of work after its last message. */
  readonly rest: Float64Array;
  /** Per core: ps of work on messages the host sent, which are there when the step begins. */
  readonly hostProcessing: Float64Array;
}

/** Costs of the mesh, in ps. */
export interface MeshCosts {
  readonly hopEast: number;
  readonly hopWest: number;
  readonly hopNorth: number;
  readonly hopSouth: number;
  /** Messages that a link's buffer holds. */
  readonly linkBuffer: number;
  /** Of one step, for the tiles in use. */
  readonly barrier: number;
}

/**
 * What ended a step: a core that sends, a core that receives (in `mesh` also one whose full queue held others up), or,
 * in `mesh`, a link that was waited for. The barrier where it is longer than all the rest, or nothing took time.
 */
export interface StepBound {
  readonly kind: 'sender' | 'receiver' | 'link' | 'barrier';
  /** Core, or link of `mesh`; -1 for the barrier. */
  readonly index: number;
}

export interface StepTime {
  /** ps, barrier included. */
  readonly time: number;
  readonly bound: StepBound;
}

export interface TimingModel {
  readonly name: 'simple' | 'detailed' | 'mesh';
  step(messages: StepMessages): StepTime;
}
