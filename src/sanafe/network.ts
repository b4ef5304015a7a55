/** A network of that format as read: neurons with attributes as words, where they are mapped, and edges. */
import type { TreeNode } from './document.js';
import { GrowingArray } from './growing-array.js';
import type { Problems } from './problems.js';
import { runOf } from './run-of.js';

/** By name; a part of the text each, so that whoever needs the value can point at it. */
export type Attributes = ReadonlyMap<string, TreeNode>;

export interface SanafeGroup {
  readonly name: string;
  /** Id of neuron 0. */
  readonly first: number;
  readonly size: number;
}

/** What a group says of its neurons, and a neuron of itself. */
export interface NeuronDescription {
  /** The same object for neurons of the same attributes. */
  attributes: Attributes;
  /** Units by name; null is the first of the core. */
  somaUnit: string | null;
  synapseUnit: string | null;
  dendriteUnit: string | null;
  logSpikes: boolean;
}

export interface SanafeNeuron extends NeuronDescription {
  tile: number;
  /** Within the tile; -1 while it is not mapped. */
  core: number;
  /** Where it is described, then where it is mapped. */
  at: number;
  mappedAt: number;
}

export interface SanafeEdges {
  readonly pre: Uint32Array;
  readonly post: Uint32Array;
  /** In 1/64, within 2^30. */
  readonly weight: Int32Array;
  /** Where an edge is described. */
  readonly at: (edge: number) => number;
}

export interface SanafeNetwork {
  readonly name: string;
  readonly groups: readonly SanafeGroup[];
  /** By id: neurons of the first group, then those of the second, ... */
  readonly neurons: readonly SanafeNeuron[];
  readonly edges: SanafeEdges;
  /** Ids in the order in which they were mapped, which is that of a core's walk. */
  readonly order: Uint32Array;
  /** Where problems that only the architecture shows belong. */
  readonly problems: Problems;
}

/** Most neurons of a network: the largest of the peer's chips has room for as many, and a range is short to write. */
const MOST_NEURONS = 2 ** 22;

const MOST_WEIGHT = 2 ** 24;

/** A network in the making. */
export class NetworkDraft {
  readonly #problems: Problems;
  readonly #groups: SanafeGroup[] = [];
  readonly #byName = new Map<string, SanafeGroup>();
  readonly #neurons: SanafeNeuron[] = [];
  readonly #order: number[] = [];
  readonly #edges = new EdgeList();
  name = '';

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  addGroup(name: string, size: number, at: number, description: NeuronDescription): SanafeGroup {
    const first = this.#neurons.length;
    const fits = first + size <= MOST_NEURONS;
    if (!fits) this.#problems.add(at, `${first + size} neurons, the most are ${MOST_NEURONS}`);
    if (this.#byName.has(name)) this.#problems.add(at, `there is a group ${name} already`);
    const group = { name, first, size: fits ? size : 0 };
    this.#byName.set(name, group);
    this.#groups.push(group);
    for (let i = 0; i < group.size; i++)
      this.#neurons.push({ ...description, tile: 0, core: -1, at, mappedAt: at });
    return group;
  }

  neuron(id: number): SanafeNeuron {
    return this.#neurons[id]!;
  }

  /** Null after a problem. */
  group(name: string, at: number): SanafeGroup | null {
    const group = this.#byName.get(name);
    if (group === undefined) this.#problems.add(at, `there is no group ${name}`, this.#known());
    return group ?? null;
  }

  #known(): string {
    const names = this.#groups.slice(0, 8).map(({ name }) => name);
    return names.length === 0 ? '' : `groups: ${names.join(', ')}${this.#groups.length > 8 ? ', ...' : ''}`;
  }

  /** Id of a group's neuron, or -1 after a problem. */
  id(group: SanafeGroup, neuron: number, at: number): number {
    if (neuron >= 0 && neuron < group.size && Number.isInteger(neuron)) return group.first + neuron;
    this.#problems.add(at, `group ${group.name} has no neuron ${neuron}, it has ${group.size}`);
    return -1;
  }

  /** Makes room for so many more edges. */
  reserveEdges(more: number): void {
    this.#edges.reserve(more);
  }

  addEdge(pre: number, post: number, weight: number, at: number): void {
    if (Number.isInteger(weight * 64) && Math.abs(weight) <= MOST_WEIGHT) {
      this.#edges.add(pre, post, weight * 64, at);
      return;
    }
    const edge = `edge ${nameOf(this.#groups, pre)} -> ${nameOf(this.#groups, post)}`;
    const message = `${edge}: weight ${weight} is no multiple of 1/64 within 2^24`;
    this.#problems.add(at, message, 'scale and round the weights');
  }

  map(id: number, tile: number, core: number, at: number): void {
    const neuron = this.#neurons[id]!;
    if (neuron.core >= 0) {
      this.#problems.add(at, `neuron ${nameOf(this.#groups, id)} is mapped already`);
      return;
    }
    neuron.tile = tile;
    neuron.core = core;
    neuron.mappedAt = at;
    this.#order.push(id);
  }

  finish(): SanafeNetwork {
    for (const { first, size } of this.#groups) {
      const unmapped = this.#neurons.slice(first, first + size).filter(({ core }) => core < 0);
      const [one] = unmapped;
      if (one === undefined) continue;
      const name = nameOf(this.#groups, this.#neurons.indexOf(one));
      const which =
        unmapped.length === 1 ? `${name} is` : `${name} and ${unmapped.length - 1} more of its group are`;
      this.#problems.add(one.at, `neuron ${which} not mapped to a core`);
    }
    return {
      name: this.name,
      groups: this.#groups,
      neurons: this.#neurons,
      edges: this.#edges.columns(),
      order: Uint32Array.from(this.#order),
      problems: this.#problems,
    };
  }
}

/** `group.neuron` of an id. */
export function nameOf(groups: readonly SanafeGroup[], id: number): string {
  const group = groups.findLast(({ first, size }) => first <= id && id < first + size);
  return group === undefined ? String(id) : `${group.name}.${id - group.first}`;
}

class EdgeList {
  readonly #pre = new GrowingArray(Uint32Array);
  readonly #post = new GrowingArray(Uint32Array);
  readonly #weight = new GrowingArray(Int32Array);
  /** First edge of each run that is described at one place, and where that is. */
  readonly #first: number[] = [];
  readonly #at: number[] = [];

  reserve(more: number): void {
    this.#pre.reserve(more);
    this.#post.reserve(more);
    this.#weight.reserve(more);
  }

  add(pre: number, post: number, weight: number, at: number): void {
    if (this.#at.at(-1) !== at) {
      this.#first.push(this.#pre.length);
      this.#at.push(at);
    }
    this.#pre.push(pre);
    this.#post.push(post);
    this.#weight.push(weight);
  }

  columns(): SanafeEdges {
    const at = (edge: number): number => this.#at[runOf(this.#first, edge)] ?? 0;
    return { pre: this.#pre.array(), post: this.#post.array(), weight: this.#weight.array(), at };
  }
}
