/**
 * One open network with its time: forward on the chip, back by checkpoints. One thing at a time: the next call
 * begins when the one before has ended or was cancelled.
 */
import { SeamountError } from '../../../cores/index.js';
import {
  type Checkpoint,
  Chip,
  type ChipImage,
  joinRecordings,
  type Recording,
} from '../../../routing/index.js';
import type { CostProfile } from '../../energy/cost-profile.js';
import type { CallContext } from '../protocol.js';
import type { Advanced, CoreView, Flights, NeuronView, Status, TracePart } from './calls.js';
import { Checkpoints } from './checkpoints.js';
import { FlightLog } from './flight-log.js';
import { fromStep } from './from-step.js';
import { Meters } from './meters.js';
import { coreView, neuronView, placeOf } from './neuron-view.js';

type Visit = Pick<Status, 'hash' | 'again'>;
const UNHASHED: Visit = { hash: null, again: 'first' };

type Breath = Pick<CallContext<{ readonly step: number }>, 'breathe' | 'report'>;

const EVERY = 50;
const MOST_CHECKPOINTS = 128;
const MOST_BYTES = 128 * 2 ** 20;
/** Between two breaths of a seek, ms. */
const BREATH_MS = 12;
/** A leg lasts about so long: short enough to be interrupted, long enough that threads, which meet the host at its end, pay. */
const LEG_MS = 10;
/** What a chip is opened for, as far as threads go. */
const EXPECTED_STEPS = 2000;
/** Steps of a trace, besides those from a checkpoint to it: more are not run again while the page waits. */
const MOST_TRACED = 4000;

