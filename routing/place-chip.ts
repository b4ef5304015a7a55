/** Puts an image into one memory: plan, clusters of cores, tables, schedules, probes. What shards and host then work on. */
import {
  type BackendKind,
  Cluster,
  type ClusterLayout,
  type ClusterSpec,
  type Core,
  clusterLayout,
  NO_VOLTAGE,
  type OverflowBehaviour,
  type Placement,
  placeCluster,
  SeamountError,
} from '../cores/index.js';
import type { ActivityRecord } from './activity-log.js';
import { clusterCores } from './clusters.js';
import { controlBytes } from './control.js';
import {
  clusterRows,
  type Keys,
  numberKeys,
  reachWords,
  type Survey,
  surveyTargets,
  writeReach,
} from './expansion.js';
import type { ChipImage } from './image.js';
import type { ShardJob, TraceJob } from './job.js';
import { membraneRuns } from './membrane-log.js';
import { type MemoryPlan, planMemory, refuseTooLarge } from './memory-plan.js';
import { planTraces, probedKeys, type TracePlan } from './probes.js';
import { mergeSchedules, mostGenerated, type Scheduled } from './schedule.js';
import { type CoreRange, splitCores } from './shard.js';

export interface PlaceOptions {
  readonly shards: number;
  /** Shared memory, which threads need. */
  readonly shared: boolean;
  readonly recordSpikes: 'all' | 'probed' | 'none';
  /** Input spikes may carry values. */
  readonly payloads: boolean;
  readonly onOverflow: OverflowBehaviour | null;
  /** See `PlanOptions`. */
  readonly legWords: number;
  readonly activity: ActivityRecord;
  readonly membraneUpdates: boolean;
}

/** A core of a placed chip, and where in which cluster it is. */
export interface PlacedCore {
  readonly core: Core;
  readonly cluster: Cluster;
  readonly index: number;
}

/** A chip in memory. */
export interface PlacedChip {
  readonly image: ChipImage;
  readonly memory: WebAssembly.Memory;
  readonly plan: MemoryPlan;
  readonly control: Int32Array;
  readonly clusters: readonly Cluster[];
  /** In order of the image. */
  readonly cores: readonly PlacedCore[];
  /** Per shard: see `writeReach`. */
  readonly reach: readonly Uint32Array[];
  readonly traces: readonly TracePlan[];
  /** Whether messages carry values. */
  readonly payloads: boolean;
  /** What spikes that a reset dropped would have cost their targets: see deliveries.ts. */
  readonly lost: Float64Array;
}

/** Spikes of the host that wait for a cluster before it delivers them; more are delivered in several goes. */
const INBOX_MOST = 4096;
const PAGE = 65_536;
/** Kinds of deliveries counted for each core. */
const DELIVERIES = 4;

/** Throws E_INPUT for an image that contradicts itself, E_CAPACITY when it does not fit. */
export function placeChip(image: ChipImage, options: PlaceOptions): PlacedChip {
  const split = splitCores(image.cores, options.shards);
  const survey = surveyTargets(image, split);
  const scheduled = mergeSchedules(image);
  const keys = numberKeys(image);
  const placements = placementsOf(image, keys, survey, scheduled, options.onOverflow);
  const clusters = planClusters(image, split, placements, options.payloads);
  const ranges = clusters.map((own) => own.map(({ cores: range }) => range));
  const plan = planMemory(image, {
    split,
    survey,
    clusters,
    scheduled: scheduled.steps.length,
    scheduledMost: scheduled.mostPerStep,
    recordSpikes: options.recordSpikes,
    legWords: options.legWords,
    traceMost: traceMost(image, split, keys.firstOfCore),
    activity: options.activity,
    membraneRuns: options.membraneUpdates ? ranges.map((own) => membraneRuns(image, own)) : null,
  });
  const memory = allocate(plan.bytes, options.shared);
  const { buffer } = memory;
  const placed = plan.shards.flatMap((shard, s) =>
    shard.clusters.map(({ at }, i) => {
      const { spec, layout } = clusters[s]![i]!;
      placeCluster(buffer, at, spec, layout);
      return new Cluster(buffer, at);
    }),
  );
  // in the first step all neurons count: there is no v before it
  for (const { voltagesAt, voltages } of plan.shards)
    new Int32Array(buffer, voltagesAt, voltages).fill(NO_VOLTAGE);
  const cores = placed.flatMap((cluster) =>
    cluster.cores.map((core, index): PlacedCore => ({ core, cluster, index })),
  );
  const reach = plan.shards.map(({ reachAt, cores: { end }, firstKey, sourceLow, sourceHigh }) => {
    const own = keys.firstOfCore[end]! - firstKey + sourceHigh - sourceLow;
    return new Uint32Array(buffer, reachAt, own * reachWords(split.length));
  });
  writeReach(image, split, reach);
  new Uint32Array(buffer, plan.scheduledStepsAt, plan.scheduled).set(scheduled.steps);
  const sourceKey = keys.firstOfCore[image.cores.length]!;
  const scheduledKeys = new Uint32Array(buffer, plan.scheduledKeysAt, plan.scheduled);
  for (let i = 0; i < scheduledKeys.length; i++) scheduledKeys[i] = sourceKey + scheduled.sources[i]!;
  if (options.recordSpikes === 'probed') writeRecorded(buffer, plan, probedKeys(image, keys));
  const control = new Int32Array(buffer, 0, controlBytes(split.length) / 4);
  const traces = planTraces(image, keys, ranges);
  return {
    image,
    memory,
    plan,
    control,
    clusters: placed,
    cores,
    reach,
    traces,
    payloads: options.payloads,
    lost: new Float64Array(DELIVERIES * image.cores.length),
  };
}

