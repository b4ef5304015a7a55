/**
 * Random small chips made by hand, without the compiler, and their expected behaviour by brute force: every
 * neuron and every synapse in every step, in plain numbers, by the rules of docs/semantics.md.
 */
import {
  type ChipProfile,
  type CoreImage,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  LOIHI1,
  packSynapse,
} from '../../cores/index.js';
import type { ChipImage, PopulationImage, ProbeImage, SourceSchedule } from '../../routing/index.js';
import { FORMAT } from '../cores/core-fixture.js';

export interface TinyOptions {
  readonly seed?: number;
  /** Compartments of each core. */
  readonly cores?: readonly number[];
  readonly sources?: number;
  /** Probability of a synapse between any two neurons, and from any source to any neuron. */
  readonly density?: number;
  readonly maxDelay?: number;
  /** Probability of a bias. */
  readonly biased?: number;
  /** Probability that an axon's list is a dense row. */
  readonly dense?: number;
  readonly refractMax?: number;
  /** Probability that v starts off 0. */
  readonly started?: number;
  /** Probability that a neuron is a perfect integrator, which rests off 0. */
  readonly integrators?: number;
  /** Every neuron fires in every step. */
  readonly driven?: boolean;
  readonly profile?: ChipProfile;
  readonly ternary?: boolean;
  /** Probability that a threshold adapts. */
  readonly adaptive?: number;
  /** u and v cleared at every step that is a multiple of it; 0 = never. */
  readonly resetInterval?: number;
  /** Cores are put on tiles in this order: chipX, chipY, tileX, tileY, slot. Default: fill tiles. */
  readonly positions?: readonly (readonly [number, number, number, number, number])[];
  readonly schedules?: readonly SourceSchedule[];
  readonly probes?: readonly ProbeImage[];
}

export interface Synapse {
  readonly post: number;
  /** units of 64 */
  readonly weight: number;
  readonly delay: number;
}

/** The same network without cores: neurons by network id, sources after them. */
export interface TinyNet {
  readonly n: number;
  readonly sources: number;
  readonly synapses: readonly (readonly Synapse[])[];
  readonly du: Int32Array;
  readonly dv: Int32Array;
  readonly vthMant: Int32Array;
  readonly bias: Int32Array;
  readonly refract: Int32Array;
  readonly v0: Int32Array;
  /** threshold for spikes of -1, or null */
  readonly vthLoMant: number | null;
  /** what spikes add to thresholds, and its decay, or null */
  readonly adaptive: { readonly vthStep: Int32Array; readonly dth: Int32Array } | null;
  readonly resetInterval: number;
}

export interface Tiny {
  readonly image: ChipImage;
  readonly net: TinyNet;
}

/** mulberry32: small, seeded, good enough to make networks. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

const VTH_LO_MANT = -40;

export function tinyImage(options: TinyOptions = {}): Tiny {
  const {
    seed = 1,
    cores: sizes = [20, 13, 37],
    sources = 5,
    density = 0.15,
    maxDelay = 0,
    biased = 0.3,
    dense = 0.3,
    refractMax = 4,
    started = 0.5,
    integrators = 0.2,
    driven = false,
    profile = LOIHI1,
    ternary = false,
    adaptive = 0,
    resetInterval = 0,
  } = options;
  const next = random(seed);
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const chance = (p: number): boolean => next() < p;
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const column = (value: () => number): Int32Array => Int32Array.from({ length: n }, value);
  const net: TinyNet = {
    n,
    sources,
    synapses: Array.from({ length: n + sources }, () => {
      const row = chance(dense);
      const delay = whole(0, maxDelay);
      return Array.from({ length: n }, (_, post) => post)
        .filter(() => row || chance(density))
        .map((post) => ({
          post,
          weight: row && !chance(density) ? 0 : 2 * whole(driven ? 0 : -60, 100),
          delay: row ? delay : whole(0, maxDelay),
        }));
    }),
    du: column(() => whole(200, 4095)),
    dv: column(() => (chance(integrators) ? 0 : whole(50, 2000))),
    vthMant: column(() => (driven ? 10 : whole(60, 300))),
    bias: column(() => (driven ? 4000 : chance(biased) ? whole(100, 1500) : 0)),
    refract: column(() => (driven ? 1 : whole(1, refractMax))),
    v0: column(() => (chance(started) ? whole(0, 3000) : 0)),
    vthLoMant: ternary ? VTH_LO_MANT : null,
    adaptive:
      adaptive === 0
        ? null
        : {
            vthStep: column(() => (chance(adaptive) ? whole(1, 300) : 0)),
            dth: column(() => (chance(integrators) ? 0 : whole(20, 1000))),
          },
    resetInterval,
  };
  return { net, image: placeNet(net, sizes, profile, maxDelay, options) };
}

/** Neuron of each compartment: the two halves of the network change places, so that ids do not follow keys. */
const neuronAt = (key: number, n: number): number => (key + Math.ceil(n / 2)) % n;

