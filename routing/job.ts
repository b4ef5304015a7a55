/** What a shard is started with. Plain data and the chip's memory: it may cross to another thread. */
import type { BackendKind } from '../cores/index.js';
import type { SourceSchedule } from './image.js';
import type { MemoryPlan } from './memory-plan.js';

/** The part of a probe of u or v that lies on one shard. */
export interface TraceJob {
  /** Inclusive window; sampled at `from`, `from + every`, ... */
  readonly from: number;
  readonly to: number;
  readonly every: number;
  readonly variable: 'u' | 'v';
  /** Whether v of a refractory compartment reads as its countdown. */
  readonly countdown: boolean;
  /** (cluster of the shard, core of the cluster, compartment) of each value */
  readonly places: Uint32Array;
}

export interface ShardJob {
  readonly shard: number;
  readonly memory: WebAssembly.Memory;
  readonly plan: MemoryPlan;
  readonly kernels: BackendKind;
  readonly schedules: readonly SourceSchedule[];
  /** By shard: of its own, and for shard 0 of all. */
  readonly traces: readonly (readonly TraceJob[])[];
  /** Barrier: milliseconds to wait for another shard, and looks before sleeping; 0 where shards share processors. */
  readonly stallMs: number;
  readonly spins: number;
}

/** Whether a probe window samples at `step`. */
export const isDue = (window: Pick<TraceJob, 'from' | 'to' | 'every'>, step: number): boolean =>
  step >= window.from && step <= window.to && (step - window.from) % window.every === 0;
