/**
 * The kernels of model `simple` and their memory. The module comes as base64 in a generated file
 * (scripts/build-kernels.mjs); costs become 16-bit multiples of what divides them all.
 */
import type { CoreBounds } from './core-bounds.js';
import { NOWHERE, type SimpleCosts } from './simple-costs.js';
import { PLAIN_KERNELS } from './simple-kernels.wasm.js';
import * as W from './simple-words.js';
import { NO_SOURCE } from './source-keys.js';

/** What the module exports. */
interface Kernels {
  readonly run: (steps: number, spikes: number, first: number) => number;
  readonly add: (begin: number, end: number) => number;
}

const PAGE = 65_536;
/** Bytes of all tables, at most: more is not worth it. */
const MOST_BYTES = 2 ** 28;
/** Bytes for counts of the steps of a call. */
const COUNT_BYTES = 2 ** 18;
const MOST_STEPS = 4096;

let compiled: WebAssembly.Module | null = null;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The largest number of ps that divides every cost; null where they are no 16-bit multiples of it, or too many. */
function unitOf({ sending, rows, cores, places, keyOfId }: SimpleCosts): number | null {
  let unit = 0;
  let most = 0;
  for (const costs of [sending, rows.cost])
    for (const cost of costs) {
      if (unit === 0 || cost % unit !== 0) unit = gcd(cost, unit);
      if (cost > most) most = cost;
    }
  if (most > W.MOST_COST * unit || cores + places > W.NO_CORE) return null;
  return 8 * keyOfId.length + 4 * rows.cost.length > MOST_BYTES ? null : Math.max(1, unit);
}

/** Null where WebAssembly is missing or refused, and for costs that do not fit; the scalar code computes the same. */
export function openSimpleKernels(costs: SimpleCosts): SimpleKernels | null {
  const unit = unitOf(costs);
  if (unit === null) return null;
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(PLAIN_KERNELS), (byte) => byte.charCodeAt(0)));
    return new SimpleKernels(compiled, costs, unit);
  } catch {
    return null;
  }
}

export class SimpleKernels {
  readonly #kernels: Kernels;
  readonly #mostSteps: number;
  readonly #steps: Uint32Array;
  readonly #spikes: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #times: Float64Array;
  readonly #bounds: Int32Array;
  readonly #cores: number;