export function placeNet(
  net: TinyNet,
  sizes: readonly number[],
  profile: ChipProfile,
  maxDelay: number,
  options: TinyOptions,
): ChipImage {
  const { n, sources } = net;
  const firsts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  const keyOf = new Map(Array.from({ length: n }, (_, key) => [neuronAt(key, n), key]));
  const coreOf = (key: number): number => firsts.findLastIndex((first) => first <= key);
  const lists = Array.from({ length: n + sources }, (): { core: number; axon: number }[] => []);
  const cores = sizes.map((size, c): CoreImage => {
    const first = firsts[c]!;
    const columns = {
      axonStart: [0],
      format: [] as number[],
      wide: [] as number[],
      offset: [] as number[],
      count: [] as number[],
      first: [] as number[],
      delay: [] as number[],
      words: [] as number[],
      rows: [] as number[],
    };
    for (let source = 0; source < n + sources; source++) {
      const own = net.synapses[source]!.map((synapse) => ({ ...synapse, key: keyOf.get(synapse.post)! }))
        .filter(({ key }) => coreOf(key) === c)
        .sort((a, b) => a.key - b.key);
      if (own.length === 0) continue;
      const isRow = own.length === size && own.every(({ delay }) => delay === own[0]!.delay);
      columns.format.push(isRow ? 1 : 0);
      columns.wide.push(0);
      columns.offset.push(isRow ? columns.rows.length : columns.words.length);
      columns.count.push(own.length);
      columns.first.push(0);
      columns.delay.push(isRow ? own[0]!.delay : 0);
      for (const { key, weight, delay } of own) {
        if (isRow) columns.rows.push(weight);
        else columns.words.push(packSynapse(weight, delay, key - first));
      }
      lists[source]!.push({ core: c, axon: columns.axonStart.length - 1 });
      columns.axonStart.push(columns.format.length);
    }
    const neurons = Array.from({ length: size }, (_, i) => neuronAt(first + i, n));
    const pick = (values: Int32Array): Int32Array => Int32Array.from(neurons, (neuron) => values[neuron]!);
    const [chipX, chipY, tileX, tileY, slot] = options.positions?.[c] ?? [0, 0, c >> 2, 0, c & 3];
    const synapses = columns.words.length + columns.rows.length;
    return {
      chipX,
      chipY,
      tileX,
      tileY,
      slot,
      n: size,
      compartments: {
        ...DEFAULT_COMPARTMENT,
        du: pick(net.du),
        dv: pick(net.dv),
        vthMant: pick(net.vthMant),
        biasMant: pick(net.bias),
        refract: pick(net.refract),
        vthLoMant: net.vthLoMant ?? DEFAULT_COMPARTMENT.vthLoMant,
        ...(net.adaptive === null
          ? {}
          : { vthStep: pick(net.adaptive.vthStep), dth: pick(net.adaptive.dth) }),
      },
      registers: {
        ...DEFAULT_CORE(profile.rules),
        ternary: net.vthLoMant !== null,
        resetInterval: net.resetInterval,
      },
      u0: 0,
      v0: pick(net.v0),
      inAxons: columns.axonStart.length - 1,
      synapses: {
        formats: [FORMAT, { ...FORMAT, kind: 'dense' }],
        axonStart: Uint32Array.from(columns.axonStart),
        format: Uint8Array.from(columns.format),
        wide: Uint8Array.from(columns.wide),
        offset: Uint32Array.from(columns.offset),
        count: Uint32Array.from(columns.count),
        first: Uint32Array.from(columns.first),
        delay: Uint8Array.from(columns.delay),
        words: Uint32Array.from(columns.words),
        rows: Int16Array.from(columns.rows),
      },
      outAxons: { start: new Uint32Array(), core: new Uint32Array(), axon: new Uint32Array() },
      maxDelay,
      used: {
        compartments: size,
        inAxons: columns.axonStart.length - 1,
        outAxonSlots: 0,
        synapseBits: 0,
        accumulators: 0,
        synapses,
      },
    };
  });
  const outAxons = (own: readonly (readonly { core: number; axon: number }[])[]) => ({
    start: Uint32Array.from([0, ...own.map((_, i) => own.slice(0, i + 1).reduce((s, l) => s + l.length, 0))]),
    core: Uint32Array.from(own.flat(), ({ core }) => core),
    axon: Uint32Array.from(own.flat(), ({ axon }) => axon),
  });
  return {
    kind: 'seamount-chip-image',
    version: 1,
    profile,
    seed: 7,
    dt: 0,
    chipsX: 1,
    chipsY: 1,
    cores: cores.map((core, c) => ({
      ...core,
      outAxons: outAxons(Array.from({ length: sizes[c]! }, (_, i) => lists[neuronAt(firsts[c]! + i, n)]!)),
    })),
    populations: populationsOf(n, sources, sizes, firsts),
    sources: { count: sources, ...outAxons(lists.slice(n)) },
    schedules: options.schedules ?? [],
    probes: options.probes ?? [],
  };
}

