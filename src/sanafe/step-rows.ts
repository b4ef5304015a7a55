/**
 * What the peer prints of each step, reckoned from a run of ours: counts, energies, both of its times, and every
 * message. Times are kept in seconds and summed in its order, so that they print alike to the last digit.
 */
import { type ChipImage, messageTable, type Recording } from '../../routing/index.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { breakdown, priceEvents } from '../energy/price.js';
import { StepSeries } from '../energy/step-series.js';
import { coreCosts, meshCosts } from '../timing/core-costs.js';
import { DetailedModel } from '../timing/detailed.js';
import { DetailedTrace } from '../timing/detailed-trace.js';
import { meshGeometry } from '../timing/geometry.js';
import { MessageWalk } from '../timing/message-walk.js';
import { SimpleModel } from '../timing/simple.js';
import type { MeshGeometry, StepMessages } from '../timing/step-messages.js';
import type { MessageRow, PerfRow } from './outputs.js';

/** What a chip must record for it. */
export const ACTIVITY = 'voltages';

export interface StepRows {
  readonly step: number;
  /** Its `simTime` is that of model detailed. */
  readonly perf: PerfRow;
  readonly simpleTime: number;
  /** In the order of their numbers, then what cores did after their last; empty unless asked for. */
  readonly messages: readonly MessageRow[];
}

export interface StepRowsOptions {
  /** Names by network id. */
  readonly names: readonly string[];
  readonly messages: boolean;
}

export class SanafeSteps {
  readonly #costs: CostProfile;
  readonly #options: StepRowsOptions;
  readonly #geometry: MeshGeometry;
  readonly #walk: MessageWalk;
  readonly #series: StepSeries;
  readonly #simple: SimpleModel;
  readonly #detailed: DetailedModel;
  readonly #trace: DetailedTrace;
  readonly #idOfKey: Uint32Array;
  /** Cores as the peer numbers them: tile by tile, whatever the image does. */
  readonly #order: readonly number[];
  readonly #lastOfCore: readonly string[];
  #mid = 0;

  constructor(image: ChipImage, costs: CostProfile, options: StepRowsOptions) {
    this.#costs = costs;
    this.#options = options;
    const geometry = meshGeometry(image);
    this.#geometry = geometry;
    const { x, y, slot, cores } = geometry;
    const mesh = meshCosts(costs, geometry.tilesInUse, 's').costs;
    this.#walk = new MessageWalk(image, coreCosts(costs, 's').costs, { updates: 'arrivals' });
    this.#trace = new DetailedTrace(cores);
    this.#simple = new SimpleModel(cores, mesh);
    this.#detailed = new DetailedModel(geometry, mesh, this.#trace);
    const table = messageTable(image);
    this.#idOfKey = table.idOfKey;
    this.#series = new StepSeries(image, table);
    this.#order = Array.from({ length: cores }, (_, core) => core).sort(
      (a, b) => x[a]! - x[b]! || y[a]! - y[b]! || slot[a]! - slot[b]!,
    );
    const lastKeys = lastKeyOfCores(image, table.firstOfCore, cores);
    this.#lastOfCore = lastKeys.map((key) => options.names[table.idOfKey[key]!]!);
  }

  /**
   * Rows of every step of a recording, made as they are asked for; it must hold all spikes and the activity of
   * `ACTIVITY`. The recordings of a run in turn, from step 1 on.
   */
  *rows(recording: Recording): Generator<StepRows> {
    // Updates become known step by step, below.
    this.#series.add(recording, new Uint8Array(recording.to - recording.from + 1));
    for (const messages of this.#walk.steps(recording)) {
      const { step } = messages;
      const simpleTime = this.#simple.step(messages).time;
      const { time } = this.#detailed.step(messages);
      const updated = this.#walk.updated.reduce((sum, n) => sum + n, 0);
      yield {
        step,
        perf: this.#perf(step, time, updated),
        simpleTime,
        messages: this.#options.messages ? this.#messageRows(messages) : [],
      };
    }
  }

  #perf(timestep: number, simTime: number, updateActive: number): PerfRow {
    const events = this.#series.counts(timestep, timestep);
    const counts = { ...events, updateActive, updateIdle: events.visit - updateActive };
    const inputs = this.#series.inputsAt(timestep);
    const { synapse, soma, network } = breakdown(priceEvents(counts, this.#costs)).groups;
    return {
      timestep,
      fired: counts.spike + inputs,
      updated: updateActive + inputs,
      packets: counts.axonOut,
      hops: counts.hopEast + counts.hopWest + counts.hopNorth + counts.hopSouth,
      spikes: counts.synapseSparse + counts.synapseDense + counts.synapseConv,
      simTime,
      synapseEnergy: synapse,
      dendriteEnergy: 0,
      somaEnergy: soma,
      networkEnergy: network,
      totalEnergy: synapse + soma + network,
    };
  }

  #messageRows({ step, first, key, to, events, generation, processing, rest }: StepMessages): MessageRow[] {
    const { x, y } = this.#geometry;
    const trace = this.#trace;
    const rows: MessageRow[] = [];
    for (const core of this.#order) {
      for (let i = first[core]!; i < first[core + 1]!; i++) {
        const target = to[i]!;
        rows.push({
          timestep: step,
          mid: this.#mid++,
          source: this.#options.names[this.#idOfKey[key[i]!]!]!,
          from: this.#hardware(core),
          to: this.#hardware(target),
          hops: Math.abs(x[target]! - x[core]!) + Math.abs(y[target]! - y[core]!),
          spikes: events[i]!,
          send: trace.send[i]!,
          received: trace.received[i]!,
          processed: trace.processed[i]!,
          generationDelay: generation[i]!,
          processingDelay: processing[i]!,
          networkDelay: trace.network[i]!,
          blockingDelay: trace.blocking[i]!,
          minHopDelay: trace.minHop[i]!,
          alongRoute: trace.along[i]!,
        });
      }
    }
    for (const core of this.#order) if (rest[core]! > 0) rows.push(this.#tail(step, core, rest[core]!));
    return rows;
  }

  #tail(timestep: number, core: number, generationDelay: number): MessageRow {
    return {
      timestep,
      mid: -1,
      source: this.#lastOfCore[core]!,
      from: this.#hardware(core),
      to: null,
      hops: 0,
      spikes: 0,
      send: this.#trace.rest[core]!,
      received: Number.NEGATIVE_INFINITY,
      processed: Number.NEGATIVE_INFINITY,
      generationDelay,
      processingDelay: 0,
      networkDelay: 0,
      blockingDelay: 0,
      minHopDelay: 0,
      alongRoute: 0,
    };
  }

  /** `tile.core`. */
  #hardware(core: number): string {
    const { x, y, slot, height } = this.#geometry;
    return `${x[core]! * height + y[core]!}.${slot[core]}`;
  }
}

/** Key of the neuron that each core, then each place, visits last. */
function lastKeyOfCores(image: ChipImage, firstOfCore: Uint32Array, cores: number): number[] {
  const last = Array.from({ length: cores }, (_, core) => {
    const n = image.cores[core]?.n ?? 0;
    return n === 0 ? 0 : firstOfCore[core]! + n - 1;
  });
  const { senders } = image.sources;
  senders?.core.forEach((core, source) => {
    if (senders.visit[source]! >= (image.cores[core]?.n ?? 0))
      last[core] = firstOfCore[image.cores.length]! + source;
  });
  return last;
}
