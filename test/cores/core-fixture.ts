/** Single cores for tests: a small image from lists of synapses, placed and driven by one backend. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  alone,
  type Backend,
  type BackendKind,
  type ChipProfile,
  Cluster,
  type CompartmentRegisters,
  type Core,
  type CoreImage,
  type CoreRegisters,
  clusterLayout,
  createBackend,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Placement,
  packSynapse,
  packTarget,
  placeCluster,
  type StoredWeight,
  type SynapseFormat,
} from '../../cores/index.js';

export interface TestSynapse {
  readonly target: number;
  readonly delay?: number;
  readonly weight: StoredWeight;
}

export interface TestCore {
  readonly n: number;
  readonly compartments?: Partial<CompartmentRegisters>;
  readonly registers?: Partial<CoreRegisters>;
  /** Synapses of each in-axon. */
  readonly axons?: readonly (readonly TestSynapse[])[];
}

/** Of sparse synapses without shifts. */
export const FORMAT: SynapseFormat = {
  kind: 'sparse',
  signMode: 'mixed',
  weightBits: 8,
  delayBits: 6,
  indexBits: 10,
  tagBits: 0,
  shift: 0,
  sumShift: 0,
  connection: 0,
};

/** An image with one sparse segment per synapse; each delay of a shifted sum is its own connection. */
export function testImage(profile: ChipProfile, spec: TestCore): CoreImage {
  const formats: SynapseFormat[] = [];
  const formatOf = ({ weight, delay = 0 }: TestSynapse): number => {
    const connection = weight.sumShift === 0 ? 0 : delay + 1;
    const { shift, sumShift } = weight;
    const known = formats.findIndex(
      (f) => f.shift === shift && f.sumShift === sumShift && f.connection === connection,
    );
    if (known >= 0) return known;
    formats.push({ ...FORMAT, shift, sumShift, connection });
    return formats.length - 1;
  };
  const axons = spec.axons ?? [];
  const all = axons.flat();
  const words = all.flatMap(({ target, delay = 0, weight }) =>
    weight.wide === null
      ? [packSynapse(weight.mantissa, delay, target)]
      : [packTarget(delay, target), weight.wide],
  );
  const starts: number[] = [0];
  for (const axon of axons) starts.push(starts.at(-1)! + axon.length);
  let end = 0;
  const offset = all.map(({ weight }) => {
    const start = end;
    end += weight.wide === null ? 1 : 2;
    return start;
  });
  return {
    chipX: 0,
    chipY: 0,
    tileX: 0,
    tileY: 0,
    slot: 0,
    n: spec.n,
    compartments: { ...DEFAULT_COMPARTMENT, ...spec.compartments },
    registers: { ...DEFAULT_CORE(profile.rules), ...spec.registers },
    u0: 0,
    v0: 0,
    inAxons: axons.length,
    synapses: {
      formats,
      axonStart: Uint32Array.from(starts),
      format: Uint8Array.from(all, formatOf),
      wide: Uint8Array.from(all, ({ weight }) => (weight.wide === null ? 0 : 1)),
      offset: Uint32Array.from(offset),
      count: new Uint32Array(all.length).fill(1),
      first: new Uint32Array(all.length),
      delay: new Uint8Array(all.length),
      words: Uint32Array.from(words),
      rows: new Int16Array(0),
    },
    outAxons: { start: new Uint32Array(spec.n + 1), core: new Uint32Array(0), axon: new Uint32Array(0) },
    maxDelay: Math.max(0, ...all.map(({ delay = 0 }) => delay)),
    used: {
      compartments: spec.n,
      inAxons: axons.length,
      outAxonSlots: 0,
      synapseBits: 0,
      accumulators: 0,
      synapses: all.length,
    },
  };
}

/** What must be the same for both ways to run a core. */
export const BACKENDS = ['scalar', 'wasm'] as const satisfies readonly BackendKind[];

export interface RunningCore {
  /** The core's own cluster: rows are its in-axons. */
  readonly cluster: Cluster;
  readonly core: Core;
  readonly backend: Backend;
  /** Runs step t with these messages; returns the compartments that fired, negative ones as ~i. */
  step(t: number, messages?: readonly (number | readonly [axon: number, payload: number])[]): number[];
}

export type CoreOptions = Partial<Placement> & {
  readonly kernels?: BackendKind;
  readonly payloads?: boolean;
  readonly inboxCapacity?: number;
};

const BASE = 1 << 16;

/** `image` placed alone, at the start of a new memory. */
export function placeAlone(
  profile: ChipProfile,
  image: CoreImage,
  { payloads = false, inboxCapacity = 1024, ...placement }: Omit<CoreOptions, 'kernels'> = {},
  shared = true,
): { readonly memory: WebAssembly.Memory; readonly cluster: Cluster } {
  const full: Placement = { profile, coreId: 0, seed: 1, ...placement };
  const spec = alone(image, full, { payloads, inboxCapacity });
  const layout = clusterLayout(spec);
  const pages = Math.ceil((BASE + layout.bytes) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  new Uint8Array(memory.buffer).fill(0xa5);
  placeCluster(memory.buffer, BASE, spec, layout);
  return { memory, cluster: new Cluster(memory.buffer, BASE) };
}

/** `image` placed alone in a memory of its own. */
export async function runCore(
  profile: ChipProfile,
  image: CoreImage,
  { kernels = 'scalar', ...options }: CoreOptions = {},
): Promise<RunningCore> {
  const { memory, cluster } = placeAlone(profile, image, options);
  const backend = await createBackend(memory, kernels);
  return {
    cluster,
    core: cluster.cores[0]!,
    backend,
    step(t, messages = []) {
      for (const message of messages) {
        if (typeof message === 'number') cluster.push(message);
        else cluster.push(message[0], message[1]);
      }
      backend.deliver(cluster, t);
      const count = backend.integrate(cluster, t);
      return Array.from(cluster.fired.subarray(0, count), (word) =>
        (word | 0) < 0 ? ~(word & 0x7fff_ffff) : word,
      );
    },
  };
}

/** A recording of `../shared/vectors`. */
export function readVectors<T>(dir: string, name: string): T {
  return JSON.parse(gunzipSync(readFileSync(`${dir}/vectors/${name}.json.gz`)).toString()) as T;
}
