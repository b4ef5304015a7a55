/**
 * The neutral form of a net, `chipnet-1`: JSON with integers only, beside recorded spikes, counts and messages. Read as
 * the same kind of network as the YAML form, so that both go the same way from there.
 */
import {
  MOST_TILES,
  type SanafeArchitecture,
  type SanafeCore,
  type SanafeSection,
  type SanafeTile,
  type SanafeUnit,
} from './architecture.js';
import { NO_DESCRIPTION } from './description.js';
import type { TreeNode } from './document.js';
import { NetworkDraft, type SanafeNetwork } from './network.js';
import { Problems } from './problems.js';
import type { IdRange } from './tree-reader.js';

export interface Chipnet {
  readonly network: SanafeNetwork;
  /** Steps of the recorded run. */
  readonly steps: number;
  /** Mesh in tiles, and cores in a tile. */
  readonly width: number;
  readonly height: number;
  readonly coresPerTile: number;
}

const FORMAT = 'chipnet-1';
/** The only one with prices. */
const ARCHITECTURE = 'loihi';
const COLUMNS = ['id', 'kind', 'tile', 'core', 'vth', 'decay', 'bias', 'syn'] as const;
const SYNAPSES: readonly unknown[] = ['dense', 'sparse', 'conv'];
/** As in the peer's file. */
const NEURONS_PER_CORE = 1024;
const GROUP = 'n';

type Json = Readonly<Record<string, unknown>>;

const isJsonMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a net; `name` is the file's, for messages. Units are named as in `loihi.yaml`: `loihi_lif`,
 * `loihi_inputs[k]`, `loihi_dense_synapse`.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong
 */
export function readChipnet(value: unknown, name: string): Chipnet {
  const problems = new Problems(name, '');
  const chipnet = new ChipnetReader(problems).read(value);
  problems.throwIfAny();
  return chipnet;
}

interface Row {
  readonly id: number;
  readonly isInput: boolean;
  readonly tile: number;
  readonly core: number;
  readonly vth: number;
  readonly decay: number;
  readonly bias: number;
  readonly syn: string;
}

class ChipnetReader {
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  read(value: unknown): Chipnet {
    const top = this.#map(value, 'the net');
    if (top.format !== FORMAT)
      this.#complain(`format: expected ${FORMAT}, got ${JSON.stringify(top.format)}`);
    const chip = this.#map(top.chip, 'chip');
    if (chip.arch !== undefined && chip.arch !== ARCHITECTURE) {
      this.#complain(`chip.arch: expected ${ARCHITECTURE}, got ${JSON.stringify(chip.arch)}`);
    }
    const mesh = this.#map(chip.mesh, 'chip.mesh');
    const rows = this.#rows(this.#map(top.neurons, 'neurons'));
    const spikes = this.#map(top.input_spikes ?? {}, 'input_spikes');
    const shape = {
      steps: this.#whole(top.steps, 'steps', 1, 10_000_000),
      width: this.#whole(mesh.width, 'chip.mesh.width', 1, MOST_TILES),
      height: this.#whole(mesh.height, 'chip.mesh.height', 1, MOST_TILES),
      coresPerTile: this.#whole(chip.cores_per_tile, 'chip.cores_per_tile', 1, 1024),
    };
    if (shape.width * shape.height > MOST_TILES)
      this.#complain(`chip.mesh: ${shape.width} x ${shape.height} tiles, the most are ${MOST_TILES}`);
    const draft = new NetworkDraft(this.#problems);
    draft.name = typeof top.name === 'string' ? top.name : '';
    draft.addGroup(GROUP, rows.length, 0, { ...NO_DESCRIPTION, logSpikes: true });
    const inputs = new Map<string, number>();
    for (const row of rows) {
      if (!(row.id >= 0 && row.id < rows.length)) continue;
      const place = `${row.tile}.${row.core}`;
      const nth = inputs.get(place) ?? 0;
      if (row.isInput) inputs.set(place, nth + 1);
      Object.assign(draft.neuron(row.id), {
        attributes: row.isInput ? this.#input(row.id, spikes[String(row.id)]) : lif(row),
        somaUnit: row.isInput ? `loihi_inputs[${nth}]` : 'loihi_lif',
        synapseUnit: `loihi_${row.syn}_synapse`,
      });
      draft.map(row.id, row.tile, row.core, 0);
    }
    this.#edges(top.edges, rows.length, draft);
    return { network: draft.finish(), ...shape };
  }

  #complain(message: string): void {
    this.#problems.add(0, message);
  }

