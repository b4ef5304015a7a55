/** Stored synapses of a projection as strands. */
import type { Connections } from './connections.js';
import type { WeightJob } from './quantise-weights.js';
import type { Strand } from './strand.js';

/** What synapses of one strand have in common. */
export interface Lane {
  readonly shift: number;
  readonly sumShift: number;
  readonly wide: boolean;
  /** Where a sum is shifted, each delay has its own sum (Lava); null elsewhere. */
  readonly delay: number | null;
}

/** In the order of the connections; one entry for all when `uniform`. */
export interface StoredSynapses {
  readonly mantissas: Int16Array;
  readonly wides: Int32Array | null;
  /** null: all are of the first lane. */
  readonly laneOf: Uint16Array | null;
  readonly uniform: boolean;
}

/** Synapses of a lane: all, or those at these positions. */
interface Part {
  readonly start: Uint32Array;
  readonly chosen: Uint32Array | null;
}

/** Connection numbers: 64 delays for each projection, 0 kept for none. */
const DELAYS = 64;

export function strandsOf(job: WeightJob, stored: StoredSynapses, lanes: readonly Lane[]): Strand[] {
  const { projection, connections, delays, signMode, weightBits } = job;
  const post = absolute(connections, projection.post.from);
  const delay = typeof delays === 'number' || delays instanceof Uint8Array ? delays : new Uint8Array(delays);
  return lanes.map((lane, number): Strand => {
    const { start, chosen } =
      stored.laneOf === null
        ? { start: connections.start, chosen: null }
        : partOf(number, connections, stored.laneOf);
    const pick = <T extends Uint8Array | Int16Array | Int32Array | Uint32Array>(values: T): T => {
      if (chosen === null) return values;
      const picked = new (values.constructor as new (length: number) => T)(chosen.length);
      for (let k = 0; k < chosen.length; k++) picked[k] = values[chosen[k]!]!;
      return picked;
    };
    const wide = lane.wide
      ? stored.uniform
        ? new Int32Array(post.length).fill(stored.wides![0]!)
        : pick(stored.wides!)
      : null;
    const own = lane.delay ?? (typeof delay === 'number' ? delay : pick(delay));
    return {
      projection,
      start,
      post: pick(post),
      mantissa: lane.wide ? 0 : stored.uniform ? stored.mantissas[0]! : pick(stored.mantissas),
      wide,
      delay: own,
      maxDelay: typeof own === 'number' ? own : largestOf(own),
      signMode,
      weightBits,
      shift: lane.shift,
      sumShift: lane.sumShift,
      connection: lane.sumShift > 0 ? projection.index * DELAYS + (lane.delay ?? 0) + 1 : 0,
      layout: layoutOf(job, lane, own),
    };
  });
}

function partOf(lane: number, { start }: Connections, laneOf: Uint16Array): Part {
  let count = 0;
  for (let k = 0; k < laneOf.length; k++) if (laneOf[k] === lane) count++;
  const chosen = new Uint32Array(count);
  const laneStart = new Uint32Array(start.length);
  let at = 0;
  for (let row = 0; row + 1 < start.length; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) if (laneOf[k] === lane) chosen[at++] = k;
    laneStart[row + 1] = at;
  }
  return { start: laneStart, chosen };
}

/** Dense rows hold one mantissa per target and one delay; shared lists hold mantissas. */
function layoutOf(
  { projection, connections }: WeightJob,
  { wide }: Lane,
  delay: number | Uint8Array,
): Strand['layout'] {
  if (wide) return 'sparse';
  if (projection.connector.kind === 'conv2d') return 'conv';
  if (connections.multapses || typeof delay !== 'number') return 'sparse';
  return projection.synapse.format ?? 'auto';
}

/** Numbers in the population instead of the view. Connections end here, so an array of their own is changed in place. */
function absolute({ post: given, borrowed }: Connections, from: number): Uint32Array {
  if (from === 0) return given;
  const post = borrowed ? given.slice() : given;
  for (let k = 0; k < post.length; k++) post[k]! += from;
  return post;
}

function largestOf(values: Uint8Array): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! > largest) largest = values[k]!;
  return largest;
}
