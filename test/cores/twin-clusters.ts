/**
 * One cluster placed twice in a memory, for the scalar specification and for the kernels, and each of its cores
 * alone in a memory of its own. All are fed the same messages; what must be equal is compared after every step.
 *
 * From the end of the memory: the kernels' cluster, so that a read or write beyond it traps, the specification's,
 * and spike words.
 */
import { currentOf, heldUntil, voltageOf } from '../../cores/active-set.js';
import * as C from '../../cores/cluster-words.js';
import * as D from '../../cores/descriptor.js';
import {
  type Backend,
  Cluster,
  type ClusterSpec,
  type CoreState,
  clusterLayout,
  createBackend,
  placeCluster,
} from '../../cores/index.js';
import { placeAlone } from './core-fixture.js';

/** A message to a row: as a spike word of either sign, or pushed by the host with a payload. */
export interface Message {
  readonly row: number;
  readonly payload: number;
  readonly pushed: boolean;
}

const PAGE = 65_536;
const WORDS_MOST = PAGE / 8;

/** Words that differ although the cores agree: addresses, what the kernels know of ranges, when they last looked. */
const OWN_WORDS = new Set(Object.entries(D).flatMap(([name, word]) => (name.endsWith('_AT') ? [word] : [])));
for (const word of [D.WIDE, D.WIDE_ASLEEP, D.ACCOUNTED, D.PLACES]) OWN_WORDS.add(word);
/** In an active set, sleep is by compartment. */
const BLOCK_WORDS = new Set([D.AWAKE_BLOCKS, D.REST_ACTIVE_TOTAL]);

export class Twins {
  readonly spec: ClusterSpec;
  readonly scalar: Cluster;
  readonly wasm: Cluster;
  /** For each core, it alone. */
  readonly apart: readonly Cluster[];
  readonly #words: Int32Array;
  readonly #kernels: Backend;
  readonly #reference: Backend;

  private constructor(spec: ClusterSpec, memory: WebAssembly.Memory, kernels: Backend, reference: Backend) {
    const { bytes } = clusterLayout(spec);
    this.spec = spec;
    const end = memory.buffer.byteLength;
    this.scalar = new Cluster(memory.buffer, end - 2 * bytes);
    this.wasm = new Cluster(memory.buffer, end - bytes);
    this.#words = new Int32Array(memory.buffer, end - 2 * bytes - 4 * WORDS_MOST, WORDS_MOST);
    this.apart = spec.cores.map((core, i) => {
      const { profile, ...placement } = spec.placements[i]!;
      return placeAlone(profile, core, { ...placement, inboxCapacity: 1 }, false).cluster;
    });
    this.#kernels = kernels;
    this.#reference = reference;
  }

  /** In a memory of `pages`, or of as many as are needed. */
  static async place(
    spec: ClusterSpec,
    { shared = false, pages = 0 }: { readonly shared?: boolean; readonly pages?: number } = {},
  ): Promise<Twins> {
    const layout = clusterLayout(spec);
    const used = 4 * WORDS_MOST + 2 * layout.bytes;
    const initial = Math.max(pages, Math.ceil(used / PAGE));
    const memory = new WebAssembly.Memory({ initial, maximum: initial, shared });
    const end = initial * PAGE;
    new Uint8Array(memory.buffer, end - used).fill(0xa5);
    for (const at of [end - 2 * layout.bytes, end - layout.bytes]) {
      placeCluster(memory.buffer, at, spec, layout);
    }
    return new Twins(
      spec,
      memory,
      await createBackend(memory, 'wasm'),
      await createBackend(memory, 'scalar'),
    );
  }

  /** The cluster of both backends, one core after the other. */
  get both(): readonly [Cluster, Cluster] {
    return [this.scalar, this.wasm];
  }

  get isCondensed(): boolean {
    return this.wasm.words[C.ACTIVE_SET] === 1;
  }

  /** Runs step t. With `skips` the kernels' cluster is left alone when it is quiet. Whether it was. */
  step(t: number, messages: readonly Message[], skips = false): boolean {
    this.#send(t, messages);
    for (const { row, payload } of messages) this.#deliverApart(row, payload, t);
    const skipped = skips && this.wasm.isQuiet(t);
    if (skipped) {
      this.wasm.words[C.FIRED_COUNT] = 0;
    } else {
      this.#kernels.deliver(this.wasm, t);
      this.#kernels.integrate(this.wasm, t);
    }
    this.#reference.deliver(this.scalar, t);
    this.#reference.integrate(this.scalar, t);
    for (const cluster of this.apart) this.#reference.integrate(cluster, t);
    return skipped;
  }

  /** Delivers messages of step t to the cluster of both backends, and nothing more. */
  deliver(t: number, messages: readonly Message[]): void {
    this.#send(t, messages);
    this.#kernels.deliver(this.wasm, t);
    this.#reference.deliver(this.scalar, t);
  }

