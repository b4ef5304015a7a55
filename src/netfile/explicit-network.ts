/**
 * Explicit networks: every neuron and synapse by itself. Neurons with registers become the population
 * `neurons`, neurons with given spikes the population `inputs`; both in the order of the file.
 */
import { cells } from '../api/cells.js';
import { connectors } from '../api/connectors.js';
import type { Network } from '../api/network.js';
import type { Population } from '../api/population.js';
import { sources } from '../api/sources.js';
import { synapses } from '../api/synapses.js';
import { nearest } from './did-you-mean.js';
import type { Findings } from './findings.js';
import type { ExplicitSynapseDocument, NetworkDocument, NeuronDocument } from './network-shape.js';

export const NEURONS_LABEL = 'neurons';
export const INPUTS_LABEL = 'inputs';

/** Registers of an explicit neuron, with what an absent one means (docs of LoihiParameters). */
const REGISTER_DEFAULTS = {
  du: 4095,
  dv: 0,
  refract: 1,
  v0: 0,
  u0: 0,
} as const;

interface Place {
  readonly side: typeof NEURONS_LABEL | typeof INPUTS_LABEL;
  readonly index: number;
}

const isInput = (neuron: NeuronDocument): boolean => neuron.spikes !== undefined;

/** A column of one register over all neurons; undefined when no neuron gives it. */
function column(
  neurons: readonly NeuronDocument[],
  key: keyof NeuronDocument,
  absent: number,
): Float64Array | undefined {
  if (!neurons.some((n) => n[key] !== undefined)) return undefined;
  return Float64Array.from(neurons, (n) => Number(n[key] ?? absent));
}

/** The populations of the explicit part of a file, and where each named or numbered neuron is in them. */
export class ExplicitNetwork {
  readonly #network: Network;
  readonly #findings: Findings;
  readonly #places: readonly Place[];
  readonly #byName = new Map<string, number>();
  readonly populations = new Map<string, Population>();
  /** Names of the neurons of each population, their number where they have none; empty when none has. */
  readonly names = new Map<string, string[]>();

