/** The page's side of a run: opens, plays, steps and scrubs, and keeps what it was told. Tells `onChange` of news. */
import type { ChipWorker } from '../chip-worker.js';
import { type Failure, failureOf, isAborted } from '../protocol.js';
import type { Advanced, ChipCalls, Flights, Given, Opened, Status } from './calls.js';
import { SpikeHistory } from './spike-history.js';

/** Steps a second; Infinity: as fast as it goes. */
export const SPEEDS: readonly { readonly value: number; readonly text: string }[] = [
  { value: 1, text: '1 step/s' },
  { value: 4, text: '4 steps/s' },
  { value: 20, text: '20 steps/s' },
  { value: 100, text: '100 steps/s' },
  { value: 1000, text: '1,000 steps/s' },
  { value: Number.POSITIVE_INFINITY, text: 'full speed' },
];

/** Up to this speed messages are shown on their way. */
export const TRAVEL_SPEED = 4;
/** Of a step, ms, where messages are shown. */
const TRAVEL_MS = 900;
/** The chip works so long for each frame. */
const BUDGET_MS = 10;
/** Between two reports while it runs, and how many times longer than a report takes. */
const REPORT_MS = 120;
const REPORT_SHARE = 6;
/** Run where the network's file does not say how long. */
const DEFAULT_STEPS = 1000;
/** Some 240 MB of spikes: more than that a page should not hold. */
const MOST_SPIKES = 30_000_000;

/** Messages on their way: shown from `start` (of the page's clock) for `ms`. */
export interface Travel {
  readonly flights: Flights;
  readonly start: number;
  readonly ms: number;
}

export class RunControl {
  readonly #worker: ChipWorker<ChipCalls>;
  readonly #onChange: () => void;
  opened: Opened | null = null;
  history: SpikeHistory | null = null;
  status: Status | null = null;
  travel: Travel | null = null;
  failure: { readonly title: string; readonly failure: Failure } | null = null;
  step = 0;
  /** Where a run stops by itself. */
  end = DEFAULT_STEPS;
  speed = 100;
  isPlaying = false;
  isOpening = false;
  /** Step a seek is on its way to; null when there is none. */
  seeking: number | null = null;
  /** Where that seek has got to. */
  passing: number | null = null;
  costs: string;
  #seek: AbortController | null = null;
  #play = 0;
  /** Asked for, and not answered yet. */
  readonly #pending = new Set<Promise<unknown>>();
  /** The last opening: files may be dropped while one is on its way. */
  #opening: Promise<boolean> = Promise.resolve(false);
  #isClosed = false;

  constructor(worker: ChipWorker<ChipCalls>, costs: string, onChange: () => void) {
    this.#worker = worker;
    this.costs = costs;
    this.#onChange = onChange;
  }

  /** Opens what was given, after what was given before; what is open stays when it cannot be. */
  open(given: Given): Promise<boolean> {
    this.#opening = this.#opening.then(() => this.#open(given));
    return this.#opening;
  }

  async #open(given: Given): Promise<boolean> {
    this.pause();
    this.#seek?.abort();
    this.isOpening = true;
    this.#onChange();
    // what is on its way is of the network that is open
    await Promise.allSettled(this.#pending);
    try {
      const opened = await this.#worker.ask('open', { given, costs: this.costs });
      const { status, run } = opened;
      this.opened = opened;
      this.status = status;
      this.step = status.step;
      this.history = new SpikeHistory(opened.populations, status.first);
      if (run !== null) this.history.add(run.spikes, run.traces, run.to);
      this.end = run?.to ?? status.step + (opened.steps ?? DEFAULT_STEPS);
      this.travel = null;
      this.failure = null;
      return true;
    } catch (cause) {
      this.#fail('This cannot be opened', cause);
      return false;
    } finally {
      this.isOpening = false;
      this.#onChange();
    }
  }

