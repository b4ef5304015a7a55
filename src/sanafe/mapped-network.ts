/** A network on an architecture: which units each neuron has, and with which parameters. */
import { type SanafeArchitecture, type SanafeCore, type SanafeUnit, unitNamed } from './architecture.js';
import type { UnitsInUse } from './cost-profile.js';
import { nameOf, type SanafeNetwork, type SanafeNeuron } from './network.js';
import { inputParameters, lifParameters, type NeuronParameters } from './neuron-parameters.js';
import { TreeReader } from './tree-reader.js';

export interface MappedNetwork {
  /** By neuron id. */
  readonly parameters: readonly NeuronParameters[];
  readonly synapseUnit: readonly SanafeUnit[];
  /** Number of each neuron's core in the whole chip, tile by tile. */
  readonly coreOf: Uint32Array;
  readonly used: UnitsInUse;
}

/**
 * Looks up the units of all neurons.
 * @throws {ViolationsError} `E_INPUT` with everything that has no counterpart here
 */
export function mapNetwork(network: SanafeNetwork, architecture: SanafeArchitecture): MappedNetwork {
  const mapping = new Mapping(network, architecture);
  const mapped = mapping.map();
  network.problems.throwIfAny();
  return mapped;
}

/** First core number of each tile; at the end, the number of cores. */
export function firstCores({ tiles }: SanafeArchitecture): Uint32Array {
  const first = new Uint32Array(tiles.length + 1);
  tiles.forEach(({ cores }, t) => {
    first[t + 1] = first[t]! + cores.length;
  });
  return first;
}

interface Occupants {
  neurons: number;
  /** The first that has no room, where there is one. */
  beyond: SanafeNeuron | null;
  readonly most: number;
  /** Input units that are taken. */
  readonly inputs: Set<string>;
}

class Mapping {
  readonly #network: SanafeNetwork;
  readonly #architecture: SanafeArchitecture;
  readonly #reader: TreeReader;
  readonly #used = { cores: new Set<SanafeCore>(), units: new Set<SanafeUnit>() };
  /** Complaints about a unit are made once. */
  readonly #refused = new Set<SanafeUnit>();
  readonly #onCore = new Map<number, Occupants>();
  readonly #known = new Map<SanafeNeuron['attributes'], Map<string, NeuronParameters | null>>();

  constructor(network: SanafeNetwork, architecture: SanafeArchitecture) {
    this.#network = network;
    this.#architecture = architecture;
    this.#reader = new TreeReader(network.problems);
  }

  map(): MappedNetwork {
    const { neurons, order, edges, groups, problems } = this.#network;
    const first = firstCores(this.#architecture);
    const parameters = new Array<NeuronParameters>(neurons.length);
    const synapseUnit = new Array<SanafeUnit>(neurons.length);
    const coreOf = new Uint32Array(neurons.length);
    for (const id of order) {
      const neuron = neurons[id]!;
      const core = this.#core(neuron);
      if (core === null) continue;
      coreOf[id] = first[neuron.tile]! + neuron.core;
      const soma = this.#unit(core, 'soma', neuron.somaUnit, neuron);
      const synapse = this.#unit(core, 'synapse', neuron.synapseUnit, neuron);
      const dendrite = this.#unit(core, 'dendrite', neuron.dendriteUnit, neuron);
      if (soma === null || synapse === null || dendrite === null) continue;
      this.#used.cores.add(core);
      synapseUnit[id] = synapse;
      const made = this.#parameters(soma, neuron);
      if (made !== null) parameters[id] = made;
      this.#take(core, coreOf[id], soma, neuron, id);
    }
    this.#checkRoom();
    if (problems.count === 0) {
      edges.post.forEach((post, e) => {
        if (parameters[post]!.kind === 'input') {
          problems.add(edges.at(e), `input neuron ${nameOf(groups, post)} takes no edges`);
        } else this.#used.units.add(synapseUnit[post]!);
      });
    }
    return { parameters, synapseUnit, coreOf, used: this.#used };
  }

  #core({ tile, core, mappedAt }: SanafeNeuron): SanafeCore | null {
    const { tiles } = this.#architecture;
    const found = tiles[tile]?.cores[core];
    if (found !== undefined) return found;
    const why =
      tiles[tile] === undefined
        ? `there is no tile ${tile}, the architecture has ${tiles.length}`
        : `there is no core ${tile}.${core}, the tile has ${tiles[tile].cores.length}`;
    this.#network.problems.add(mappedAt, why);
    return null;
  }

  #unit(
    core: SanafeCore,
    section: 'soma' | 'synapse' | 'dendrite',
    word: string | null,
    { mappedAt, tile, core: number }: SanafeNeuron,
  ): SanafeUnit | null {
    const { problems } = this.#network;
    const unit = unitNamed(core, section, word);
    if (unit === null) {
      const known = core.units[section].map(({ name, repeat }) =>
        repeat ? `${name}[${repeat.from}..${repeat.to}]` : name,
      );
      const what = word === null ? `no ${section} unit` : `no ${section} unit ${word}`;
      problems.add(
        mappedAt,
        `core ${tile}.${number} has ${what}`,
        known.length > 0 ? `${section} units: ${known.join(', ')}` : '',
      );
      return null;
    }
    if (unit.refusal === '') {
      if (section !== 'synapse') this.#used.units.add(unit);
      return unit;
    }
    if (!this.#refused.has(unit)) {
      this.#refused.add(unit);
      const where = this.#architecture.problems.subject(unit.at);
      problems.add(mappedAt, `${section} unit ${unit.name} (${where}): ${unit.refusal}`, unit.hint);
    }
    return null;
  }

  #parameters(soma: SanafeUnit, { attributes }: SanafeNeuron): NeuronParameters | null {
    const byModel = this.#known.get(attributes) ?? new Map<string, NeuronParameters | null>();
    this.#known.set(attributes, byModel);
    const known = byModel.get(soma.model);
    if (known !== undefined) return known;
    const made =
      soma.model === 'input'
        ? inputParameters(attributes, this.#reader)
        : lifParameters(attributes, this.#reader);
    byModel.set(soma.model, made);
    return made;
  }

  /** A core has room for so many neurons. */
  #checkRoom(): void {
    for (const { neurons, most, beyond } of this.#onCore.values()) {
      if (beyond === null) continue;
      const core = `core ${beyond.tile}.${beyond.core}`;
      this.#network.problems.add(
        beyond.mappedAt,
        `${core} has room for ${most} ${most === 1 ? 'neuron' : 'neurons'}, ${neurons} are mapped to it`,
        `map ${neurons - most} of them to other cores`,
      );
    }
  }

  /** An input unit has room for one neuron. */
  #take(core: SanafeCore, number: number, soma: SanafeUnit, neuron: SanafeNeuron, id: number): void {
    const { problems, groups } = this.#network;
    const taken: Occupants = this.#onCore.get(number) ?? {
      neurons: 0,
      beyond: null,
      most: core.maxNeurons,
      inputs: new Set(),
    };
    this.#onCore.set(number, taken);
    taken.neurons++;
    if (taken.neurons === taken.most + 1) taken.beyond = neuron;
    if (soma.model !== 'input') return;
    const unit = neuron.somaUnit ?? soma.name;
    if (taken.inputs.has(unit)) {
      const message = `${nameOf(groups, id)}: input unit ${unit} of core ${neuron.tile}.${neuron.core} is taken`;
      problems.add(neuron.mappedAt, message, 'every input neuron needs an input unit of its own');
    }
    taken.inputs.add(unit);
  }
}