  constructor(network: Network, document: NetworkDocument, findings: Findings) {
    this.#network = network;
    this.#findings = findings;
    const neurons = document.neurons ?? [];
    const counts = { [NEURONS_LABEL]: 0, [INPUTS_LABEL]: 0 };
    this.#places = neurons.map((neuron) => {
      const side = isInput(neuron) ? INPUTS_LABEL : NEURONS_LABEL;
      return { side, index: counts[side]++ };
    });
    neurons.forEach(({ name }, i) => {
      if (name === undefined) return;
      if (this.#byName.has(name))
        findings.add(['neurons', i, 'name'], `a neuron named ${JSON.stringify(name)} is there already`);
      else this.#byName.set(name, i);
    });
    if (!findings.isClean(['neurons'])) return;
    if (this.#byName.size > 0)
      for (const side of [NEURONS_LABEL, INPUTS_LABEL] as const)
        this.names.set(
          side,
          neurons.flatMap(({ name }, i) => (this.#places[i]!.side === side ? [name ?? String(i)] : [])),
        );
    this.#addInputs(neurons.filter(isInput));
    this.#addNeurons(neurons.filter((neuron) => !isInput(neuron)));
  }

  #addInputs(inputs: readonly NeuronDocument[]): void {
    if (inputs.length === 0) return;
    const cell = sources.spikeArray({ steps: inputs.map((n) => n.spikes ?? []) });
    this.populations.set(INPUTS_LABEL, this.#network.population(inputs.length, cell, INPUTS_LABEL));
  }

  #addNeurons(neurons: readonly NeuronDocument[]): void {
    if (neurons.length === 0) return;
    const given: Record<string, Float64Array> = {};
    const set = (key: string, values: Float64Array | undefined): void => {
      if (values !== undefined) given[key] = values;
    };
    for (const [key, absent] of Object.entries(REGISTER_DEFAULTS))
      set(key, column(neurons, key as keyof typeof REGISTER_DEFAULTS, absent));
    // A neuron may say bias, another biasMant: one pair of columns for both needs the whole values.
    const bias = (n: NeuronDocument): number => n.bias ?? (n.biasMant ?? 0) * 2 ** (n.biasExp ?? 0);
    if (neurons.some((n) => n.bias !== undefined)) given.bias = Float64Array.from(neurons, bias);
    else {
      set('biasMant', column(neurons, 'biasMant', 0));
      set('biasExp', column(neurons, 'biasExp', 0));
    }
    set('vmin', column(neurons, 'vmin', -(2 ** 23) + 1));
    set('vmax', column(neurons, 'vmax', 2 ** 23 - 1));
    const vthMant = Float64Array.from(neurons, (n) => n.vth ?? n.vthMant ?? 0);
    const cell = cells.loihi({ ...given, vthMant });
    this.populations.set(NEURONS_LABEL, this.#network.population(neurons.length, cell, NEURONS_LABEL));
  }

  /** Where each neuron that has a name is; empty when the populations could not be made. */
  namedNeurons(): ReadonlyMap<string, { readonly population: Population; readonly index: number }> {
    return new Map(
      [...this.#byName].flatMap(([name, i]) => {
        const { side, index } = this.#places[i]!;
        const population = this.populations.get(side);
        return population === undefined ? [] : [[name, { population, index }] as const];
      }),
    );
  }

  /** Adds the projections of a file's explicit synapses, those that are clean. */
  connect(list: readonly ExplicitSynapseDocument[]): void {
    const into = { [NEURONS_LABEL]: new SynapseColumns(), [INPUTS_LABEL]: new SynapseColumns() };
    list.forEach((entry, i) => {
      if (!this.#findings.isClean(['synapses', i])) return;
      const fromTuple = Array.isArray(entry);
      const synapse = fromTuple
        ? { pre: entry[0], post: entry[1], weight: entry[2], delay: entry[3] ?? 0, weightExp: 0 }
        : { delay: 0, weightExp: 0, ...(entry as Exclude<ExplicitSynapseDocument, readonly unknown[]>) };
      const pre = this.#place(synapse.pre, ['synapses', i, fromTuple ? 0 : 'pre']);
      const post = this.#place(synapse.post, ['synapses', i, fromTuple ? 1 : 'post']);
      if (post?.side === INPUTS_LABEL)
        this.#findings.add(
          ['synapses', i, fromTuple ? 1 : 'post'],
          'an input neuron cannot receive synapses',
        );
      if (pre === undefined || post === undefined) return;
      into[pre.side].add(pre.index, post.index, synapse.weight, synapse.delay, synapse.weightExp);
    });
    if (!this.#findings.isClean(['synapses']) || !this.#findings.isClean(['neurons'])) return;
    for (const side of [INPUTS_LABEL, NEURONS_LABEL] as const) {
      const columns = into[side];
      const pre = this.populations.get(side);
      const post = this.populations.get(NEURONS_LABEL);
      if (columns.length === 0 || pre === undefined || post === undefined) continue;
      const connector = connectors.fromList(columns.list());
      this.#network.projection(pre, post, connector, synapses.static(columns.synapse()), {
        label: 'synapses',
      });
    }
  }

  #place(reference: string | number, path: readonly (string | number)[]): Place | undefined {
    const index = typeof reference === 'number' ? reference : this.#byName.get(reference);
    const place = index === undefined ? undefined : this.#places[index];
    if (place !== undefined) return place;
    const guess = typeof reference === 'string' ? nearest(reference, [...this.#byName.keys()]) : undefined;
    const hint = guess === undefined ? '' : `did you mean ${guess}?`;
    const what =
      typeof reference === 'number'
        ? `no neuron ${reference}: there are ${this.#places.length}, from 0`
        : `no neuron named ${JSON.stringify(reference)}`;
    this.#findings.add(path, what, hint);
    return undefined;
  }
}

/** Synapses as columns, grown as they come. */
class SynapseColumns {
  readonly #pre: number[] = [];
  readonly #post: number[] = [];
  readonly #weight: number[] = [];
  readonly #delay: number[] = [];
  readonly #weightExp: number[] = [];

  get length(): number {
    return this.#pre.length;
  }

  add(pre: number, post: number, weight: number, delay: number, weightExp: number): void {
    this.#pre.push(pre);
    this.#post.push(post);
    this.#weight.push(weight);
    this.#delay.push(delay);
    this.#weightExp.push(weightExp);
  }

  list(): { pre: number[]; post: number[]; weight: number[]; delay: number[] } {
    return { pre: this.#pre, post: this.#post, weight: this.#weight, delay: this.#delay };
  }

  /** One exponent for all where all are equal, which is what the chip stores best. */
  synapse(): { weightExp: number | number[] } {
    const first = this.#weightExp[0] ?? 0;
    return { weightExp: this.#weightExp.every((e) => e === first) ? first : this.#weightExp };
  }
}
