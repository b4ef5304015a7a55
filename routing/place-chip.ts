/** Puts an image into one memory: plan, cores, tables, schedules, probes. What shards and host then work on. */
import {
  type BackendKind,
  Core,
  type OverflowBehaviour,
  type Placement,
  placeCore,
  SeamountError,
} from '../cores/index.js';
import { controlBytes } from './control.js';
import { numberKeys, reachWords, type Survey, surveyTargets, type Tables, writeTables } from './expansion.js';
import type { ChipImage } from './image.js';
import type { ShardJob, TraceJob } from './job.js';
import { type MemoryPlan, planMemory } from './memory-plan.js';
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
}

/** A chip in memory. */
export interface PlacedChip {
  readonly image: ChipImage;
  readonly memory: WebAssembly.Memory;
  readonly plan: MemoryPlan;
  readonly control: Int32Array;
  readonly cores: readonly Core[];
  readonly tables: readonly Tables[];
  readonly traces: readonly TracePlan[];
  /** Whether messages carry values. */
  readonly payloads: boolean;
}

/** Messages that wait for a core before it delivers them; more are delivered in several goes. */
const INBOX_MOST = 4096;
const PAGE = 65_536;

/** Throws E_INPUT for an image that contradicts itself, E_CAPACITY when it does not fit. */
export function placeChip(image: ChipImage, options: PlaceOptions): PlacedChip {
  const split = splitCores(image.cores, options.shards);
  const survey = surveyTargets(image, split);
  const scheduled = mergeSchedules(image);
  const payloads = options.payloads || image.cores.some((core) => core.registers.ternary);
  const placements = placementsOf(image, survey, scheduled, payloads, options.onOverflow);
  const keys = numberKeys(image);
  const plan = planMemory(image, {
    split,
    survey,
    placements,
    scheduled: scheduled.steps.length,
    scheduledMost: scheduled.mostPerStep,
    recordSpikes: options.recordSpikes,
    legWords: options.legWords,
    traceMost: traceMost(image, split, keys.firstOfCore),
  });
  const memory = allocate(plan.bytes, options.shared);
  const { buffer } = memory;
  image.cores.forEach((core, i) => {
    placeCore(buffer, plan.coreAt[i]!, core, placements[i]!);
  });
  const cores = Array.from(plan.coreAt, (address) => new Core(buffer, address));
  const tables = tablesOf(buffer, plan);
  writeTables(image, split, tables);
  new Uint32Array(buffer, plan.scheduledStepsAt, plan.scheduled).set(scheduled.steps);
  new Uint32Array(buffer, plan.scheduledSourcesAt, plan.scheduled).set(scheduled.sources);
  if (options.recordSpikes === 'probed') writeRecorded(buffer, plan, probedKeys(image, keys));
  const control = new Int32Array(buffer, 0, controlBytes(split.length) / 4);
  const traces = planTraces(image, keys, cores, split);
  return { image, memory, plan, control, cores, tables, traces, payloads };
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
    traces: chip.traces.map(({ jobs }): TraceJob => jobs[shard]!),
    ...options,
  }));
}

function placementsOf(
  image: ChipImage,
  survey: Survey,
  scheduled: Scheduled,
  payloads: boolean,
  onOverflow: OverflowBehaviour | null,
): Placement[] {
  const { rules } = image.profile;
  const profile = onOverflow === null ? image.profile : { ...image.profile, rules: { ...rules, onOverflow } };
  // a source may spike by list, by rule and once more by `send` in the same step
  const perSource = scheduled.mostPerSource + mostGenerated(image) + 1;
  const eventsPerAxon = Math.max(1, survey.neuronsPerAxon + survey.sourcesPerAxon * perSource);
  return image.cores.map((core, coreId) => ({
    profile,
    coreId,
    seed: image.seed,
    payloads,
    inboxCapacity: Math.max(16, Math.min(core.inAxons, INBOX_MOST)),
    eventsPerAxon,
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

function tablesOf(buffer: ArrayBufferLike, plan: MemoryPlan): Tables[] {
  const shards = plan.shards.length;
  return plan.shards.map((shard) => {
    const neurons = plan.keys.firstOfCore[shard.cores.end]! - shard.firstKey;
    const own = neurons + shard.sourceHigh - shard.sourceLow;
    return {
      firstCore: shard.cores.first,
      axonBits: shard.axonBits,
      start: new Uint32Array(buffer, shard.startAt, plan.keys.count + 1),
      entries: new Uint32Array(buffer, shard.entriesAt, shard.entries),
      reach: new Uint32Array(buffer, shard.reachAt, own * reachWords(shards)),
    };
  });
}

function writeRecorded(buffer: ArrayBufferLike, plan: MemoryPlan, probed: Uint8Array): void {
  const firstSource = plan.keys.firstOfCore[plan.coreAt.length]!;
  for (const { recordedAt, firstKey, cores, sourceLow, sourceHigh } of plan.shards) {
    const end = plan.keys.firstOfCore[cores.end]!;
    const recorded = new Uint8Array(buffer, recordedAt, end - firstKey + sourceHigh - sourceLow);
    recorded.set(probed.subarray(firstKey, end));
    recorded.set(probed.subarray(firstSource + sourceLow, firstSource + sourceHigh), end - firstKey);
  }
}