  #map(value: unknown, what: string): Json {
    if (isJsonMap(value)) return value;
    this.#complain(`${what}: expected a map`);
    return {};
  }

  #whole(value: unknown, what: string, min: number, max: number): number {
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max)
      return value as number;
    this.#complain(`${what}: expected a whole number ${min}..${max}, got ${JSON.stringify(value)}`);
    return min;
  }

  #list(value: unknown, what: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.#complain(`${what}: expected a list`);
    return [];
  }

  #rows(neurons: Json): readonly Row[] {
    const columns = this.#list(neurons.columns, 'neurons.columns');
    const at = COLUMNS.map((column) => columns.indexOf(column));
    COLUMNS.forEach((column, i) => {
      if (at[i]! < 0) this.#complain(`neurons.columns: ${column} is missing`);
    });
    if (at.some((place) => place < 0)) return [];
    return this.#list(neurons.rows, 'neurons.rows').map((row, r): Row => {
      const cells = this.#list(row, `neurons.rows[${r}]`);
      const [id, kind, tile, core, vth, decay, bias, syn] = at.map((place) => cells[place]);
      const what = (column: string): string => `neurons.rows[${r}] ${column}`;
      if (kind !== 'lif' && kind !== 'input') this.#complain(`${what('kind')}: expected lif or input`);
      if (!SYNAPSES.includes(syn)) this.#complain(`${what('syn')}: expected dense, sparse or conv`);
      return {
        id: this.#whole(id, what('id'), 0, 2 ** 31),
        isInput: kind === 'input',
        tile: this.#whole(tile, what('tile'), 0, 2 ** 31),
        core: this.#whole(core, what('core'), 0, 2 ** 31),
        vth: this.#whole(vth, what('vth'), 0, 2 ** 23 - 1),
        decay: this.#whole(decay, what('decay'), 0, 4096),
        bias: this.#whole(bias, what('bias'), -(2 ** 23) + 1, 2 ** 23 - 1),
        syn: String(syn),
      };
    });
  }

  #input(id: number, steps: unknown): ReadonlyMap<string, TreeNode> {
    const list = steps === undefined ? [] : this.#list(steps, `input_spikes.${id}`);
    const at = list.map((step) => this.#whole(step, `input_spikes.${id}`, 1, 10_000_000));
    const values = new Float64Array(at.reduce((most, step) => Math.max(most, step), 0));
    for (const step of at) values[step - 1] = 1;
    return new Map([['spikes', { kind: 'numbers', at: 0, list: { values, width: 1 } }]]);
  }

  #edges(value: unknown, neurons: number, draft: NetworkDraft): void {
    this.#list(value, 'edges').forEach((edge, e) => {
      const [pre, post, weight] = Array.isArray(edge) ? (edge as unknown[]) : [];
      const what = `edges[${e}]`;
      const source = this.#whole(pre, what, 0, neurons - 1);
      const target = this.#whole(post, what, 0, neurons - 1);
      draft.addEdge(source, target, this.#whole(weight, what, -(2 ** 24), 2 ** 24), 0);
    });
  }
}

const word = (value: number): TreeNode => ({ kind: 'word', at: 0, text: String(value) });

const lif = ({ vth, decay, bias }: Row): ReadonlyMap<string, TreeNode> =>
  new Map([
    ['threshold', word(vth)],
    ['leak_decay', word((4096 - decay) / 4096)],
    ['bias', word(bias)],
  ]);

/** The chip of a net: units named as its neurons name them, without prices. */
export function chipnetArchitecture({ width, height, coresPerTile, network }: Chipnet): SanafeArchitecture {
  const { problems } = network;
  const unit = (
    section: SanafeSection,
    name: string,
    model: string,
    repeat: IdRange | null = null,
  ): SanafeUnit => ({
    section,
    name,
    repeat,
    model,
    prices: {},
    refusal: '',
    hint: '',
    at: 0,
  });
  const core: SanafeCore = {
    units: {
      axon_in: [unit('axon_in', 'in', '')],
      synapse: SYNAPSES.map((name) => unit('synapse', `loihi_${name}_synapse`, 'current_based')),
      dendrite: [unit('dendrite', 'loihi_dendrites', 'accumulator')],
      soma: [
        unit('soma', 'loihi_lif', 'leaky_integrate_fire'),
        unit('soma', 'loihi_inputs', 'input', { from: 0, to: NEURONS_PER_CORE - 1 }),
      ],
      axon_out: [unit('axon_out', 'out', '')],
    },
    maxNeurons: NEURONS_PER_CORE,
    at: 0,
  };
  const free = { energy: 0, latency: 0 };
  const tile: SanafeTile = {
    hops: { north: free, east: free, south: free, west: free },
    cores: new Array<SanafeCore>(coresPerTile).fill(core),
    at: 0,
  };
  return {
    name: ARCHITECTURE,
    file: 'net.json',
    width,
    height,
    linkBuffer: 1,
    sync: [],
    tiles: new Array<SanafeTile>(width * height).fill(tile),
    problems,
  };
}