/** One population of all neurons, cut where cores and the change of halves cut it, and one of the sources. */
function populationsOf(
  n: number,
  sources: number,
  sizes: readonly number[],
  firsts: readonly number[],
): PopulationImage[] {
  const slices: { core: number; compartment: number; neuron: number; count: number }[] = [];
  sizes.forEach((size, core) => {
    for (let i = 0; i < size; i++) {
      const neuron = neuronAt(firsts[core]! + i, n);
      const last = slices.at(-1);
      if (last?.core === core && last.neuron + last.count === neuron) last.count++;
      else slices.push({ core, compartment: i, neuron, count: 1 });
    }
  });
  slices.sort((a, b) => a.neuron - b.neuron);
  return [
    { label: 'cells', size: n, firstId: 0, kind: 'cells', slices, firstSource: 0 },
    { label: 'inputs', size: sources, firstId: n, kind: 'source', slices: [], firstSource: 0 },
  ];
}

/** Sources that spike at a step, the same for chip and reference. */
export function inputsOf(seed: number, sources: number, steps: number): number[][] {
  const next = random(seed + 1000);
  return Array.from({ length: steps + 1 }, (_, t) =>
    Array.from({ length: sources }, (_, s) => s).filter(() => t > 0 && next() < 0.2),
  );
}

export interface Expected {
  readonly steps: number[];
  readonly ids: number[];
  readonly values: number[];
  /** after the last step, by network id */
  readonly u: Int32Array;
  readonly v: Int32Array;
  readonly theta: Int32Array;
  readonly updatesActive: bigint;
  readonly synapticEvents: bigint;
}

const wrap = (x: number, bits: number): number => {
  const span = 2 ** (bits + 1);
  return x - span * Math.floor((x + span / 2) / span);
};

/** Runs `net` by brute force. `input(step)` gives the sources that spike at a step. */
export function bruteForce(
  net: TinyNet,
  steps: number,
  input: (step: number) => readonly number[] = () => [],
): Expected {
  const { n } = net;
  const u = new Int32Array(n);
  const v = Int32Array.from(net.v0);
  const held = new Int32Array(n);
  const theta = new Int32Array(n);
  const arriving = new Map<number, Float64Array>();
  const out = { steps: [] as number[], ids: [] as number[], values: [] as number[] };
  let updatesActive = 0n;
  let synapticEvents = 0n;
  let fired: { id: number; value: number }[] = [];
  for (let t = 1; t <= steps; t++) {
    const inputs = input(t).map((source) => ({ id: n + source, value: 1 }));
    for (const { id, value } of [...fired, ...inputs]) {
      for (const { post, weight, delay } of net.synapses[id]!) {
        if (!arriving.has(t + delay)) arriving.set(t + delay, new Float64Array(n));
        arriving.get(t + delay)![post]! += weight * value;
        synapticEvents++;
      }
    }
    const sums = arriving.get(t) ?? new Float64Array(n);
    arriving.delete(t);
    fired = [];
    for (let i = 0; i < n; i++) {
      const stirred = u[i] !== 0 || v[i] !== 0 || theta[i] !== 0 || held[i]! > 0;
      if (stirred || net.bias[i] !== 0 || sums[i] !== 0) updatesActive++;
      if (net.resetInterval > 0 && t % net.resetInterval === 0) {
        u[i] = 0;
        v[i] = 0;
      }
      u[i] = wrap(Math.trunc((u[i]! * (4095 - net.du[i]!)) / 4096) + wrap(sums[i]! * 64, 21), 23);
      const raised = Math.trunc((v[i]! * (4096 - net.dv[i]!)) / 4096) + wrap(u[i]! + net.bias[i]!, 23);
      v[i] = held[i]! > 0 ? 0 : Math.max(-(2 ** 23) + 1, Math.min(2 ** 23 - 1, raised));
      theta[i] = Math.trunc((theta[i]! * (4096 - (net.adaptive?.dth[i] ?? 0))) / 4096);
      let value = 0;
      if (held[i]! === 0 && v[i]! > (net.vthMant[i]! << 6) + theta[i]!) value = 1;
      else if (held[i]! === 0 && net.vthLoMant !== null && v[i]! < net.vthLoMant * 64) value = -1;
      if (held[i]! > 0) held[i]! -= 1;
      if (value === 0) continue;
      v[i] = 0;
      theta[i] = Math.min(2 ** 23 - 1, theta[i]! + 64 * (net.adaptive?.vthStep[i] ?? 0));
      held[i] = Math.max(1, net.refract[i]!) - 1;
      fired.push({ id: i, value });
    }
    const all = [...fired, ...inputs].sort((a, b) => a.id - b.id);
    for (const { id, value } of all) {
      out.steps.push(t);
      out.ids.push(id);
      out.values.push(value);
    }
  }
  return { ...out, u, v, theta, updatesActive, synapticEvents };
}
