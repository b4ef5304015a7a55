/**
 * State of the routers. A lane has the number of a link, or `links` + that of a core, and is two things: an output of
 * a router (the link; the ejection of the core) and a buffer at an input of one (behind the link; the injection of
 * the core). One record each, so that what is used together lies together.
 */
import { linkCount, linkLatencies, tileSteps } from './links.js';
import type { MeshCosts, MeshGeometry } from './step-messages.js';

/** Words of a lane in `MeshLanes.words`, at `lane << WORDS`. */
export const WORDS = 4;
/** Its buffer: messages in it and on the way to it; those in it; first and last message; */
export const OCCUPIED = 0;
export const HERE = 1;
export const FIRST = 2;
export const LAST = 3;
/** lane by which the last one left; neighbours among the buffers whose first message waits for the same output; */
export const LEFT_BY = 4;
export const AFTER = 5;
export const BEFORE = 6;
/** 4 * the tile it is at; most messages there ever were in it and on the way. */
export const ROUTER = 7;
export const FULLEST = 8;
/** Its output: buffers whose first message waits for it, oldest first. */
export const FIRST_WAITING = 9;
export const LAST_WAITING = 10;
/** Of an ejection: messages in the receive queue of the core. */
export const QUEUED = 11;

/** Times of a lane in `MeshLanes.times`, in ps, at `lane << TIMES`. */
export const TIMES = 3;
/** Its buffer: when the first became so; sum of the times since which others wait behind it. */
export const HEAD_SINCE = 0;
export const BEHIND_SINCE = 1;
/** Its output: when the link gets free; how long a message keeps it busy, and needs to the buffer behind. */
export const FREE_AT = 2;
export const OCCUPATION = 3;
export const LATENCY = 4;
/** Over all steps: time messages waited for it, and the longest that a first one did; messages, a number, not a time. */
export const WAITED = 5;
export const LONGEST = 6;
export const CARRIED = 7;

export const NONE = -1;

export class MeshLanes {
  readonly links: number;
  readonly words: Int32Array;
  readonly times: Float64Array;

  constructor(geometry: MeshGeometry, costs: MeshCosts, occupation: number | null) {
    const links = linkCount(geometry);
    const lanes = links + geometry.cores;
    const latency = linkLatencies(costs);
    const steps = tileSteps(geometry);
    const words = new Int32Array(lanes << WORDS);
    const times = new Float64Array(lanes << TIMES);
    for (let lane = 0; lane < lanes; lane++) {
      const core = lane - links;
      const tile =
        core < 0 ? (lane >>> 2) + steps[lane & 3]! : geometry.y[core]! * geometry.width + geometry.x[core]!;
      words[(lane << WORDS) + ROUTER] = 4 * tile;
      words[(lane << WORDS) + FIRST_WAITING] = words[(lane << WORDS) + LAST_WAITING] = NONE;
      if (core >= 0) continue;
      times[(lane << TIMES) + OCCUPATION] = occupation ?? latency[lane & 3]!;
      times[(lane << TIMES) + LATENCY] = latency[lane & 3]!;
    }
    this.links = links;
    this.words = words;
    this.times = times;
  }

  word(lane: number, word: number): number {
    return this.words[(lane << WORDS) + word]!;
  }

  time(lane: number, time: number): number {
    return this.times[(lane << TIMES) + time]!;
  }
}
