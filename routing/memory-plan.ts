/**
 * Where everything of a chip is in its one memory. Plain data: with the memory it is all a shard needs.
 *
 * Regions follow each other, each on its own cache lines: control block, cores, then per shard the tables,
 * mailboxes, host input, logs and trace buffers. Most of them are sized for the worst step there can be and
 * filled far less; pages that are never touched cost nothing but address space.
 */
import { type ClusterLayout, laneBytes, lanesOf, outboxWords, SeamountError } from '../cores/index.js';
import type { ActivityRecord } from './activity-log.js';
import { controlBytes } from './control.js';
import { type Keys, numberKeys, reachWords, type Survey, sourceRange } from './expansion.js';
import type { ChipImage } from './image.js';
import { type MailboxPlans, mailboxBytes } from './mailbox.js';
import type { PlacedRun } from './membrane-log.js';
import { activityWords } from './recording.js';
import type { CoreRange } from './shard.js';
import { SourceGenerator } from './source-generator.js';

/** Cores that are placed together. */
export interface ClusterPlan {
  readonly cores: CoreRange;
  readonly at: number;
}

/** Addresses are in bytes, sizes in words of 32 bits unless said otherwise. */
export interface ShardPlan {
  readonly cores: CoreRange;
  readonly clusters: readonly ClusterPlan[];
  readonly firstKey: number;
  /** Host sources it generates, counts and logs: low .. high - 1. */
  readonly sourceLow: number;
  readonly sourceHigh: number;
  /** u32[own sources * reachWords]: see expansion.ts */
  readonly reachAt: number;
  /** Where its spikes go (cores/outbox-words.ts), and u32[shards]: the next word for each shard. */
  readonly outboxAt: number;
  readonly boxesAt: number;
  /** Sources generated for the coming step: a count, then their numbers. */
  readonly generatedAt: number;
  readonly generatedMost: number;
  /** f64[own sources]: spikes of each so far */
  readonly sourceSpikesAt: number;
  /** u8[own neurons, own sources]: 1 = log its spikes; 0 when all are logged */
  readonly recordedAt: number;
  /** Spike log: (step, count, spike words ...) for every step with spikes. */
  readonly logAt: number;
  readonly logWords: number;
  /** What one step can add to it, at most. */
  readonly logMost: number;
  readonly traceAt: number;
  readonly traceWords: number;
  readonly traceMost: number;
  /** Log of activity: a row of words for every step (activity-log.ts). */
  readonly activity: ActivityRecord;
  readonly activityAt: number;
  readonly activityWords: number;
  /** Words of a row. */
  readonly activityMost: number;
  /** Log of membrane updates: a row of words for every step, one a population (membrane-log.ts); all 0 without it. */
  readonly membraneAt: number;
  readonly membraneWords: number;
  readonly membraneMost: number;
  readonly membraneRuns: readonly PlacedRun[];
  /** i32[voltages]: v of own neurons as it was counted last */
  readonly voltagesAt: number;
  readonly voltages: number;
}

export interface MemoryPlan {
  readonly bytes: number;
  readonly keys: Keys;
  readonly shards: readonly ShardPlan[];
  readonly mailboxes: MailboxPlans;
  /** Spikes the host sent, by step: (step, source, value) triples. */
  readonly inputAt: number;
  /** in triples */
  readonly inputCapacity: number;
  /** Array schedules, by step: u32[scheduled] steps, then sources. */
  readonly scheduledStepsAt: number;
  readonly scheduledKeysAt: number;
  readonly scheduled: number;
}

export interface PlanOptions {
  readonly split: readonly CoreRange[];
  readonly survey: Survey;
  /** Clusters of each shard. */
  readonly clusters: readonly (readonly { readonly cores: CoreRange; readonly layout: ClusterLayout }[])[];
  /** Spikes of array schedules, and the most of them in one step. */
  readonly scheduled: number;
  readonly scheduledMost: number;
  readonly recordSpikes: 'all' | 'probed' | 'none';
  /** Spikes and trace samples of a leg beyond those of one step: words of each shard's log and trace buffer. */
  readonly legWords: number;
  /** Per shard: words one step can add to its traces. */
  readonly traceMost: readonly number[];
  readonly activity: ActivityRecord;
  /** Per shard: what it counts membrane updates of; null counts none. */
  readonly membraneRuns: readonly (readonly PlacedRun[])[] | null;
}

/** Spikes the host may have waiting in the chip for one leg. */
const INPUT_CAPACITY = 1 << 16;

const LIMIT = 2 ** 32;
const LINE = 64;

/** Hands out addresses, and remembers what for. */
class Regions {
  #end = 0;
  readonly #sizes = new Map<string, number>();

  take(what: string, bytes: number): number {
    const at = this.#end;
    const size = Math.ceil(bytes / LINE) * LINE;
    this.#end += size;
    this.#sizes.set(what, (this.#sizes.get(what) ?? 0) + size);
    return at;
  }