interface PlannedCluster {
  readonly cores: CoreRange;
  readonly spec: ClusterSpec;
  readonly layout: ClusterLayout;
}

/** The clusters of each shard. */
function planClusters(
  image: ChipImage,
  split: readonly CoreRange[],
  placements: readonly Placement[],
  payloads: boolean,
): PlannedCluster[][] {
  const ranges = split.map((range) => clusterCores(image.cores, range));
  refuseTooLarge(image, ranges.flat());
  const rows = clusterRows(image, ranges.flat());
  let next = 0;
  return ranges.map((own) =>
    own.map((cores): PlannedCluster => {
      const spec: ClusterSpec = {
        cores: image.cores.slice(cores.first, cores.end),
        placements: placements.slice(cores.first, cores.end),
        rows: rows[next++]!,
        payloads,
        inboxCapacity: Math.max(16, Math.min(image.sources.count, INBOX_MOST)),
      };
      return { cores, spec, layout: clusterLayout(spec) };
    }),
  );
}

/** What each shard of a placed chip is started with. */
export function jobsOf(
  chip: PlacedChip,
  options: { readonly kernels: BackendKind; readonly stallMs: number; readonly spins: number },
): ShardJob[] {
  const { memory, plan, image } = chip;
  const schedules = image.schedules.filter(({ kind }) => kind !== 'array');
  return plan.shards.map((_, shard) => ({
    shard,
    memory,
    plan,
    schedules,
    traces: plan.shards.map((__, of) =>
      of === shard || shard === 0 ? chip.traces.map(({ jobs }): TraceJob => jobs[of]!) : [],
    ),
    ...options,
  }));
}

function placementsOf(
  image: ChipImage,
  keys: Keys,
  survey: Survey,
  scheduled: Scheduled,
  onOverflow: OverflowBehaviour | null,
): Placement[] {
  const { rules } = image.profile;
  const profile = onOverflow === null ? image.profile : { ...image.profile, rules: { ...rules, onOverflow } };
  // a source may spike by list, by rule and once more by `send` in the same step
  const perSource = scheduled.mostPerSource + mostGenerated(image) + 1;
  const eventsPerAxon = Math.max(1, survey.neuronsPerAxon + survey.sourcesPerAxon * perSource);
  return image.cores.map((_, coreId) => ({
    profile,
    coreId,
    seed: image.seed,
    eventsPerAxon,
    firstKey: keys.firstOfCore[coreId]!,
  }));
}

/** Words of traces that one step can add, per shard. */
function traceMost(image: ChipImage, split: readonly CoreRange[], firstOfCore: Uint32Array): number[] {
  const samples = image.probes.reduce(
    (sum, { variables, neurons }) => sum + variables.filter((v) => v !== 'spikes').length * neurons.length,
    0,
  );
  // no shard samples more than all of it, nor more than the probes could ask of its neurons
  return split.map(({ first, end }) => (firstOfCore[end]! > firstOfCore[first]! ? samples : 0));
}

function allocate(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw new SeamountError(
      'E_CAPACITY',
      `this machine gave no ${(bytes / 2 ** 20).toFixed(0)} MiB of memory for the chip`,
      'close other programs, use fewer workers or a smaller network',
      { cause },
    );
  }
}

function writeRecorded(buffer: ArrayBufferLike, plan: MemoryPlan, probed: Uint8Array): void {
  const firstSource = plan.keys.firstOfCore.at(-1)!;
  for (const { recordedAt, firstKey, cores, sourceLow, sourceHigh } of plan.shards) {
    const end = plan.keys.firstOfCore[cores.end]!;
    const recorded = new Uint8Array(buffer, recordedAt, end - firstKey + sourceHigh - sourceLow);
    recorded.set(probed.subarray(firstKey, end));
    recorded.set(probed.subarray(firstSource + sourceLow, firstSource + sourceHigh), end - firstKey);
  }
}
