/**
 * Synaptic memory of all cores: one in-axon a (source, core), so that messages are (spike, core) pairs as in the peer,
 * and a segment a class of events in it. Runs of neighbouring targets are stored as rows, the rest as lists; which
 * counter their events go to is the unit's, whatever the storage.
 */
import {
  MANTISSA_MAX,
  MANTISSA_MIN,
  packSynapse,
  packTarget,
  type SynapseFormat,
  type SynapseMemory,
} from '../../cores/index.js';
import type { CorePlan } from './core-plan.js';
import type { SynapseClass } from './cost-profile.js';
import { GrowingArray } from './growing-array.js';
import type { SanafeEdges } from './network.js';
import type { Scales } from './scale.js';

export interface AxonTarget {
  /** Index of the core in the image. */
  readonly core: number;
  readonly axon: number;
}

export interface WriterInput {
  readonly edges: SanafeEdges;
  readonly plan: CorePlan;
  readonly scales: Scales;
  readonly classOf: (id: number) => SynapseClass;
  readonly isInput: (id: number) => boolean;
  /** Neurons, inputs included. */
  readonly count: number;
}

const CLASSES: readonly SynapseClass[] = ['sparse', 'dense', 'conv'];
/** Rows of fewer are not worth a segment's overhead. */
const ROW = 4;

/** The format of a segment whose events go to the counter of `events`. */
function formatOf(kind: SynapseFormat['kind'], events: SynapseClass): SynapseFormat {
  return {
    kind,
    signMode: 'mixed',
    weightBits: 8,
    delayBits: 6,
    indexBits: kind === 'dense' ? 0 : 12,
    tagBits: 0,
    shift: 0,
    sumShift: 0,
    connection: 0,
    ...(kind === events ? {} : { events }),
  };
}

export class SynapseWriter {
  readonly #targets: (readonly AxonTarget[])[];
  readonly #memories: readonly CoreMemory[];

  constructor({ edges, plan, scales, classOf, isInput, count }: WriterInput) {
    this.#memories = plan.cores.map(() => new CoreMemory());
    this.#targets = new Array<readonly AxonTarget[]>(count).fill([]);
    const classes = Uint8Array.from({ length: count }, (_, id) =>
      isInput(id) ? 0 : CLASSES.indexOf(classOf(id)),
    );
    const sorted = bySource(edges, rankOf(plan, classes, count), count);
    let k = 0;
    while (k < sorted.length) {
      const pre = edges.pre[sorted[k]!]!;
      const delay = isInput(pre) ? 1 : 0;
      const targets: AxonTarget[] = [];
      while (k < sorted.length && edges.pre[sorted[k]!] === pre) {
        const core = plan.coreIndexOf[edges.post[sorted[k]!]!]!;
        const memory = this.#memories[core]!;
        targets.push({ core, axon: memory.openAxon(delay) });
        while (
          k < sorted.length &&
          edges.pre[sorted[k]!] === pre &&
          plan.coreIndexOf[edges.post[sorted[k]!]!] === core
        ) {
          const events = classes[edges.post[sorted[k]!]!]!;
          const index: number[] = [];
          const weight: number[] = [];
          for (; k < sorted.length; k++) {
            const e = sorted[k]!;
            const post = edges.post[e]!;
            if (edges.pre[e] !== pre || plan.coreIndexOf[post] !== core || classes[post] !== events) break;
            index.push(plan.indexOf[post]!);
            weight.push((edges.weight[e]! / 64) * 2 ** scales.shift[post]!);
          }
          memory.addSegment(index, weight, delay, CLASSES[events]!);
        }
      }
      this.#targets[pre] = targets;
    }
  }

  /** Where the messages of a neuron go, in order of cores. */
  targets(id: number): readonly AxonTarget[] {
    return this.#targets[id]!;
  }

  memory(core: number): CoreMemory {
    return this.#memories[core]!;
  }
}