  constructor(module: WebAssembly.Module, costs: SimpleCosts, unit: number) {
    const { cores, places, keyOfId, rows } = costs;
    const senders = cores + places;
    const rowCount = rows.start.length - 1;
    // eight costs are added in the time of one entry of a list
    const isDense = 8 * rows.cost.length >= rowCount * cores && 2 * rowCount * (cores + 7) <= MOST_BYTES;
    const blocks = isDense ? Math.ceil(cores / 8) : 0;
    this.#cores = cores;
    this.#mostSteps = Math.max(1, Math.min(MOST_STEPS, Math.floor(COUNT_BYTES / (4 * Math.max(1, cores)))));

    let end = W.HEAD_BYTES;
    const take = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 64) * 64;
      return at;
    };
    const head = new Map<number, number>([
      [W.IDS, keyOfId.length],
      [W.CORES, cores],
      [W.SENDERS, senders],
      [W.BLOCKS, blocks],
      [W.ID_AT, take(8 * keyOfId.length)],
      [W.ROW_AT, take(isDense ? 16 * blocks * rowCount : 4 * (rowCount + 1))],
      [W.LIST_AT, take(isDense ? 0 : 4 * rows.cost.length)],
      [W.IDLE_AT, take(8 * cores)],
      [W.STEP_AT, take(4 * W.MOST_SPIKES)],
      [W.SPIKE_AT, take(4 * W.MOST_SPIKES)],
      [W.POINTER_AT, take(4 * W.MOST_SPIKES)],
      [W.COUNT_AT, take(4 * this.#mostSteps * cores)],
      [W.SENT_AT, take(8 * senders)],
      [W.RECEIVED_AT, take(8 * Math.max(cores, 8 * blocks))],
      [W.SUM_AT, take(4 * cores)],
      [W.TIME_AT, take(8 * this.#mostSteps)],
      [W.BOUND_AT, take(4 * this.#mostSteps)],
    ]);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
    const { buffer } = memory;
    const at = (word: number): number => head.get(word)!;
    const words = (word: number, length: number): Uint32Array => new Uint32Array(buffer, at(word), length);
    const heads = new Int32Array(buffer, 0, W.HEAD_BYTES / 4);
    for (const [word, value] of head) heads[word] = value;
    const numbers = new Float64Array(buffer, 0, W.HEAD_BYTES / 8);
    numbers[W.UNIT] = unit;
    numbers[W.ACTIVE] = costs.active;
    numbers[W.BARRIER] = costs.barrier;
    new Float64Array(buffer, at(W.IDLE_AT), cores).set(costs.idle);
    writeIds(words(W.ID_AT, 2 * keyOfId.length), costs, unit);
    if (isDense) {
      const table = new Uint16Array(buffer, at(W.ROW_AT), 8 * blocks * rowCount);
      for (let row = 0; row < rowCount; row++)
        for (let i = rows.start[row]!; i < rows.start[row + 1]!; i++)
          table[8 * blocks * row + rows.core[i]!] = rows.cost[i]! / unit;
    } else {
      words(W.ROW_AT, rowCount + 1).set(rows.start);
      const lists = words(W.LIST_AT, rows.cost.length);
      for (let i = 0; i < lists.length; i++) lists[i] = rows.core[i]! + 0x1_0000 * (rows.cost[i]! / unit);
    }
    this.#steps = words(W.STEP_AT, W.MOST_SPIKES);
    this.#spikes = words(W.SPIKE_AT, W.MOST_SPIKES);
    this.#counts = words(W.COUNT_AT, this.#mostSteps * cores);
    this.#times = new Float64Array(buffer, at(W.TIME_AT), this.#mostSteps);
    this.#bounds = new Int32Array(buffer, at(W.BOUND_AT), this.#mostSteps);
    this.#kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  }

  /**
   * Times of steps `from .. to` into `times[at ..]`, and what bounded them into `bounds`. Returns the index of a spike
   * of a neuron that does not exist, or -1.
   *
   * @param counts by step and core, compartments with work
   */
  time(
    spikes: { readonly steps: Uint32Array; readonly ids: Uint32Array },
    counts: Uint32Array,
    { from, to }: { readonly from: number; readonly to: number },
    into: { readonly times: Float64Array; readonly at: number; readonly bounds: CoreBounds },
  ): number {
    const { steps, ids } = spikes;
    const cores = this.#cores;
    let spike = 0;
    for (let step = from; step <= to; ) {
      // steps before that of the first spike for which there is no room
      const crowded = steps[spike + W.MOST_SPIKES] ?? Number.POSITIVE_INFINITY;
      const limit = Math.min(to + 1, step + this.#mostSteps, crowded);
      const end = limit === step ? spike + W.MOST_SPIKES : firstAtLeast(steps, limit, spike);
      this.#spikes.set(ids.subarray(spike, end));
      let stranger: number;
      if (limit === step) stranger = this.#kernels.add(0, W.MOST_SPIKES);
      else {
        const row = (step - from) * cores;
        const count = limit - step;
        this.#steps.set(steps.subarray(spike, end));
        this.#counts.set(counts.subarray(row, row + count * cores));
        stranger = this.#kernels.run(count, end - spike, step);
        into.times.set(this.#times.subarray(0, count), into.at + step - from);
        for (let i = 0; i < count; i++) into.bounds.count(this.#bounds[i]!);
      }
      if (stranger >= 0) return spike + stranger;
      spike = end;
      step = limit;
    }
    return -1;
  }
}

/** Of each id its row, and its core and the cost of sending in one word. */
function writeIds(words: Uint32Array, { keyOfId, core, sending, rows }: SimpleCosts, unit: number): void {
  for (let id = 0; id < keyOfId.length; id++) {
    const key = keyOfId[id]!;
    words[2 * id] = key === NO_SOURCE ? W.NO_ROW : rows.row[key]!;
    if (key === NO_SOURCE) continue;
    const own = core[key] === NOWHERE ? W.NO_CORE : core[key]!;
    words[2 * id + 1] = own + 0x1_0000 * (sending[key]! / unit);
  }
}

/** First index from `low` on of ascending `steps` that is at least `step`. */
function firstAtLeast(steps: Uint32Array, step: number, low: number): number {
  let first = low;
  let end = Math.min(steps.length, low + W.MOST_SPIKES);
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (steps[middle]! < step) first = middle + 1;
    else end = middle;
  }
  return first;
}