  /** Spike words are delivered, the others wait in the inbox. */
  #send(t: number, messages: readonly Message[]): void {
    const words = messages.filter(({ pushed }) => !pushed);
    if (words.length > WORDS_MOST) throw new Error('too many spike words');
    const spikes = words.map(({ row, payload }) => (payload < 0 ? row | 0x8000_0000 : row));
    this.#words.set(spikes);
    const at = this.#words.byteOffset / 4;
    for (const [cluster, backend] of [
      [this.scalar, this.#reference],
      [this.wasm, this.#kernels],
    ] as const) {
      // as from several shards
      const first = spikes.length >> 2;
      backend.deliverSpikes(cluster, t, at, first);
      backend.deliverSpikes(cluster, t, at + first, spikes.length - first);
      for (const { row, payload, pushed } of messages) {
        if (pushed && !cluster.push(row, payload)) throw new Error('the inbox is full');
      }
    }
  }

  /** To the in-axons that the row reaches, past the check of payloads. */
  #deliverApart(row: number, payload: number, t: number): void {
    const { start, entries, axonBits } = this.spec.rows;
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      const cluster = this.apart[entries[at]! >>> axonBits]!;
      cluster.inbox[0] = entries[at]! & (2 ** axonBits - 1);
      cluster.inbox[1] = payload;
      cluster.words[C.INBOX_COUNT] = 1;
      this.#reference.deliver(cluster, t);
    }
  }

  /**
   * The first difference between the kernels and the specification, or null. Leaves an active set as it is. With
   * the step, also of the counters, which the kernels bring up to date only when they must.
   */
  difference(countedTo: number | null): string | null {
    const { scalar, wasm } = this;
    if (countedTo !== null) for (const cluster of this.both) cluster.account(countedTo);
    const fired = (cluster: Cluster): Uint32Array => cluster.fired.slice(0, cluster.firedCount).sort();
    const ofCluster =
      unequal('fired', fired(scalar), fired(wasm)) ??
      unequal('events', scalar.events, wasm.events) ??
      unequal('line', lanesOfLine(scalar), lanesOfLine(wasm)) ??
      lostMark(wasm);
    if (ofCluster !== null) return ofCluster;
    if (wasm.words[C.LAST_ARRIVAL]! < scalar.words[C.LAST_ARRIVAL]!) {
      return 'the last arrival step is too early';
    }
    for (let i = 0; i < scalar.cores.length; i++) {
      const found = this.#differenceOf(i, countedTo !== null);
      if (found !== null) return `core ${i}: ${found}`;
    }
    return null;
  }

  #differenceOf(i: number, counted: boolean): string | null {
    const a = this.scalar.cores[i]!;
    const b = this.wasm.cores[i]!;
    const condensed = this.isCondensed;
    const seen = (of: typeof currentOf): Int32Array =>
      Int32Array.from({ length: b.u.length }, (_, k) => of(this.wasm, b, k));
    // what held a compartment once says nothing any more
    const now = Math.max(a.descriptor[D.ACCOUNTED]!, b.descriptor[D.ACCOUNTED]!);
    const held = (until: Int32Array): Int32Array => until.map((step) => (step > now + 1 ? step : 0));
    const words = (d: Int32Array): Int32Array =>
      d.filter((_, word) => !OWN_WORDS.has(word) && !(condensed && BLOCK_WORDS.has(word)));
    return (
      unequal('u', a.u, condensed ? seen(currentOf) : b.u) ??
      unequal('v', a.v, condensed ? seen(voltageOf) : b.v) ??
      unequal('theta', a.theta ?? [], b.theta ?? []) ??
      unequal('held', held(a.refractUntil), held(condensed ? seen(heldUntil) : b.refractUntil)) ??
      unequal('spikeCounts', a.spikeCounts, b.spikeCounts) ??
      (counted ? unequal('counters', a.counterWords, b.counterWords) : null) ??
      unequal('words', words(a.descriptor), words(b.descriptor)) ??
      (condensed ? null : unequal('awake', a.awake, b.awake)) ??
      (condensed ? null : unequal('restActive', a.restActive, b.restActive))
    );
  }

  /** The first difference after step t between the specification and the cores alone, or null. */
  differenceApart(t: number): string | null {
    const { scalar, apart } = this;
    const fired = apart.flatMap((cluster) => [...cluster.fired.subarray(0, cluster.firedCount)]);
    const ofCluster = unequal('fired, alone', fired, scalar.fired.subarray(0, scalar.firedCount));
    if (ofCluster !== null) return ofCluster;
    for (let i = 0; i < apart.length; i++) {
      const found = unequalStates(apart[i]!.readState(0, t), scalar.readState(i, t));
      if (found !== null) return `core ${i} alone: ${found}`;
      const [wanted, got] = [apart[i]!.cores[0]!, scalar.cores[i]!].map((core) => core.fault());
      if (JSON.stringify(wanted) !== JSON.stringify(got)) return `core ${i} alone: fault`;
    }
    const events = Array.from(scalar.events, (_, k) => apart.reduce((sum, own) => sum + own.events[k]!, 0));
    return unequal('events, alone', events, scalar.events);
  }
}

/** Sums of the lanes that cores have; one beyond them takes what fills lists up. */
function lanesOfLine({ line, words }: Cluster): Int32Array {
  const stride = 1 << words[C.LINE_BITS]!;
  return line.filter((_, at) => (at & (stride - 1)) < words[C.LANES]!);
}

/** The first difference of two states of a core, or null. */
export function unequalStates(a: CoreState, b: CoreState): string | null {
  for (const name of Object.keys(a) as (keyof CoreState)[]) {
    const found = unequal(name, a[name] ?? [], b[name] ?? []);
    if (found !== null) return found;
  }
  return null;
}

function unequal(name: string, a: ArrayLike<number>, b: ArrayLike<number>): string | null {
  if (a.length !== b.length) return `${name}: length ${a.length}, got ${b.length}`;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return `${name}[${k}]: ${a[k]}, got ${b[k]}`;
  return null;
}

/** A mark without an input costs a visit; an input without a mark would be lost. */
function lostMark({ line, marks, words }: Cluster): string | null {
  if (words[C.NEVER_RESTS] === 1) return null;
  const size = words[C.LINE_ROWS]! << words[C.LINE_BITS]!;
  const stride = 1 << words[C.LINE_BITS]!;
  const at = line.findIndex(
    (sum, k) => sum !== 0 && (k & (stride - 1)) < words[C.LANES]! && marks[(k & (size - 1)) >> 4] === 0,
  );
  return at < 0 ? null : `lane ${at} of the delay line has an input without a mark`;
}
