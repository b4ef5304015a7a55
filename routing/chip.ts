/**
 * The chip: an image in memory, shards that run it, and everything the host may ask of it between two
 * steps. Steps are counted from 1; a spike of step t arrives at t + 1 + delay, an input spike for step t at t.
 */
import { type CoreState, SeamountError } from '../cores/index.js';
import { type BusyTime, busyTime } from './busy.js';
import { type ChipCounters, readCounters } from './chip-counters.js';
import {
  type Checkpoint,
  readCheckpoint,
  readSourceSpikes,
  resetState,
  stateHash,
  writeCheckpoint,
} from './chip-state.js';
import { INPUT_COUNT, LEG_START, LEG_TARGET, SHARD_STEP, STOP, shardWord } from './control.js';
import { loseInFlight, spikesOf } from './deliveries.js';
import { faultOf } from './fault.js';
import { HostInput } from './host-input.js';
import type { ChipImage } from './image.js';
import type { PlacedChip } from './place-chip.js';
import type { Crew } from './pool.js';
import { Recorder } from './recorder.js';
import { joinRecordings, type Recording } from './recording.js';
import { sharesOf } from './shard.js';
import { type ChipOptions, startChip } from './start-chip.js';

export interface LegOptions {
  /** Stops at the next step boundary. */
  readonly signal?: AbortSignal;
  /** Longest recording, in steps, or what says so before each; default as long as the logs hold. */
  readonly every?: number | (() => number);
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Told about ten times a second, between steps, how many of the steps asked for are done. */
  readonly onProgress?: (done: number, steps: number) => void;
}

/** One shard of a chip. */
export interface ShardBalance {
  readonly firstCore: number;
  readonly cores: number;
  /** Predicted, of 1: what the cores were shared out by. */
  readonly share: number;
  /** Measured; null for a single shard, and before about 7 steps. */
  readonly time: BusyTime | null;
}

const PROGRESS_MS = 100;
const STEP_LIMIT = 2 ** 31 - 2;

export class Chip {
  readonly image: ChipImage;
  readonly #chip: PlacedChip;
  readonly #crew: Crew;
  readonly #input: HostInput;
  readonly #inputBuffer: Int32Array;
  readonly #recorder: Recorder;
  #step = 0;
  #state: 'ready' | 'running' | 'closed' | 'failed' = 'ready';

  private constructor(chip: PlacedChip, crew: Crew) {
    const { plan, memory, image } = chip;
    this.image = image;
    this.#chip = chip;
    this.#crew = crew;
    this.#input = new HostInput(image.sources.count, chip.payloads);
    this.#inputBuffer = new Int32Array(memory.buffer, plan.inputAt, plan.inputCapacity * 3);
    this.#recorder = new Recorder(chip);
  }

  /**
   * Programs a chip and starts its shards. Close it when done: it may own threads.
   * Throws E_USAGE for bad options, E_INPUT for a bad image or checkpoint, E_CAPACITY when memory does not
   * do, E_WORKER when shards cannot start.
   */
  static async open(image: ChipImage, options: ChipOptions = {}): Promise<Chip> {
    const { chip, crew } = await startChip(image, options);
    const opened = new Chip(chip, crew);
    if (options.checkpoint !== undefined) await opened.#continueFrom(options.checkpoint);
    return opened;
  }

  /** The last step that was run; 0 at first. */
  get step(): number {
    return this.#step;
  }

  /** Shards in use: `workers`, or fewer when there are fewer cores. */
  get shards(): number {
    return this.#chip.plan.shards.length;
  }

  /** Bytes of the chip's memory; pages never touched are counted though they cost nothing. */
  get memoryBytes(): number {
    return this.#chip.memory.buffer.byteLength;
  }

  /** The cores of each shard, its predicted share of the work, and how long it took and waited so far. */
  get balance(): readonly ShardBalance[] {
    const { plan, memory } = this.#chip;
    const shares = sharesOf(
      this.image.cores,
      plan.shards.map(({ cores }) => cores),
    );
    return plan.shards.map(({ cores: { first, end } }, shard) => ({
      firstCore: first,
      cores: end - first,
      share: shares[shard]!,
      time: busyTime(memory.buffer, shard),
    }));
  }

