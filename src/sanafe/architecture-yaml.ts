/**
 * Architecture YAML. Names `t[0..31]` repeat what they name; repeated parts are one object here. What is wrong with the text
 * is thrown at once.
 */

import { nearest } from '../netfile/did-you-mean.js';
import {
  DIRECTIONS,
  MOST_TILES,
  type SanafeArchitecture,
  type SanafeCore,
  type SanafeDirection,
  type SanafePrice,
  type SanafeSection,
  type SanafeSync,
  type SanafeTile,
  type SanafeUnit,
  SECTIONS,
} from './architecture.js';
import { type Entry, readTree, type TreeNode } from './document.js';
import { Problems } from './problems.js';
import { type IdRange, isEmpty, TreeReader } from './tree-reader.js';

/** What each section prices. */
const EVENTS: Readonly<Record<SanafeSection, readonly string[]>> = {
  axon_in: ['message_in'],
  synapse: ['process_spike'],
  dendrite: ['update'],
  soma: ['access_neuron', 'update_neuron', 'spike_out'],
  axon_out: ['message_out'],
};

/** Models with a counterpart here; '' also stands for the axons, which have none to choose. */
const REPRESENTED: Readonly<Record<SanafeSection, readonly string[]>> = {
  axon_in: [''],
  synapse: ['current_based'],
  dendrite: ['accumulator', 'accumulator_with_delay'],
  soma: ['leaky_integrate_fire', 'input'],
  axon_out: [''],
};

/** Models of the format that have none, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  loihi: 'the synapse model with a latency of its own for each synapse has no counterpart here',
  taps: 'multi-tap dendrites have no counterpart here',
  truenorth: 'the TrueNorth neuron (additive leak, random threshold) has no counterpart here',
};

const MOST_CORES_PER_TILE = 1024;
const MOST_NEURONS = 131_072;
const REPEATED = /^(.*)\[(\d+)\.\.(\d+)\]$/;
const ATTRIBUTES_WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'model',
  'log_energy',
  'log_latency',
  'name',
  'update_every_timestep',
]);

/**
 * Reads an architecture; `name` is the file's, for messages.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong, each as `name:line:column`.
 */
export function readSanafeArchitecture(text: string, name: string): SanafeArchitecture {
  const problems = new Problems(name, text);
  const root = readTree(text, problems);
  problems.throwIfAny();
  const architecture = new ArchitectureReader(problems, name).read(root!);
  problems.throwIfAny();
  return architecture;
}

class ArchitectureReader extends TreeReader {
  readonly #file: string;

  constructor(problems: Problems, file: string) {
    super(problems);
    this.#file = file;
  }

  read(root: TreeNode): SanafeArchitecture {
    const top = this.need(this.map(root, 'the file'), 'architecture', root.at, 'the file');
    const map = this.map(top ?? root, 'architecture');
    const at = top?.at ?? root.at;
    const name = map.get('name');
    const attributes = this.#attributes(map, at, 'the architecture');
    const size = (key: string, most: number): number => {
      const node = this.need(attributes, key, at, 'the architecture');
      return node === null ? 1 : this.whole(node, key, 1, most) || 1;
    };
    const width = size('width', MOST_TILES);
    const height = size('height', MOST_TILES);
    const topology = attributes.get('topology');
    if (topology !== undefined && this.text(topology.value, 'topology') !== 'mesh') {
      this.problems.add(topology.value.at, 'topology: only a mesh has a counterpart here');
    }
    const tileNode = this.need(map, 'tile', at, 'the architecture');
    const tiles = tileNode === null ? [] : this.items(tileNode).flatMap((tile) => this.#tiles(tile));
    if (tiles.length > width * height) {
      this.problems.add(tileNode!.at, `${tiles.length} tiles do not fit a mesh of ${width} x ${height}`);
    }
    return {
      name: name === undefined ? 'architecture' : this.text(name.value, 'name'),
      file: this.#file,
      width,
      height,
      linkBuffer: size('link_buffer_size', 2 ** 30),
      sync: this.#sync(attributes),
      tiles,
      problems: this.problems,
    };
  }

  #attributes(map: ReadonlyMap<string, Entry>, at: number, what: string): ReadonlyMap<string, Entry> {
    const node = this.need(map, 'attributes', at, what);
    return node === null ? new Map() : this.map(node, 'attributes');
  }

