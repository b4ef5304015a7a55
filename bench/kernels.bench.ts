/** What the two backends make of one core: synaptic events and compartment updates per second, one thread. */
import {
  alone,
  type Backend,
  type BackendKind,
  type ChipProfile,
  Cluster,
  type CoreImage,
  clusterLayout,
  createBackend,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  LAVA,
  LOIHI1,
  packSynapse,
  placeCluster,
  type SynapseFormat,
} from '../cores/index.js';
import type { Case, Subject } from './frame.js';
import { SplitMix } from './splitmix.js';

const N = 1024;
const AXONS = 256;
const BASE = 65_536;

interface Shape {
  readonly kind: SynapseFormat['kind'] | 'none';
  /** Synapses of each axon. */
  readonly fan: number;
  readonly maxDelay?: number;
  readonly shift?: number;
  /** Whether every compartment has a bias: then all blocks are awake. */
  readonly bias?: boolean;
  /** Average steps between two spikes of a compartment. */
  readonly interval?: number;
  readonly profile?: ChipProfile;
}

function imageOf({
  kind,
  fan,
  maxDelay = 0,
  shift = 0,
  bias = true,
  interval,
  profile = LOIHI1,
}: Shape): CoreImage {
  const random = new SplitMix(7, 1);
  let k = 0;
  const below = (n: number): number => random.below(k++, n);
  const words = new Uint32Array(kind === 'sparse' ? AXONS * fan : 0).map(() =>
    packSynapse(below(255) - 127, below(maxDelay + 1), below(N)),
  );
  const rows = new Int16Array(kind === 'dense' ? AXONS * fan : 0).map(() => below(255) - 127);
  const segments = kind === 'none' ? 0 : AXONS;
  const drive = 40_000;
  return {
    chipX: 0,
    chipY: 0,
    tileX: 0,
    tileY: 0,
    slot: 0,
    n: N,
    compartments: {
      ...DEFAULT_COMPARTMENT,
      du: 400,
      dv: interval === undefined ? 4000 : 0,
      vthMant: interval === undefined ? 131_071 : Math.min(131_071, (drive * interval) >> 6),
      biasMant: bias ? Int32Array.from({ length: N }, () => 500 + below(1000)) : 0,
      biasExp: bias ? 5 : 0,
    },
    registers: DEFAULT_CORE(profile.rules),
    u0: 0,
    v0: bias ? Int32Array.from({ length: N }, () => below(drive)) : 0,
    inAxons: AXONS,
    synapses: {
      formats: [
        {
          kind: kind === 'none' ? 'sparse' : kind,
          signMode: 'mixed',
          weightBits: 8,
          delayBits: 6,
          indexBits: 10,
          tagBits: 0,
          shift,
          sumShift: 0,
          connection: 0,
        },
      ],
      axonStart: Uint32Array.from({ length: AXONS + 1 }, (_, a) => (kind === 'none' ? 0 : a)),
      format: new Uint8Array(segments),
      wide: new Uint8Array(segments),
      offset: Uint32Array.from({ length: segments }, (_, a) => a * fan),
      count: new Uint32Array(segments).fill(fan),
      first: new Uint32Array(segments),
      delay: new Uint8Array(segments),
      words,
      rows,
    },
    outAxons: { start: new Uint32Array(N + 1), core: new Uint32Array(0), axon: new Uint32Array(0) },
    maxDelay,
    used: { compartments: N, inAxons: AXONS, outAxonSlots: 0, synapseBits: 0, accumulators: 0, synapses: 0 },
  };
}

interface Stage {
  readonly cluster: Cluster;
  readonly backend: Backend;
}

async function stage(shape: Shape, kind: BackendKind): Promise<Stage> {
  const image = imageOf(shape);
  const profile = shape.profile ?? LOIHI1;
  const spec = alone(image, { profile, coreId: 0, seed: 1 }, { inboxCapacity: AXONS });
  const layout = clusterLayout(spec);
  const pages = Math.ceil((BASE + layout.bytes) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  placeCluster(memory.buffer, BASE, spec, layout);
  return { cluster: new Cluster(memory.buffer, BASE), backend: await createBackend(memory, kind) };
}

/** Calls that deliver a message to every axon; sums would overflow, but nothing reads them. */
async function delivering(shape: Shape, kind: BackendKind): Promise<Subject> {
  const { cluster, backend } = await stage(shape, kind);
  let t = 1;
  // Blocks without a bias are asleep from here on, and arrivals must be marked one by one.
  backend.integrate(cluster, t);
  return {
    call: () => {
      t++;
      for (let a = 0; a < AXONS; a++) cluster.push((a * 101) % AXONS);
      backend.deliver(cluster, t);
    },
  };
}

const STEPS = 100;

async function integrating(shape: Shape, kind: BackendKind): Promise<Subject> {
  const { cluster, backend } = await stage(shape, kind);
  let t = 0;
  return {
    call: () => {
      for (let k = 0; k < STEPS; k++) backend.integrate(cluster, ++t);
    },
  };
}

const DELIVERY: Readonly<Record<string, Shape>> = {
  'sparse-100': { kind: 'sparse', fan: 100, maxDelay: 7 },
  'sparse-20': { kind: 'sparse', fan: 20 },
  'sparse-asleep': { kind: 'sparse', fan: 100, maxDelay: 7, bias: false },
  'sparse-shifted': { kind: 'sparse', fan: 100, maxDelay: 7, shift: 2 },
  'dense-1024': { kind: 'dense', fan: 1024 },
  'dense-10': { kind: 'dense', fan: 10 },
};

const SOMA: Readonly<Record<string, Shape>> = {
  'soma-quiet': { kind: 'none', fan: 0 },
  'soma-4-percent': { kind: 'none', fan: 0, interval: 25 },
  'soma-lava': { kind: 'none', fan: 0, interval: 25, profile: LAVA },
};

const KINDS: readonly BackendKind[] = ['wasm', 'scalar'];

export const cases: readonly Case[] = KINDS.flatMap((kind) => [
  ...Object.entries(DELIVERY).map(
    ([name, shape]): Case => ({
      name: `kernels/${name}-${kind}`,
      unit: 'synaptic events',
      perCall: AXONS * shape.fan,
      open: () => delivering(shape, kind),
    }),
  ),
  ...Object.entries(SOMA).map(
    ([name, shape]): Case => ({
      name: `kernels/${name}-${kind}`,
      unit: 'updates',
      perCall: STEPS * N,
      open: () => integrating(shape, kind),
    }),
  ),
]);