  /**
   * Runs `steps` steps, in one recording or in several: a recording ends when the logs are full, after
   * `every` steps, or when `signal` fires. What was recorded is always yielded before an error is thrown:
   * E_ABORTED with the signal's reason as cause, E_OVERFLOW naming the neuron, E_WORKER, E_STALL.
   */
  async *legs(steps: number, options: LegOptions = {}): AsyncGenerator<Recording, void, undefined> {
    const { signal, every = Number.POSITIVE_INFINITY } = options;
    const first = this.#step;
    const end = this.#checkSteps(steps);
    while (this.#step < end) {
      if (signal?.aborted) throw aborted(signal, this.#step - first, steps);
      const own = typeof every === 'number' ? every : every();
      if (!(own >= 1)) throw new SeamountError('E_USAGE', `every must be at least 1 step, got ${own}`);
      yield await this.#leg(Math.min(end, this.#step + own), signal);
      this.#throwFault();
    }
  }

  /** Runs `steps` steps and returns all that was recorded. Throws as `legs`; recordings so far are lost then. */
  async run(steps: number, options: RunOptions = {}): Promise<Recording> {
    const { signal, onProgress } = options;
    const first = this.#step;
    const parts: Recording[] = [];
    const done = (): number => this.#chip.control[shardWord(0, SHARD_STEP)]! - first;
    const timer = onProgress && setInterval(() => onProgress(Math.max(0, done()), steps), PROGRESS_MS);
    try {
      for await (const part of this.legs(steps, signal ? { signal } : {})) parts.push(part);
    } finally {
      clearInterval(timer);
    }
    onProgress?.(steps, steps);
    return parts.length > 0 ? joinRecordings(parts) : this.#recorder.collect(first + 1, first);
  }

  /**
   * Runs one step at once and returns what it recorded. For closed loops; only where shards run in the
   * calling thread (E_USAGE else). Throws E_OVERFLOW as `legs`.
   */
  stepSync(): Recording {
    const { legNow } = this.#crew;
    if (legNow === null) {
      throw new SeamountError(
        'E_USAGE',
        'stepSync needs shards in the calling thread',
        'open the chip with workers: 1 or pool: "inline"',
      );
    }
    this.#begin(this.#checkSteps(1));
    try {
      legNow();
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
    const recording = this.#end();
    this.#throwFault();
    return recording;
  }

  /**
   * Queues input spikes by source number (`PopulationImage.firstSource + neuron`). `steps` are arrival steps,
   * one for all or one each; default the next step. `values` multiply the weights (chips with payloads).
   * A source can be sent once per step. Throws E_USAGE, and queues nothing, for what cannot be.
   */
  send(spikes: {
    readonly sources: ArrayLike<number>;
    readonly steps?: number | ArrayLike<number>;
    readonly values?: ArrayLike<number>;
  }): void {
    this.#checkReady();
    this.#input.add(this.#step, spikes.steps ?? this.#step + 1, spikes.sources, spikes.values ?? null);
  }

  /** Takes the raw noise draws of the coming step for one core from the host (length n), in place of the generator. */
  injectNoise(core: number, raw: ArrayLike<number>): void {
    this.#checkReady();
    this.#chip.cores[this.#checkCore(core)]!.core.injectNoise(raw);
  }

  /** Counters of every core, and their sums. */
  counters(): ChipCounters {
    this.#checkReady();
    return readCounters(this.#chip, this.#step);
  }

  /** Spikes so far of every source key (message-table.ts): compartments by core, then host sources. */
  spikeCounts(): Float64Array {
    this.#checkReady();
    const { cores, plan } = this.#chip;
    const counts = new Float64Array(plan.keys.count);
    cores.forEach((_, i) => {
      counts.set(spikesOf(this.#chip, i), plan.keys.firstOfCore[i]!);
    });
    counts.set(readSourceSpikes(this.#chip), plan.keys.firstOfCore[cores.length]!);
    return counts;
  }

  /** `updatesActive` of every core so far: as in `counters`, without the rest of them. */
  activeUpdates(): Float64Array {
    this.#checkReady();
    return Float64Array.from(this.#chip.cores, ({ core }) => Number(core.counters().updatesActive));
  }

  /** What one core remembers now. */
  state(core: number): CoreState {
    this.#checkReady();
    const { cluster, index } = this.#chip.cores[this.#checkCore(core)]!;
    return cluster.readState(index, this.#step);
  }

  /** Hash of all state and counters: equal for equal futures and equal pasts, whatever workers and kernels. 16 hex digits. */
  stateHash(): string {
    this.#checkReady();
    return stateHash(this.#chip, this.#step);
  }

  /** All state as plain data; `Chip.open` with the same image continues from it bit for bit. */
  checkpoint(): Checkpoint {
    this.#checkReady();
    return readCheckpoint(this.#chip, this.#step, this.#input.pending());
  }

  /**
   * Back to the state before the first step: u and v as in the image, nothing refractory, pending or in
   * flight, queued input forgotten, no fault. The step number and all counters go on.
   */
  reset(): void {
    this.#checkReady();
    loseInFlight(this.#chip, this.#step);
    resetState(this.#chip, this.#step);
    this.#input.clear();
  }

  /** Ends all threads. A run in progress rejects. May be called twice. */
  async close(): Promise<void> {
    this.#state = 'closed';
    await this.#crew.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #continueFrom(checkpoint: Checkpoint): Promise<void> {
    try {
      writeCheckpoint(this.#chip, checkpoint);
      const { steps, sources, values } = checkpoint.input;
      this.#step = checkpoint.step;
      this.#input.add(this.#step, steps, sources, values);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Runs to `target` or less. */
  async #leg(target: number, signal: AbortSignal | undefined): Promise<Recording> {
    this.#begin(target);
    const stop = (): void => {
      Atomics.store(this.#chip.control, STOP, 1);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await this.#crew.leg();
    } catch (error) {
      if (this.#state === 'running') this.#state = 'failed';
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    return this.#end();
  }

  #begin(target: number): void {
    this.#checkReady();
    const { control } = this.#chip;
    const { count, last } = this.#input.load(this.#inputBuffer, target);
    control[INPUT_COUNT] = count;
    control[LEG_START] = this.#step;
    control[LEG_TARGET] = last;
    control[STOP] = 0;
    this.#state = 'running';
  }

  #end(): Recording {
    const from = this.#step + 1;
    this.#step = this.#chip.control[shardWord(0, SHARD_STEP)]!;
    this.#input.drop(this.#step);
    this.#state = 'ready';
    return this.#recorder.collect(from, this.#step);
  }

  /** The step at which `steps` more end. */
  #checkSteps(steps: number): number {
    this.#checkReady();
    this.#throwFault();
    if (!(Number.isInteger(steps) && steps >= 0)) {
      throw new SeamountError('E_USAGE', `steps must be a whole number, got ${steps}`);
    }
    if (this.#step + steps > STEP_LIMIT) {
      throw new SeamountError(
        'E_USAGE',
        `a chip runs ${STEP_LIMIT} steps; this would be step ${this.#step + steps}`,
      );
    }
    return this.#step + steps;
  }

  #checkCore(core: number): number {
    if (this.#chip.cores[core] !== undefined) return core;
    throw new SeamountError('E_USAGE', `there is no core ${core}; the chip has ${this.#chip.cores.length}`);
  }

  #checkReady(): void {
    if (this.#state === 'ready') return;
    const why = {
      running: 'the chip is running: wait for its recording first',
      closed: 'the chip is closed',
      failed: 'the chip has failed and cannot go on; open it again',
    }[this.#state];
    throw new SeamountError('E_USAGE', why);
  }

  #throwFault(): void {
    const fault = faultOf(this.#chip);
    if (fault !== null) throw fault;
  }
}

function aborted(signal: AbortSignal, done: number, steps: number): SeamountError {
  return new SeamountError('E_ABORTED', `stopped after ${done} of ${steps} steps`, '', {
    cause: signal.reason,
  });
}
