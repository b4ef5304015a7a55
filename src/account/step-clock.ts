/** A timing model at work on a run: recordings in, a time for each step out. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, Recording } from '../../routing/index.js';
import type { CostProfile } from '../energy/cost-profile.js';
import type { EventName } from '../energy/events.js';
import { isFigure } from '../energy/figure.js';
import { canTime, coreCosts, meshCosts, type TimeUnit } from '../timing/core-costs.js';
import { DetailedModel } from '../timing/detailed.js';
import { meshGeometry } from '../timing/geometry.js';
import { MeshModel, type MeshOptions } from '../timing/mesh.js';
import { MessageWalk } from '../timing/message-walk.js';
import { SimpleModel } from '../timing/simple.js';
import { SimpleSums } from '../timing/simple-sums.js';
import { codeOfBound } from '../timing/step-bounds.js';
import type { MeshGeometry, StepMessages, StepTime, TimingModel } from '../timing/step-messages.js';

export type TimingName = 'simple' | 'detailed' | 'mesh';

export interface ClockOptions {
  readonly model: TimingName;
  readonly costs: CostProfile;
  /** See `WalkOptions`; `simple` takes the counts of recordings as they are. */
  readonly updates: 'state' | 'arrivals';
  /** Whether the messages of steps are wanted; `simple` does not make them unasked. */
  readonly messages: boolean;
}

/** Told of a step with its messages and, by core, the compartments updated: all valid until the next. */
export type OnStep = (messages: StepMessages, time: StepTime, updated: Uint32Array) => void;

const ROOM = 1024;
/** Spikes that wait to be timed together: between two legs the chip drives the tables out of the caches, and a spike of W2 takes 133 ns instead of 33. */
const BATCH = 1 << 18;

export class StepClock {
  readonly model: TimingName;
  readonly geometry: MeshGeometry;
  /** ps */
  readonly barrier: number;
  /** Events that take no time because the profile has no figure. */
  readonly untimed: readonly EventName[];
  readonly mesh: MeshModel | null;
  readonly #psPerUnit: number;
  readonly #sums: SimpleSums | null;
  readonly #walk: MessageWalk | null;
  readonly #timing: TimingModel | null;
  readonly #waiting: Recording[] = [];
  #waitingSpikes = 0;
  #times: Float64Array = new Float64Array(ROOM);
  #bounds: Int32Array = new Int32Array(ROOM);
  #steps = 0;

  /** @throws {SeamountError} E_USAGE for a profile without a single latency */
  constructor(image: ChipImage, options: ClockOptions) {
    const { model, costs, updates, messages } = options;
    if (!canTime(costs))
      throw new SeamountError(
        'E_USAGE',
        `cost profile ${costs.name} has no latencies, so model ${model} has nothing to reckon with`,
        'choose a profile that has (loihi1-sanafe), or leave time out (timing off)',
      );
    // a network of the peer's is timed to the peer's last digit, ties included, if it is rounded as there: in seconds
    const unit: TimeUnit = model === 'detailed' && updates === 'arrivals' ? 's' : 'ps';
    this.#psPerUnit = unit === 's' ? 1e12 : 1;
    const cores = coreCosts(costs, unit);
    this.model = model;
    this.geometry = meshGeometry(image);
    const mesh = meshCosts(costs, this.geometry.tilesInUse, unit);
    this.barrier = mesh.costs.barrier * this.#psPerUnit;
    // hops take time in no model but the two that have a mesh
    const hops = model === 'simple' ? mesh.untimed.filter((name) => !name.startsWith('hop')) : mesh.untimed;
    this.untimed = [...cores.untimed, ...hops];
    this.mesh = model === 'mesh' ? new MeshModel(this.geometry, mesh.costs, linkOf(costs)) : null;
    if (model === 'simple' && !messages) {
      this.#sums = new SimpleSums(image, cores.costs, mesh.costs);
      this.#walk = null;
      this.#timing = null;
      return;
    }
    this.#sums = null;
    this.#walk = new MessageWalk(image, cores.costs, { updates });
    if (model === 'simple') this.#timing = new SimpleModel(this.geometry.cores, mesh.costs);
    else if (this.mesh !== null) this.#timing = this.mesh;
    else this.#timing = new DetailedModel(this.geometry, mesh.costs, null);
  }

  /** Steps timed so far, and the time of each in ps. */
  get steps(): number {
    return this.#steps;
  }
  get times(): Float64Array {
    return this.#times.subarray(0, this.#steps);
  }
  /** Code (step-bounds.ts) of what bounded each step. */
  get bounds(): Int32Array {
    return this.#bounds.subarray(0, this.#steps);
  }

  /**
   * Times the steps of a recording, which must hold all spikes and the activity that `Account.needs` says.
   * `onStep` is told of each where messages are made.
   */
  add(recording: Recording, onStep?: OnStep): void {
    if (this.#sums !== null) {
      this.#waiting.push(recording);
      this.#waitingSpikes += recording.spikes.ids.length;
      if (this.#waitingSpikes >= BATCH) this.finish();
      return;
    }
    this.#grow(this.#steps + recording.to - recording.from + 1);
    const walk = this.#walk!;
    for (const messages of walk.steps(recording)) {
      const time = this.#timing!.step(messages);
      this.#take(time);
      onStep?.(messages, time, walk.updated);
    }
  }

  /** Times what waits: recordings of a model that reckons many at once, while its tables are in the caches. */
  finish(): void {
    if (this.#sums === null) return;
    for (const recording of this.#waiting) {
      const steps = recording.to - recording.from + 1;
      this.#grow(this.#steps + steps);
      this.#sums.time(recording, this.#times, this.#bounds, this.#steps);
      this.#steps += steps;
    }
    this.#waiting.length = 0;
    this.#waitingSpikes = 0;
  }

  #take({ time, bound }: StepTime): void {
    this.#bounds[this.#steps] = codeOfBound(bound);
    this.#times[this.#steps++] = time * this.#psPerUnit;
  }

  #grow(steps: number): void {
    if (steps <= this.#times.length) return;
    const room = Math.max(steps, 2 * this.#times.length);
    const times = new Float64Array(room);
    times.set(this.#times);
    this.#times = times;
    const bounds = new Int32Array(room);
    bounds.set(this.#bounds);
    this.#bounds = bounds;
  }
}

/** How long a message keeps a link busy, where the profile has a figure; else as long as its hop. */
function linkOf({ latency: { link } }: CostProfile): MeshOptions {
  return link !== undefined && isFigure(link) ? { occupation: Math.round(1000 * link.value) } : {};
}
