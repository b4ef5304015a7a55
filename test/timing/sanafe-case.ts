/**
 * Golden cases of ../shared/vectors/sanafe: the net as an image made by hand, what it does by the integer
 * rules of their README, and what the peer printed.
 */
import { type CoreImage, DEFAULT_COMPARTMENT, DEFAULT_CORE, LOIHI1, packSynapse } from '../../cores/index.js';
import { activityWords, type ChipImage, type PopulationImage, type Recording } from '../../routing/index.js';
import type { CostProfile } from '../../src/energy/cost-profile.js';
import { FORMAT } from '../cores/core-fixture.js';
import { textIn } from '../sanafe/golden.js';

type Kind = 'dense' | 'sparse' | 'conv';
const KINDS: readonly Kind[] = ['dense', 'sparse', 'conv'];

interface Neuron {
  readonly id: number;
  readonly kind: 'lif' | 'input';
  readonly tile: number;
  readonly core: number;
  readonly vth: number;
  readonly decay: number;
  readonly bias: number;
  readonly syn: Kind;
}

export interface SanafeCase {
  readonly dir: string;
  readonly steps: number;
  readonly neurons: readonly Neuron[];
  readonly edges: readonly (readonly [number, number, number])[];
  readonly inputSpikes: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Rows of a CSV file with a header, as objects of strings. */
export function csvOf(dir: string, file: string): Record<string, string>[] {
  const [header, ...rows] = textIn(dir, file).trim().split('\n');
  const names = header!.split(',');
  return rows.map((row) => {
    const values = row.split(',');
    return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  });
}

export function sanafeCase(dir: string): SanafeCase {
  const net = JSON.parse(textIn(dir, 'net.json'));
  const columns = net.neurons.columns as string[];
  return {
    dir,
    steps: net.steps,
    neurons: net.neurons.rows.map((row: unknown[]) =>
      Object.fromEntries(columns.map((name, i) => [name, row[i]])),
    ),
    edges: net.edges,
    inputSpikes: new Map(
      Object.entries(net.input_spikes as Record<string, number[]>).map(([id, at]) => [
        Number(id),
        new Set(at),
      ]),
    ),
  };
}

export const figure = (value: number, unit: 'ns' | 'messages' = 'ns') =>
  ({ value, unit, basis: 'fitted', source: 'vectors/sanafe/README.md' }) as const;

/** Latencies of the peer's Loihi file. */
export const PEER_COSTS: CostProfile = {
  kind: 'seamount-cost-profile',
  version: 1,
  name: 'golden',
  title: 'constants of the golden cases',
  basis: 'fitted',
  source: 'vectors/sanafe/README.md',
  notice: '',
  indivisible: null,
  noEnergy: null,
  energy: {},
  latency: {
    visit: figure(6),
    updateActive: figure(3.7),
    updateIdle: { includedIn: 'visit' },
    spike: figure(30),
    axonOut: figure(5.1),
    axonIn: figure(16),
    synapseDense: figure(3.8),
    synapseSparse: figure(4.7),
    synapseConv: figure(3.1),
    hopEast: figure(4.1),
    hopWest: figure(4.1),
    hopNorth: figure(6.5),
    hopSouth: figure(6.5),
  },
  barrier: [
    { tiles: 1, time: figure(600) },
    { tiles: 2, time: figure(1000) },
    { tiles: 4, time: figure(1400) },
    { tiles: 29, time: figure(1800) },
  ],
  linkBuffer: figure(16, 'messages'),
  staticPower: null,
  vendorRatios: [],
};

const numberOf = ({ tile, core }: Neuron): number => 4 * tile + core;

/** The net as it is mapped: one in-axon for each source and core; input neurons are placed sources. */
export function imageOf({ neurons, edges }: SanafeCase): ChipImage {
  const lif = neurons.filter(({ kind }) => kind === 'lif');
  const inputs = neurons.filter(({ kind }) => kind === 'input');
  const used = [...new Set(lif.map(numberOf))].sort((a, b) => a - b);
  const only = [...new Set(inputs.map(numberOf))].filter((number) => !used.includes(number));
  const indexOf = (number: number): number =>
    used.includes(number) ? used.indexOf(number) : used.length + only.indexOf(number);
  const compartmentOf = new Map<number, number>();
  const members = used.map((number) => lif.filter((neuron) => numberOf(neuron) === number));
  for (const own of members)
    for (const [compartment, { id }] of own.entries()) compartmentOf.set(id, compartment);
  const byId = new Map(neurons.map((neuron) => [neuron.id, neuron]));
  const outgoing = new Map<number, Map<number, { post: Neuron; weight: number }[]>>();
  for (const [pre, post, weight] of edges) {
    const lists = outgoing.get(pre) ?? new Map();
    outgoing.set(pre, lists);
    const to = indexOf(numberOf(byId.get(post)!));
    if (!lists.has(to)) lists.set(to, []);
    lists.get(to)!.push({ post: byId.get(post)!, weight });
  }
  const memories = used.map(() => ({
    axonStart: [0],
    format: [] as number[],
    offset: [] as number[],
    first: [] as number[],
    delay: [] as number[],
    words: [] as number[],
    rows: [] as number[],
  }));
  const listsOf = (sources: readonly Neuron[]) => {
    const axons = { start: [0], core: [] as number[], axon: [] as number[] };
    for (const { id, kind } of sources) {
      const delay = kind === 'lif' ? 0 : 1;
      const lists = [...(outgoing.get(id) ?? new Map())].sort(([a], [b]) => a - b);
      for (const [to, synapses] of lists) {
        const memory = memories[to]!;
        axons.core.push(to);
        axons.axon.push(memory.axonStart.length - 1);
        for (const { post, weight } of synapses) {
          // a segment for each synapse, of the class of its unit
          const dense = post.syn === 'dense';
          const compartment = compartmentOf.get(post.id)!;
          memory.format.push(KINDS.indexOf(post.syn));
          memory.offset.push(dense ? memory.rows.length : memory.words.length);
          memory.first.push(dense ? compartment : 0);
          memory.delay.push(dense ? delay : 0);
          if (dense) memory.rows.push(weight);
          else memory.words.push(packSynapse(weight, delay, compartment));
        }
        memory.axonStart.push(memory.format.length);
      }
      axons.start.push(axons.core.length);
    }
    return {
      start: Uint32Array.from(axons.start),
      core: Uint32Array.from(axons.core),
      axon: Uint32Array.from(axons.axon),
    };
  };
  const outAxons = members.map(listsOf);
  const sources = listsOf(inputs);
  const placeOf = (number: number) => ({
    chipX: 0,
    chipY: 0,
    tileX: Math.floor(number / 16),
    tileY: Math.floor(number / 4) % 4,
    slot: number % 4,
  });
  const cores = used.map((number, core): CoreImage => {
    const memory = memories[core]!;
    return {
      ...placeOf(number),
      n: members[core]!.length,
      compartments: DEFAULT_COMPARTMENT,
      registers: DEFAULT_CORE(LOIHI1.rules),
      u0: 0,
      v0: 0,
      inAxons: memory.axonStart.length - 1,
      synapses: {
        formats: KINDS.map((kind) => ({ ...FORMAT, kind })),
        axonStart: Uint32Array.from(memory.axonStart),
        format: Uint8Array.from(memory.format),
        wide: new Uint8Array(memory.format.length),
        offset: Uint32Array.from(memory.offset),
        count: new Uint32Array(memory.format.length).fill(1),
        first: Uint32Array.from(memory.first),
        delay: Uint8Array.from(memory.delay),
        words: Uint32Array.from(memory.words),
        rows: Int16Array.from(memory.rows),
      },
      outAxons: outAxons[core]!,
      maxDelay: 1,
      used: { compartments: 0, inAxons: 0, outAxonSlots: 0, synapseBits: 0, accumulators: 0, synapses: 0 },
    };
  });
  const population = (neuron: Neuron, source: number): PopulationImage => ({
    label: `n.${neuron.id}`,
    size: 1,
    firstId: neuron.id,
    kind: source < 0 ? 'cells' : 'source',
    slices:
      source < 0
        ? [
            {
              core: indexOf(numberOf(neuron)),
              compartment: compartmentOf.get(neuron.id)!,
              neuron: 0,
              count: 1,
            },
          ]
        : [],
    firstSource: Math.max(0, source),
  });
  return {
    kind: 'seamount-chip-image',
    version: 1,
    profile: LOIHI1,
    seed: 0,
    dt: 0,
    chipsX: 1,
    chipsY: 1,
    cores,
    populations: neurons.map((neuron) => population(neuron, inputs.indexOf(neuron))),
    sources: {
      count: inputs.length,
      senders: {
        core: Uint32Array.from(inputs, (neuron) => indexOf(numberOf(neuron))),
        visit: Uint32Array.from(inputs, (input) => {
          const before = neurons.slice(0, neurons.indexOf(input));
          return before.filter((n) => n.kind === 'lif' && numberOf(n) === numberOf(input)).length;
        }),
        places: only.map(placeOf),
      },
      ...sources,
    },
    schedules: [],
    probes: [],
  };
}

/** What the net does: spikes, and as mask which compartments had v or a bias before each step. */
export function recordingOf(golden: SanafeCase, image: ChipImage): Recording {
  const { neurons, edges, steps, inputSpikes } = golden;
  const words = activityWords(image.cores);
  const row = words.at(-1)!;
  const masks = new Uint32Array(steps * row);
  const place = new Map(
    image.populations.flatMap(({ firstId, slices }) =>
      slices.map(({ core, compartment }) => [firstId, { core, compartment }] as const),
    ),
  );
  const outgoing = new Map<number, (readonly [number, number])[]>(neurons.map(({ id }) => [id, []]));
  for (const [pre, post, weight] of edges) outgoing.get(pre)!.push([post, weight]);
  const v = new Map(neurons.map(({ id }) => [id, 0]));
  let sums = new Map<number, number>();
  const spikes: [number, number][] = [];
  for (let t = 1; t <= steps; t++) {
    const next = new Map<number, number>();
    const fired: number[] = [];
    for (const { id, kind, vth, decay, bias } of neurons) {
      if (kind === 'input') {
        if (inputSpikes.get(id)?.has(t)) fired.push(id);
        continue;
      }
      let now = v.get(id)!;
      if (now !== 0 || bias !== 0) {
        const { core, compartment } = place.get(id)!;
        masks[(t - 1) * row + words[core]! + (compartment >>> 5)]! |= 1 << (compartment & 31);
      }
      if (t > 1) now = Math.trunc((now * (4096 - decay)) / 4096);
      now += 64 * (bias + (sums.get(id) ?? 0));
      const fires = now > 64 * vth;
      if (fires) fired.push(id);
      v.set(id, fires ? 0 : now);
    }
    for (const id of fired.sort((a, b) => a - b)) {
      spikes.push([t, id]);
      for (const [post, weight] of outgoing.get(id)!) next.set(post, (next.get(post) ?? 0) + weight);
    }
    sums = next;
  }
  return {
    from: 1,
    to: steps,
    spikes: {
      steps: Uint32Array.from(spikes, ([t]) => t),
      ids: Uint32Array.from(spikes, ([, id]) => id),
      values: null,
    },
    traces: [],
    activity: { counts: new Uint32Array(steps * image.cores.length), masks },
    membraneUpdates: null,
  };
}