/** Order of neurons as targets: by core, class and compartment. */
function rankOf(plan: CorePlan, classes: Uint8Array, count: number): Uint32Array {
  const rank = new Uint32Array(count);
  let next = 0;
  for (const { neurons } of plan.cores) {
    for (let events = 0; events < CLASSES.length; events++) {
      for (const id of neurons) if (classes[id] === events) rank[id] = next++;
    }
  }
  return rank;
}

/** Edge numbers by source, then by rank of the target: two counting sorts, for there may be millions. */
function bySource({ pre, post }: SanafeEdges, rank: Uint32Array, count: number): Uint32Array {
  const edges = new Uint32Array(pre.length);
  for (let e = 0; e < edges.length; e++) edges[e] = e;
  const byTarget = countingSort(edges, (e) => rank[post[e]!]!, count);
  return countingSort(byTarget, (e) => pre[e]!, count);
}

function countingSort(items: Uint32Array, keyOf: (item: number) => number, keys: number): Uint32Array {
  const start = new Uint32Array(keys + 1);
  for (const item of items) start[keyOf(item) + 1]!++;
  for (let key = 0; key < keys; key++) start[key + 1]! += start[key]!;
  const sorted = new Uint32Array(items.length);
  for (const item of items) sorted[start[keyOf(item)]!++] = item;
  return sorted;
}

/** The memory of one core in the making. */
class CoreMemory {
  readonly #formats: SynapseFormat[] = [];
  readonly #axonStart: number[] = [];
  readonly #columns = { format: [], wide: [], offset: [], count: [], first: [], delay: [] } as Record<
    'format' | 'wide' | 'offset' | 'count' | 'first' | 'delay',
    number[]
  >;
  readonly #words = new GrowingArray(Uint32Array);
  readonly #rows = new GrowingArray(Int16Array);
  maxDelay = 0;
  synapses = 0;

  get inAxons(): number {
    return this.#axonStart.length;
  }

  /** The segments that follow are of a new in-axon, whose number is returned. */
  openAxon(delay: number): number {
    this.maxDelay = Math.max(this.maxDelay, delay);
    return this.#axonStart.push(this.#columns.format.length) - 1;
  }

  /** `index`: compartments, ascending; `weight` in whole weights. */
  addSegment(index: readonly number[], weight: readonly number[], delay: number, events: SynapseClass): void {
    const count = index.length;
    const first = index[0]!;
    const isWide = weight.some((w) => w < MANTISSA_MIN || w > MANTISSA_MAX);
    const isRow = !isWide && count >= ROW && index.every((compartment, k) => compartment === first + k);
    const { format, wide, offset, count: counts, first: firsts, delay: delays } = this.#columns;
    const kind = isRow ? 'dense' : isWide || events === 'dense' ? 'sparse' : events;
    format.push(this.#formatNumber(kind, events));
    wide.push(isWide ? 1 : 0);
    offset.push(isRow ? this.#rows.length : this.#words.length);
    counts.push(count);
    firsts.push(isRow ? first : 0);
    delays.push(isRow ? delay : 0);
    this.synapses += count;
    for (let k = 0; k < count; k++) {
      if (isRow) this.#rows.push(weight[k]!);
      else if (isWide) {
        this.#words.push(packTarget(delay, index[k]!));
        this.#words.push(weight[k]! >>> 0);
      } else this.#words.push(packSynapse(weight[k]!, delay, index[k]!));
    }
  }

  #formatNumber(kind: SynapseFormat['kind'], events: SynapseClass): number {
    const known = this.#formats.findIndex(
      (format) => format.kind === kind && (format.events ?? kind) === events,
    );
    return known >= 0 ? known : this.#formats.push(formatOf(kind, events)) - 1;
  }

  memory(): SynapseMemory {
    const { format, wide, offset, count, first, delay } = this.#columns;
    return {
      formats: this.#formats,
      axonStart: Uint32Array.from([...this.#axonStart, format.length]),
      format: Uint8Array.from(format),
      wide: Uint8Array.from(wide),
      offset: Uint32Array.from(offset),
      count: Uint32Array.from(count),
      first: Uint32Array.from(first),
      delay: Uint8Array.from(delay),
      words: this.#words.array(),
      rows: this.#rows.array(),
    };
  }
}