  /** `fixed`: one time; `table`: by tiles in use, as a map of tiles to times or a list for 1, 2, ... tiles. */
  #sync(attributes: ReadonlyMap<string, Entry>): readonly SanafeSync[] {
    const model = attributes.get('sync_model');
    const word = model === undefined ? 'fixed' : this.text(model.value, 'sync_model');
    if (word !== 'fixed' && word !== 'table') {
      this.problems.add(model!.value.at, `sync_model: expected fixed or table, got ${JSON.stringify(word)}`);
    }
    const times = attributes.get('latency_sync')?.value;
    const step = (tiles: number, node: TreeNode): SanafeSync => ({
      tiles,
      time: this.number(node, 'latency_sync', { min: 0 }),
    });
    if (times === undefined || isEmpty(times)) return [{ tiles: 1, time: 0 }];
    if (word === 'fixed' || times.kind === 'word') return [step(1, times)];
    const steps =
      times.kind === 'map'
        ? times.entries.map(({ key, at, value }) => {
            const tiles = /^\d+$/.test(key) ? Number(key) : Number.NaN;
            if (!(tiles >= 1)) this.problems.add(at, `latency_sync: ${key} is not a number of tiles`);
            return step(tiles, value);
          })
        : this.items(times).map((node, i) => step(i + 1, node));
    return steps.sort((a, b) => a.tiles - b.tiles);
  }

  #tiles(node: TreeNode): readonly SanafeTile[] {
    const map = this.map(node, 'tile');
    const { repeat } = this.#name(map, node, 'the tile');
    const attributes = this.#attributes(map, node.at, 'the tile');
    const hops = Object.fromEntries(
      DIRECTIONS.map((direction) => [
        direction,
        this.#price(attributes, `${direction}_hop`, node.at, 'the tile'),
      ]),
    ) as Record<SanafeDirection, SanafePrice>;
    const coreNode = this.need(map, 'core', node.at, 'the tile');
    const cores = coreNode === null ? [] : this.items(coreNode).flatMap((core) => this.#cores(core));
    const count = this.#times(repeat, node, MOST_TILES, 'tiles');
    return new Array<SanafeTile>(count).fill({ hops, cores, at: node.at });
  }

  #cores(node: TreeNode): readonly SanafeCore[] {
    const map = this.map(node, 'core');
    const { repeat } = this.#name(map, node, 'the core');
    const attributes = this.#attributes(map, node.at, 'the core');
    const position = this.need(attributes, 'buffer_position', node.at, 'the core');
    if (position !== null && this.text(position, 'buffer_position') !== 'soma') {
      const hint = 'ours buffers what synapses add up before the soma: buffer_position: soma';
      this.problems.add(position.at, 'buffer_position: only soma has a counterpart here', hint);
    }
    const inside = attributes.get('buffer_inside_unit');
    if (inside !== undefined && this.flag(inside.value, 'buffer_inside_unit')) {
      this.problems.add(
        inside.value.at,
        'buffer_inside_unit: a buffer inside a unit has no counterpart here',
      );
    }
    const most = this.need(attributes, 'max_neurons_supported', node.at, 'the core');
    const units = Object.fromEntries(
      SECTIONS.map((section) => {
        const part = this.need(map, section, node.at, 'the core');
        return [section, part === null ? [] : this.items(part).map((unit) => this.#unit(section, unit))];
      }),
    ) as unknown as Record<SanafeSection, SanafeUnit[]>;
    for (const section of ['axon_in', 'axon_out'] as const) {
      const second = units[section][1];
      if (second !== undefined)
        this.problems.add(second.at, `a core with several ${section} units has no counterpart here`);
    }
    this.#combined(Object.values(units).flat());
    const core = {
      units,
      maxNeurons: most === null ? 0 : this.whole(most, 'max_neurons_supported', 1, MOST_NEURONS),
      at: node.at,
    };
    return new Array<SanafeCore>(this.#times(repeat, node, MOST_CORES_PER_TILE, 'cores')).fill(core);
  }

  /** A unit named in two sections does the work of both. */
  #combined(units: readonly SanafeUnit[]): void {
    const sectionOf = new Map<string, SanafeSection>();
    for (const { name, section, at } of units) {
      const other = sectionOf.get(name);
      if (other !== undefined && other !== section) {
        this.problems.add(
          at,
          `unit ${name} is ${other} and ${section} in one, which has no counterpart here`,
        );
      }
      sectionOf.set(name, section);
    }
  }

  #unit(section: SanafeSection, node: TreeNode): SanafeUnit {
    const map = this.map(node, section);
    const { name, repeat } = this.#name(map, node, `the ${section} unit`);
    const what = `${section} unit ${name}`;
    const attributes = this.#attributes(map, node.at, what);
    const hasModel = section !== 'axon_in' && section !== 'axon_out';
    const modelNode = hasModel ? this.need(attributes, 'model', node.at, what) : null;
    const model = modelNode === null ? '' : this.text(modelNode, 'model');
    const { refusal, hint } = this.#refusal(section, model, attributes);
    const prices =
      refusal !== ''
        ? {}
        : Object.fromEntries(
            EVENTS[section].map((event) => [event, this.#price(attributes, event, node.at, what)]),
          );
    return { section, name, repeat, model, prices, refusal, hint, at: node.at };
  }

  /** Why a unit has no counterpart, and what to do about it; both empty where it has one. */
  #refusal(
    section: SanafeSection,
    model: string,
    attributes: ReadonlyMap<string, Entry>,
  ): Pick<SanafeUnit, 'refusal' | 'hint'> {
    const models = REPRESENTED[section].filter((name) => name !== '');
    const others = models.length === 0 ? '' : `${section} models here: ${models.join(', ')}`;
    if (attributes.has('plugin')) {
      return { refusal: 'plugins are code for SANA-FE, which has no counterpart here', hint: others };
    }
    if (!REPRESENTED[section].includes(model)) {
      const refusal = REFUSED[model] ?? `model ${JSON.stringify(model)} has no counterpart here`;
      const guess = REFUSED[model] === undefined ? nearest(model, models) : undefined;
      return { refusal, hint: guess === undefined ? others : `did you mean ${guess}?` };
    }
    const known = EVENTS[section].flatMap((event) => [`energy_${event}`, `latency_${event}`]);
    for (const [key] of attributes) {
      if (known.includes(key) || ATTRIBUTES_WITHOUT_EFFECT.has(key)) continue;
      const guess = nearest(key, [...known, ...ATTRIBUTES_WITHOUT_EFFECT]);
      const hint = guess === undefined ? 'leave it out' : `did you mean ${guess}?`;
      return { refusal: `attribute ${key} has no counterpart here`, hint };
    }
    return { refusal: '', hint: '' };
  }

  #price(attributes: ReadonlyMap<string, Entry>, event: string, at: number, what: string): SanafePrice {
    const figure = (key: string): number => {
      const node = this.need(attributes, key, at, what);
      return node === null ? 0 : this.number(node, key, { min: 0 });
    };
    return { energy: figure(`energy_${event}`), latency: figure(`latency_${event}`) };
  }

  #name(
    map: ReadonlyMap<string, Entry>,
    node: TreeNode,
    what: string,
  ): { readonly name: string; readonly repeat: IdRange | null } {
    const part = this.need(map, 'name', node.at, what);
    const name = part === null ? '' : this.text(part, 'name');
    const match = REPEATED.exec(name);
    if (match === null) return { name, repeat: null };
    const from = Number(match[2]);
    const to = Number(match[3]);
    if (to < from) this.problems.add(part!.at, `name: [${from}..${to}] is no range`);
    return { name: match[1]!, repeat: { from, to } };
  }

  #times(repeat: IdRange | null, node: TreeNode, most: number, what: string): number {
    const count = repeat === null ? 1 : Math.max(0, repeat.to - repeat.from + 1);
    if (count <= most) return count;
    this.problems.add(node.at, `${count} ${what}, the most are ${most}`);
    return 0;
  }
}
