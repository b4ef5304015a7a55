/**
 * A chip without clusters, shards and mailboxes: every core alone, on the scalar specification, and messages
 * carried by hand from in-axon to in-axon. What a chip must agree with whatever its workers and kernels.
 */
import * as C from '../../cores/cluster-words.js';
import { type Backend, type Cluster, createBackend, type OutAxons } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { SourceGenerator } from '../../routing/source-generator.js';
import { placeAlone } from '../cores/core-fixture.js';

export interface HostSpike {
  readonly source: number;
  readonly value: number;
}

/** Spikes in order of steps and ids, as a chip records them. */
export interface Log {
  readonly steps: number[];
  readonly ids: number[];
  readonly values: number[];
}

interface Flying {
  readonly core: number;
  readonly compartment: number;
  readonly value: number;
}

export class ChipApart {
  readonly image: ChipImage;
  readonly clusters: readonly Cluster[];
  readonly log: Log = { steps: [], ids: [], values: [] };
  /** Per core: messages that reached it. */
  readonly axonEvents: number[];
  /** Samples of u and v of every probe, in order of probes, variables and steps. */
  readonly samples: number[][];
  readonly #backend: Backend;
  readonly #generator: SourceGenerator;
  readonly #firstId: readonly number[];
  #flying: Flying[] = [];

  private constructor(image: ChipImage, clusters: readonly Cluster[], backend: Backend) {
    this.image = image;
    this.clusters = clusters;
    this.axonEvents = image.cores.map(() => 0);
    this.samples = image.probes.flatMap(({ variables }) => variables.map(() => []));
    this.#backend = backend;
    this.#generator = new SourceGenerator(image.schedules, 0, image.sources.count);
    const { slices } = image.populations[0]!;
    this.#firstId = image.cores.map((_, core) => slices.find((slice) => slice.core === core)!.neuron);
  }

  static async place(image: ChipImage): Promise<ChipApart> {
    const clusters = image.cores.map((core, coreId) => {
      const placement = { coreId, seed: image.seed, payloads: true, inboxCapacity: 1 };
      return placeAlone(image.profile, core, placement, false).cluster;
    });
    const unused = new WebAssembly.Memory({ initial: 0 });
    return new ChipApart(image, clusters, await createBackend(unused, 'scalar'));
  }

  step(t: number, sent: readonly HostSpike[]): void {
    const { cores, sources } = this.image;
    const flown = this.#flying;
    for (const { core, compartment, value } of flown) {
      this.#send(cores[core]!.outAxons, compartment, value, t);
    }
    const host = [...sent, ...this.#scheduled(t)];
    for (const { source, value } of host) this.#send(sources, source, value, t);
    this.#flying = [];
    this.clusters.forEach((cluster, core) => {
      const fired = this.#backend.integrate(cluster, t);
      for (const word of cluster.fired.subarray(0, fired)) {
        const value = word >>> 31 === 0 ? 1 : -1;
        this.#flying.push({ core, compartment: word & 0x7fff_ffff, value });
      }
    });
    const spikes = [
      ...this.#flying.map(
        ({ core, compartment, value }) => [this.#firstId[core]! + compartment, value] as const,
      ),
      ...host.map(({ source }) => [this.image.populations[1]!.firstId + source, 1] as const),
    ].sort((a, b) => a[0] - b[0]);
    for (const [id, value] of spikes) {
      this.log.steps.push(t);
      this.log.ids.push(id);
      this.log.values.push(value);
    }
    this.#sample(t);
  }

  /** Spikes in flight and inputs on their way are lost; the counters go on. */
  reset(t: number): void {
    this.#flying = [];
    this.clusters.forEach((cluster, i) => {
      const { u0, v0, n } = this.image.cores[i]!;
      const column = (values: number | Int32Array): Int32Array =>
        typeof values === 'number' ? new Int32Array(n).fill(values) : values;
      const { spikeCounts, counters, theta } = cluster.readState(0, t);
      cluster.writeState(0, t, {
        u: column(u0),
        v: column(v0),
        refractory: new Int32Array(n),
        ...(theta === undefined ? {} : { theta: new Int32Array(n) }),
        pending: new Int32Array(0),
        spikeCounts,
        counters,
      });
    });
  }

  #scheduled(t: number): HostSpike[] {
    const generated = new Uint32Array(64);
    const count = this.#generator.fire(t, generated);
    const out = Array.from(generated.subarray(0, count), (source) => ({ source, value: 1 }));
    for (const schedule of this.image.schedules) {
      if (schedule.kind !== 'array') continue;
      schedule.steps.forEach((step, i) => {
        if (step === t) out.push({ source: schedule.sources[i]!, value: 1 });
      });
    }
    return out;
  }

  #send({ start, core, axon }: OutAxons, from: number, value: number, t: number): void {
    for (let at = start[from]!; at < start[from + 1]!; at++) {
      const cluster = this.clusters[core[at]!]!;
      cluster.inbox[0] = axon[at]!;
      cluster.inbox[1] = value;
      cluster.words[C.INBOX_COUNT] = 1;
      this.#backend.deliver(cluster, t);
      this.axonEvents[core[at]!]! += 1;
    }
  }

  #sample(t: number): void {
    let trace = 0;
    const countdown = this.image.profile.rules.refractoryReadout === 'countdown';
    for (const { variables, neurons, from, every } of this.image.probes) {
      for (const variable of variables) {
        const out = this.samples[trace++]!;
        if (t < from || (t - from) % every !== 0) continue;
        for (const neuron of neurons) {
          const {
            core,
            compartment,
            neuron: first,
          } = this.image.populations[0]!.slices.find(
            (slice) => neuron >= slice.neuron && neuron < slice.neuron + slice.count,
          )!;
          const i = compartment + neuron - first;
          const { u, v, refractUntil } = this.clusters[core]!.cores[0]!;
          const held = countdown && variable === 'v' ? refractUntil[i]! - t : 0;
          out.push(held > 0 ? 128 * held : variable === 'u' ? u[i]! : v[i]!);
        }
      }
    }
  }
}