  play(): void {
    if (this.opened === null || this.isPlaying || this.isOpening) return;
    if (this.step >= this.end) this.end = this.step + Math.max(100, this.end - this.opened.status.first);
    this.isPlaying = true;
    // a failure from before would stop the run
    this.failure = null;
    this.#onChange();
    const turn = ++this.#play;
    void this.#track(
      this.#run(turn).catch((cause) => {
        this.isPlaying = false;
        this.#fail('The run stopped', cause);
      }),
    );
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.#onChange();
  }

  /** One step, and its messages on their way. */
  async stepOnce(): Promise<void> {
    if (this.isOpening) return;
    this.pause();
    try {
      await this.#track(this.#advance(1, { report: true, rest: true, flights: true }));
    } catch (cause) {
      this.#fail('The step failed', cause);
    }
  }

  /** Goes to a step; one that is asked for meanwhile takes its place. */
  async seek(step: number): Promise<void> {
    if (this.opened === null || this.isOpening) return;
    this.pause();
    this.#seek?.abort();
    const seek = new AbortController();
    this.#seek = seek;
    this.seeking = step;
    this.passing = null;
    this.travel = null;
    this.#onChange();
    try {
      this.#take(
        await this.#track(
          this.#worker.ask(
            'seek',
            { step },
            {
              signal: seek.signal,
              onProgress: (progress) => {
                if (this.#seek !== seek) return;
                this.passing = progress.step;
                this.#onChange();
              },
            },
          ),
        ),
      );
    } catch (cause) {
      if (!isAborted(cause)) this.#fail('This step cannot be reached', cause);
    } finally {
      if (this.#seek === seek) {
        this.#seek = null;
        this.seeking = null;
        this.passing = null;
      }
      this.#onChange();
    }
  }

  async price(costs: string): Promise<void> {
    if (this.isOpening) return;
    this.costs = costs;
    this.pause();
    try {
      this.status = await this.#track(this.#worker.ask('price', { costs }));
    } catch (cause) {
      this.#fail('The run cannot be priced', cause);
    }
    this.#onChange();
  }

  dismiss(): void {
    this.failure = null;
    this.#onChange();
  }

  close(): void {
    this.#isClosed = true;
    this.isPlaying = false;
    this.#worker.close();
  }

  /** A frame after another until the end, a pause or another run. */
  async #run(turn: number): Promise<void> {
    let owed = 0;
    let before = await frame();
    let reported = before;
    let reportMs = 0;
    while (this.isPlaying && turn === this.#play && !this.#isClosed) {
      const { speed } = this;
      // at full speed the worker is never without work; frames are drawn meanwhile
      const now = Number.isFinite(speed) ? await frame() : performance.now();
      const travels = speed <= TRAVEL_SPEED;
      // a page that was hidden does not catch up
      const most = travels ? 1 : Math.max(1, speed / 4);
      owed = Number.isFinite(speed) ? Math.min(owed + ((now - before) * speed) / 1000, most) : speed;
      before = now;
      if (owed < 1) continue;
      const steps = Math.min(Math.floor(owed), this.end - this.step);
      const report = travels || now - reported > Math.max(REPORT_MS, REPORT_SHARE * reportMs);
      const last = steps === this.end - this.step;
      if (this.isPlaying && steps > 0) {
        const asked = performance.now();
        await this.#advance(steps, { report, rest: travels, flights: travels });
        owed -= travels ? 1 : steps;
        if (report) {
          reportMs = Math.max(0, performance.now() - asked - BUDGET_MS);
          reported = now;
        }
      }
      if ((last && this.step >= this.end) || this.failure !== null) this.isPlaying = false;
    }
    // the chip stands: with its hash
    if (turn === this.#play && !this.#isClosed && this.seeking === null)
      await this.#advance(0, { report: true, rest: true, flights: false });
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    try {
      return await work;
    } finally {
      this.#pending.delete(work);
    }
  }

  async #advance(
    steps: number,
    {
      report,
      rest,
      flights,
    }: { readonly report: boolean; readonly rest: boolean; readonly flights: boolean },
  ): Promise<void> {
    const one = flights ? Math.min(1, steps) : steps;
    const result = await this.#worker.ask('advance', {
      steps: Number.isFinite(one) ? one : Number.MAX_SAFE_INTEGER,
      budgetMs: BUDGET_MS,
      report,
      rest,
      flights,
    });
    this.#take(result);
    this.#onChange();
  }

  #take({ step, known, spikes, traces, status, flights, fault }: Advanced): void {
    this.step = step;
    if (this.step > this.end) this.end = this.step;
    this.history?.add(spikes, traces, known);
    if (status !== null) this.status = status;
    if (flights !== null)
      this.travel = {
        flights,
        start: performance.now(),
        ms: TRAVEL_MS / Math.max(1, this.isPlaying ? this.speed : 1),
      };
    if ((this.history?.spikes ?? 0) > MOST_SPIKES && this.isPlaying)
      this.failure = {
        title: 'The run was stopped',
        failure: {
          code: 'E_CAPACITY',
          message: `This page keeps all spikes, and has more than ${MOST_SPIKES.toLocaleString('en')} of them now.`,
          hint: 'run it with the command line, which writes them to files',
        },
      };
    if (fault !== null)
      this.failure = { title: 'A neuron left its range', failure: { code: 'E_OVERFLOW', ...fault } };
  }

  #fail(title: string, cause: unknown): void {
    if (this.#isClosed) return;
    this.failure = { title, failure: failureOf(cause) };
    this.#onChange();
  }
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