export class ChipSession {
  readonly image: ChipImage;
  readonly #first: Checkpoint | null;
  readonly #now: () => number;
  readonly #checkpoints = new Checkpoints({
    every: EVERY,
    most: MOST_CHECKPOINTS,
    mostBytes: MOST_BYTES,
  });
  readonly #hashes = new Map<number, string>();
  readonly #meters: Meters;
  readonly #flights: FlightLog;
  #chip: Chip;
  /** Recordings not handed out yet, and the last step that was recorded for it: each step once. */
  #untold: Recording[] = [];
  #noted: number;
  #pace = 1;
  /** What was found where the chip stands; null once it moves. */
  #visit: Visit | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    chip: Chip,
    {
      costs,
      first,
      now,
    }: { readonly costs: CostProfile; readonly first: Checkpoint | null; readonly now: () => number },
  ) {
    this.image = chip.image;
    this.#chip = chip;
    this.#first = first;
    this.#now = now;
    this.#noted = chip.step;
    this.#meters = new Meters(chip.image, chip, costs);
    this.#flights = new FlightLog(chip.image, this.#meters);
  }

  static async open(
    image: ChipImage,
    options: {
      readonly costs: CostProfile;
      /** The page's clock, ms: decides how much is done at once, never what. */
      readonly now: () => number;
      readonly first?: Checkpoint | null;
      /** What a run directory says of its last step. */
      readonly recorded?: { readonly step: number; readonly hash: string } | null;
    },
  ): Promise<ChipSession> {
    const { costs, now, first = null, recorded = null } = options;
    const session = new ChipSession(await openChip(image, first), { costs, first, now });
    if (recorded !== null) {
      session.#hashes.set(recorded.step, recorded.hash);
      session.#noted = recorded.step;
    }
    return session;
  }

  get chip(): Chip {
    return this.#chip;
  }

  get first(): number {
    return this.#first?.step ?? 0;
  }

  /** After what was asked for before. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#chip.close());
  }

  /** The chip as it stands, with its hash unless it goes on at once. */
  status(rest: boolean): Status {
    const chip = this.#chip;
    const { hash, again } = rest ? this.#stand() : UNHASHED;
    const read = this.#meters.read(chip);
    return { step: chip.step, first: this.first, furthest: this.#noted, hash, again, ...read };
  }

  /** The state here, and whether the chip came to it before; looked at twice it is the same visit. */
  #stand(): Visit {
    if (this.#visit !== null) return this.#visit;
    const { step } = this.#chip;
    const hash = this.#chip.stateHash();
    const before = this.#hashes.get(step);
    if (before === undefined) this.#hashes.set(step, hash);
    this.#visit = { hash, again: before === undefined ? 'first' : hash === before ? 'same' : 'differs' };
    return this.#visit;
  }

  /** Runs up to `steps` steps, fewer when the budget is used up. */
  advance(
    steps: number,
    {
      budgetMs,
      report,
      rest,
      flights,
    }: { budgetMs: number; report: boolean; rest: boolean; flights: boolean },
  ): Promise<Advanced> {
    return this.#inTurn(async () => {
      const end = this.#now() + budgetMs;
      const target = this.#chip.step + steps;
      let fault: Advanced['fault'] = null;
      let flown: Flights | null = null;
      if (report && rest && steps > 0) this.#meters.mark(this.#chip);
      try {
        do {
          const part = await this.#leg(target);
          if (flights && part !== null && part.from === part.to) flown = this.#flights.of(part);
        } while (this.#chip.step < target && this.#now() < end);
      } catch (cause) {
        fault = faultOf(cause);
      }
      const status = report ? this.status(rest) : null;
      if (report) this.#meters.mark(this.#chip);
      return this.#result({ status, flights: flown, fault });
    });
  }

  /** Goes to a step, back or forth. `latest` is then that of this step. */
  seek(step: number, context: Breath): Promise<Advanced> {
    return this.#inTurn(async () => {
      // of many that wait, those that are no longer wanted end here
      await context.breathe();
      const target = Math.max(this.first, Math.trunc(step));
      const last = Math.max(this.first, target - 1);
      let fault: Advanced['fault'] = null;
      try {
        await this.#goTo(last, { ...context, from: this.#checkpoints.before(last) ?? this.#first });
        this.#meters.mark(this.#chip);
        while (this.#chip.step < target) await this.#leg(target);
      } catch (cause) {
        if (!isFault(cause)) throw cause;
        fault = faultOf(cause);
      }
      return this.#result({ status: this.status(true), flights: null, fault });
    });
  }

  /** Other prices; times are found anew, by running again from the first step to here. */
  price(costs: CostProfile, context: Breath): Promise<Status> {
    return this.#inTurn(async () => {
      const { step } = this.#chip;
      this.#meters.costs = costs;
      if (this.first === 0 && this.#meters.timed === 0 && step > 0) {
        await this.#restart(null);
        await this.#goTo(step, { ...context, from: null });
      }
      this.#meters.mark(this.#chip);
      return this.status(true);
    });
  }

  core(core: number): Promise<CoreView> {
    return this.#inTurn(async () => coreView(this.#chip, core));
  }

  neuron(which: { readonly population: number; readonly neuron: number }): Promise<NeuronView> {
    return this.#inTurn(async () => neuronView(this.#chip, this.#meters.table, which));
  }

  /** u or v of a neuron in steps `from .. to`, run again on a chip of its own. */
  trace(which: {
    readonly population: number;
    readonly neuron: number;
    readonly from: number;
    readonly to: number;
  }): Promise<TracePart> {
    return this.#inTurn(async () => {
      const { population, neuron, to } = which;
      const from = Math.max(which.from, this.first + 1);
      const start = this.#checkpoints.before(from - 1) ?? this.#first;
      // a recorded run is known further than the chip has come
      const isFar = to - (start?.step ?? 0) > this.#checkpoints.every + MOST_TRACED;
      const empty = { population, variable: 'v', neurons: Uint32Array.of(neuron) } as const;
      if (placeOf(this.image, population, neuron) === null || to < from || isFar)
        return { ...empty, steps: new Uint32Array(0), samples: new Int32Array(0) };
      const probe = {
        population,
        variables: ['v'] as const,
        neurons: Uint32Array.of(neuron),
        from,
        to: 0,
        every: 1,
      };
      const image = { ...this.image, probes: [probe] };
      await using chip = await Chip.open(image, {
        recordSpikes: 'none',
        ...(start === null ? {} : { checkpoint: start }),
      });
      const { traces } = await chip.run(to - chip.step);
      const { steps, samples } = traces[0]!;
      return { ...empty, steps, samples };
    });
  }

  /** Runs to `target` or the next checkpoint, or about as far as a few milliseconds go. */
  async #leg(target: number): Promise<Recording | null> {
    const chip = this.#chip;
    const { every } = this.#checkpoints;
    const steps = Math.min(
      target - chip.step,
      every - (chip.step % every),
      Math.max(1, Math.floor(this.#pace)),
    );
    if (steps > 0) this.#visit = null;
    const start = this.#now();
    let last: Recording | null = null;
    try {
      for await (const recording of chip.legs(steps)) {
        last = recording;
        this.#meters.time(recording);
        if (recording.to <= this.#noted) continue;
        this.#untold.push({ ...fromStep(recording, this.#noted + 1, this.image), activity: null });
        this.#noted = recording.to;
      }
    } finally {
      const took = this.#now() - start;
      this.#pace = took > LEG_MS ? Math.max(1, this.#pace / 2) : Math.min(1e6, this.#pace * 1.5);
    }
    if (this.#checkpoints.wants(chip.step)) this.#checkpoints.add(chip.checkpoint());
    return last;
  }

  /** To `step`, from a checkpoint at or before it where that is the shorter way. */
  async #goTo(
    step: number,
    { breathe, report, from }: Breath & { readonly from: Checkpoint | null },
  ): Promise<void> {
    if (this.#chip.step > step || (from?.step ?? 0) > this.#chip.step) await this.#restart(from);
    let breath = this.#now() + BREATH_MS;
    while (this.#chip.step < step) {
      await this.#leg(step);
      if (this.#now() < breath) continue;
      report({ step: this.#chip.step });
      await breathe();
      breath = this.#now() + BREATH_MS;
    }
  }

  async #restart(checkpoint: Checkpoint | null): Promise<void> {
    this.#visit = null;
    const old = this.#chip;
    this.#chip = await openChip(this.image, checkpoint);
    await old.close();
  }

  /** Hands out what was recorded since the last time. */
  #result(rest: Pick<Advanced, 'status' | 'flights' | 'fault'>): Advanced {
    const told = this.#untold.length === 0 ? null : joinRecordings(this.#untold);
    this.#untold = [];
    return {
      step: this.#chip.step,
      known: this.#noted,
      // a part of a larger array would cross with all of it
      spikes: {
        steps: told?.spikes.steps.slice() ?? new Uint32Array(0),
        ids: told?.spikes.ids.slice() ?? new Uint32Array(0),
      },
      traces: told === null ? [] : tracesOf(this.image, told),
      ...rest,
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Threads only where a network is so large that they pay within a run of some length; a page without isolation has none. */
const openChip = (image: ChipImage, checkpoint: Checkpoint | null): Promise<Chip> =>
  Chip.open(image, {
    activity: 'compartments',
    workers: 'auto',
    expectedSteps: EXPECTED_STEPS,
    ...(checkpoint === null ? {} : { checkpoint }),
  });

const isFault = (cause: unknown): cause is SeamountError =>
  cause instanceof SeamountError && cause.code === 'E_OVERFLOW';

/** @throws what is no fault of a neuron */
function faultOf(cause: unknown): Advanced['fault'] {
  if (!isFault(cause)) throw cause;
  return { message: cause.message, hint: cause.hint };
}

const tracesOf = (image: ChipImage, { traces }: Recording): TracePart[] =>
  traces
    .filter(({ steps }) => steps.length > 0)
    .map(({ probe, variable, steps, neurons, samples }) => ({
      population: image.probes[probe]!.population,
      variable,
      steps: steps.slice(),
      neurons: neurons.slice(),
      samples: samples.slice(),
    }));
