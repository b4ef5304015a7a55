/**
 * The kernels of model `simple` and their memory. The module comes as base64 in a generated file
 * (scripts/build-kernels.mjs); costs become 16-bit multiples of what divides them all.
 */
import { gcd, rowFormat, writeRows } from './row-format.js';
import { NOWHERE, type SimpleCosts } from './simple-costs.js';
import { PLAIN_KERNELS } from './simple-kernels.wasm.js';
import * as W from './simple-words.js';
import { endOfStep } from './sorted-spikes.js';
import { NO_SOURCE } from './source-keys.js';

/** What the module exports. */
interface Kernels {
  readonly run: (steps: number) => number;
  readonly add: (spikes: number) => number;
}

const PAGE = 65_536;
/** Bytes of all tables, at most: more is not worth it. */
const MOST_BYTES = 2 ** 28;
/** Bytes for counts of the steps of a call. */
const COUNT_BYTES = 2 ** 18;
const MOST_STEPS = 4096;

let compiled: WebAssembly.Module | null = null;

const fours = (slots: number): number => 4 * Math.ceil(slots / 4);

/** The largest number of ps that divides every cost; null where they are no 16-bit multiples of it, or too many. */
function unitOf({ sending, rows, cores, places, keyOfId }: SimpleCosts): number | null {
  let unit = 0;
  let before = 0;
  for (const costs of [sending, rows.cost])
    for (const cost of costs) {
      // a division each took a quarter of opening W2
      if (cost === before) continue;
      before = cost;
      if (unit === 0 || cost % unit !== 0) unit = gcd(cost, unit);
    }
  const most = Math.max(largest(sending), largest(rows.cost));
  if (most > W.MOST_COST * unit || cores + places > W.MOST_CORES) return null;
  return 8 * keyOfId.length + 4 * rows.cost.length > MOST_BYTES ? null : Math.max(1, unit);
}

function largest(costs: Float64Array): number {
  let most = 0;
  for (const cost of costs) if (cost > most) most = cost;
  return most;
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
  readonly #ends: Uint32Array;
  readonly #spikes: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #times: Float64Array;
  readonly #bounds: Int32Array;
  readonly #cores: number;

  constructor(module: WebAssembly.Module, costs: SimpleCosts, unit: number) {
    const { cores, places, keyOfId, rows } = costs;
    const format = rowFormat(rows, cores, unit);
    const { kind, rowBytes, blocks, chunk, base, step } = format;
    const firstReceiver = fours(cores + places);
    const slots = firstReceiver + fours(Math.max(cores, format.width));
    this.#cores = cores;
    this.#mostSteps = Math.max(1, Math.min(MOST_STEPS, Math.floor(COUNT_BYTES / (4 * Math.max(1, cores)))));

    let end = W.HEAD_BYTES;
    const take = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 64) * 64;
      return at;
    };
    const rowAt = take(rowBytes * rows.start.length);
    const head = new Map<number, number>([
      [W.IDS, keyOfId.length],
      [W.CORES, cores],
      [W.FORMAT, kind],
      [W.BLOCKS, blocks],
      [W.CHUNK, chunk],
      [W.CODE_BASE, base],
      [W.CODE_STEP, step],
      [W.FIRST_RECEIVER, firstReceiver],
      [W.SLOTS, slots],
      [W.ID_AT, take(8 * keyOfId.length)],
      [W.LIST_AT, take(kind === W.LISTS ? 4 * rows.cost.length : 0)],
      [W.IDLE_AT, take(8 * slots)],
      [W.END_AT, take(4 * this.#mostSteps)],
      [W.SPIKE_AT, take(4 * W.MOST_SPIKES)],
      [W.POINTER_AT, take(4 * W.MOST_SPIKES)],
      [W.COUNT_AT, take(4 * this.#mostSteps * cores + 12)],
      [W.SUM_AT, take(4 * slots)],
      [W.BASE_AT, take(8 * slots)],
      [W.TOTAL_AT, take(8 * slots)],
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
    for (const word of [W.IDLE_AT, W.BASE_AT]) new Float64Array(buffer, at(word), cores).set(costs.idle);
    writeIds(words(W.ID_AT, 2 * keyOfId.length), costs, { unit, rowAt, rowBytes });
    writeRows(rows, format, unit, buffer, { at: rowAt, listAt: at(W.LIST_AT) });
    this.#ends = words(W.END_AT, this.#mostSteps);
    this.#spikes = words(W.SPIKE_AT, W.MOST_SPIKES);
    this.#counts = words(W.COUNT_AT, this.#mostSteps * cores);
    this.#times = new Float64Array(buffer, at(W.TIME_AT), this.#mostSteps);
    this.#bounds = new Int32Array(buffer, at(W.BOUND_AT), this.#mostSteps);
    this.#kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
    this.#enter(words(W.POINTER_AT, W.MOST_SPIKES));
  }

  /** Runs an empty step, and writes where spikes go: first calls and first touches of pages take 60 us, which are not a run's. */
  #enter(pointers: Uint32Array): void {
    for (const words of [this.#ends, this.#spikes, this.#counts, pointers]) words.fill(0);
    this.#kernels.run(1);
  }

  /**
   * Times of steps `from .. to` and what bounded them, as of `SimpleSums`. Returns the index of a spike of a neuron that does
   * not exist, or -1.
   *
   * @param counts by step and core, compartments with work
   */
  time(
    spikes: { readonly steps: Uint32Array; readonly ids: Uint32Array },
    counts: Uint32Array,
    { from, to }: { readonly from: number; readonly to: number },
    into: { readonly times: Float64Array; readonly bounds: Int32Array; readonly at: number },
  ): number {
    const { steps, ids } = spikes;
    const cores = this.#cores;
    let spike = 0;
    for (let step = from; step <= to; ) {
      // steps before that of the first spike for which there is no room
      const crowded = steps[spike + W.MOST_SPIKES] ?? Number.POSITIVE_INFINITY;
      const limit = Math.min(to + 1, step + this.#mostSteps, crowded);
      let end = spike;
      if (limit === step) end += W.MOST_SPIKES;
      else
        for (let s = step; s < limit; s++) {
          end = endOfStep(steps, s, end);
          this.#ends[s - step] = end - spike;
        }
      this.#spikes.set(ids.subarray(spike, end));
      let stranger: number;
      if (limit === step) stranger = this.#kernels.add(W.MOST_SPIKES);
      else {
        const row = (step - from) * cores;
        const count = limit - step;
        this.#counts.set(counts.subarray(row, row + count * cores));
        stranger = this.#kernels.run(count);
        const at = into.at + step - from;
        into.times.set(this.#times.subarray(0, count), at);
        into.bounds.set(this.#bounds.subarray(0, count), at);
      }
      if (stranger >= 0) return spike + stranger;
      spike = end;
      step = limit;
    }
    return -1;
  }
}

/** Of each id where its row is, and its core and the cost of sending in one word: no cost where there is no core. */
function writeIds(
  words: Uint32Array,
  { keyOfId, core, sending, rows }: SimpleCosts,
  { unit, rowAt, rowBytes }: { readonly unit: number; readonly rowAt: number; readonly rowBytes: number },
): void {
  for (let id = 0; id < keyOfId.length; id++) {
    const key = keyOfId[id]!;
    words[2 * id] = key === NO_SOURCE ? W.NO_ROW : rowAt + rowBytes * rows.row[key]!;
    if (key === NO_SOURCE || core[key] === NOWHERE) continue;
    words[2 * id + 1] = core[key]! + 0x1_0000 * (sending[key]! / unit);
  }
}