  /** Total size. Throws E_CAPACITY beyond what one memory can address. */
  total(): number {
    if (this.#end <= LIMIT) return this.#end;
    const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
    const largest = [...this.#sizes].sort((a, b) => b[1] - a[1]).slice(0, 4);
    throw new SeamountError(
      'E_CAPACITY',
      `the chip needs ${gib(this.#end)} of memory, one WebAssembly memory has ${gib(LIMIT)}: ${largest
        .map(([what, bytes]) => `${what} ${gib(bytes)}`)
        .join(', ')}`,
      'fewer workers need fewer tables and mailboxes; else the network is too large for one process',
    );
  }
}

/** Throws E_CAPACITY for clusters whose compartments and rows alone do not fit one memory. */
export function refuseTooLarge(image: ChipImage, clusters: readonly CoreRange[]): void {
  const regions = new Regions();
  const { count } = numberKeys(image);
  for (const { first, end } of clusters) {
    regions.take('rows of sources', 4 * (count + 1));
    const cores = image.cores.slice(first, end);
    const lanes = cores.reduce((sum, core) => sum + lanesOf(core), 0);
    const longest = cores.reduce((most, { maxDelay }) => Math.max(most, maxDelay), 0);
    regions.take('compartments and delay lines', laneBytes(lanes, longest));
  }
  regions.total();
}

/** Lays out a chip. Throws E_CAPACITY when it does not fit 4 GiB. */
export function planMemory(image: ChipImage, options: PlanOptions): MemoryPlan {
  const { split, survey } = options;
  const shards = split.length;
  const keys = numberKeys(image);
  const regions = new Regions();
  regions.take('control block', controlBytes(shards));
  const inputCapacity = image.sources.count === 0 ? 0 : Math.max(INPUT_CAPACITY, 2 * image.sources.count);
  const inputAt = regions.take('host input', inputCapacity * 12);
  const scheduledStepsAt = regions.take('host input', options.scheduled * 4);
  const scheduledKeysAt = regions.take('host input', options.scheduled * 4);

  const shardPlans = split.map((cores, shard): ShardPlan => {
    const firstKey = keys.firstOfCore[cores.first]!;
    const neurons = keys.firstOfCore[cores.end]! - firstKey;
    const { low, high } = sourceRange(image.sources.count, shard, shards);
    const own = neurons + high - low;
    const generatedMost = SourceGenerator.most(image.schedules, low, high);
    const logMost =
      options.recordSpikes === 'none' ? 0 : 2 + own + generatedMost + options.scheduledMost + inputCapacity;
    const logWords = logMost === 0 ? 0 : logMost + options.legWords;
    const traceMost = options.traceMost[shard]!;
    const traceWords = traceMost === 0 ? 0 : traceMost + options.legWords;
    const activityMost = rowOfActivity(image.cores.slice(cores.first, cores.end), options.activity);
    const activityWords = activityMost === 0 ? 0 : activityMost + options.legWords;
    const membraneMost = options.membraneRuns === null ? 0 : image.populations.length;
    const membraneWords = membraneMost === 0 ? 0 : membraneMost + options.legWords;
    const voltages = membraneMost === 0 ? 0 : neurons;
    return {
      cores,
      clusters: options.clusters[shard]!.map((cluster) => ({
        cores: cluster.cores,
        at: regions.take('cores', cluster.layout.bytes),
      })),
      firstKey,
      sourceLow: low,
      sourceHigh: high,
      reachAt: regions.take('tables', own * reachWords(shards) * 4),
      outboxAt: regions.take('tables', outboxWords.OUTBOX_WORDS * 4),
      boxesAt: regions.take('tables', shards * 4),
      generatedAt: regions.take('host input', (generatedMost + 1) * 4),
      generatedMost,
      sourceSpikesAt: regions.take('host input', (high - low) * 8),
      recordedAt: options.recordSpikes === 'probed' ? regions.take('spike logs', own) : 0,
      logAt: regions.take('spike logs', logWords * 4),
      logWords,
      logMost,
      traceAt: regions.take('traces', traceWords * 4),
      traceWords,
      traceMost,
      activity: options.activity,
      activityAt: regions.take('log of activity', activityWords * 4),
      activityWords,
      activityMost,
      membraneAt: regions.take('log of membrane updates', membraneWords * 4),
      membraneWords,
      membraneMost,
      membraneRuns: options.membraneRuns?.[shard] ?? [],
      voltagesAt: regions.take('log of membrane updates', voltages * 4),
      voltages,
    };
  });
  const mailboxes = split.map((_, from) =>
    split.map((_, to) => {
      const capacity = survey.pairs[from * shards + to]! + shardPlans[from]!.generatedMost;
      return {
        capacity,
        even: regions.take('mailboxes', mailboxBytes(capacity)),
        odd: regions.take('mailboxes', mailboxBytes(capacity)),
      };
    }),
  );
  return {
    bytes: regions.total(),
    keys,
    shards: shardPlans,
    mailboxes,
    inputAt,
    inputCapacity,
    scheduledStepsAt,
    scheduledKeysAt,
    scheduled: options.scheduled,
  };
}

/** Words that one step adds to the log of activity of these cores. */
function rowOfActivity(cores: readonly { readonly n: number }[], activity: ActivityRecord): number {
  if (activity === 'none') return 0;
  return cores.length + (activity === 'counts' ? 0 : activityWords(cores).at(-1)!);
}
