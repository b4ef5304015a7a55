/** State of the routers: a record for each lane (mesh-words.ts), so that what is used together lies together. */
import { linkCount, linkLatencies, tileSteps } from './links.js';
import * as W from './mesh-words.js';
import type { MeshCosts, MeshGeometry } from './step-messages.js';

export class MeshLanes {
  readonly links: number;
  readonly count: number;
  words!: Int32Array;
  times!: Float64Array;

  /** `buffer`: where the records are, from byte `at` on. */
  constructor(
    geometry: MeshGeometry,
    costs: MeshCosts,
    occupation: number | null,
    buffer: ArrayBuffer = new ArrayBuffer(MeshLanes.bytes(geometry)),
    at = 0,
  ) {
    this.links = linkCount(geometry);
    this.count = this.links + geometry.cores;
    this.view(buffer, at);
    const { words, times, links } = this;
    const latency = linkLatencies(costs);
    const steps = tileSteps(geometry);
    for (let lane = 0; lane < this.count; lane++) {
      const core = lane - links;
      const tile =
        core < 0 ? (lane >>> 2) + steps[lane & 3]! : geometry.y[core]! * geometry.width + geometry.x[core]!;
      const word = lane << W.LANE_WORDS;
      words[word + W.ROUTER] = 4 * tile;
      words[word + W.FIRST_WAITING] = words[word + W.LAST_WAITING] = W.NONE;
      if (core >= 0) continue;
      times[(lane << W.LANE_TIMES) + W.OCCUPATION] = occupation ?? latency[lane & 3]!;
      times[(lane << W.LANE_TIMES) + W.LATENCY] = latency[lane & 3]!;
    }
  }

  static bytes(geometry: MeshGeometry): number {
    return (linkCount(geometry) + geometry.cores) << (W.LANE_WORDS + 2);
  }

  /** Where the records are now. */
  view(buffer: ArrayBuffer, at: number): void {
    this.words = new Int32Array(buffer, at, this.count << W.LANE_WORDS);
    this.times = new Float64Array(buffer, at, this.count << W.LANE_TIMES);
  }

  word(lane: number, word: number): number {
    return this.words[(lane << W.LANE_WORDS) + word]!;
  }

  time(lane: number, time: number): number {
    return this.times[(lane << W.LANE_TIMES) + time]!;
  }
}
