/**
 * How far detailed times may be from those printed, and how far they are. SANA-FE takes equal send times in the order
 * of its C++ library's heap; with another order a step was seen to differ by up to 1 %, a run by less than 0.02 %
 * (shared/vectors/sanafe). A deviation within that is told, not taken for a mismatch; its cause is not known.
 */
import { exponential } from '../sanafe/outputs.js';

const STEP_TOLERANCE = 0.015;
const RUN_TOLERANCE = 0.0002;

const percent = (part: number): string => `${Number((100 * part).toPrecision(2))} %`;

const ALLOWED = `the tolerance, for the order of equal send times, is ${percent(STEP_TOLERANCE)} a step and ${percent(RUN_TOLERANCE)} a run`;

export const isStepNear = (ours: number, printed: number): boolean =>
  Math.abs(ours - printed) <= STEP_TOLERANCE * printed;

export const isRunNear = (ours: number, printed: number): boolean =>
  Math.abs(ours - printed) <= RUN_TOLERANCE * printed;

/** `4.182900e-06 s here, 4.224729e-06 s printed` */
const both = (ours: number, printed: number): string =>
  `${exponential(ours)} s here, ${exponential(printed)} s printed`;

/** What is said of a total that is near. */
export const runNote = (field: string, ours: number, printed: number): string =>
  `${field}: ${both(ours, printed)}, ${percent(Math.abs(ours / printed - 1))} apart; ${ALLOWED}`;

/** Steps whose times are not those printed. */
export class TimeDeviations {
  #steps = 0;
  #worst = { step: 0, part: 0, ours: 0, printed: 0 };
  readonly #run = { ours: 0, printed: 0 };

  /** Takes up a step; `isExact`: whether it prints alike. What is printed but no time is a mismatch, not a deviation. */
  add(step: number, ours: number, printed: number, isExact: boolean): void {
    if (!(printed > 0)) return;
    this.#run.ours += ours;
    this.#run.printed += printed;
    if (isExact) return;
    this.#steps++;
    const part = Math.abs(ours / printed - 1);
    if (part > this.#worst.part) this.#worst = { step, part, ours, printed };
  }

  /** Sums of all steps. */
  get run(): { readonly ours: number; readonly printed: number } {
    return this.#run;
  }

  /** How many steps deviate, the worst of them and the run, in one line; null where none does. */
  note(of: number): string | null {
    if (this.#steps === 0) return null;
    const { step, part, ours, printed } = this.#worst;
    const run = Math.abs(this.#run.ours / this.#run.printed - 1);
    const steps = `${this.#steps} of ${of} steps ${this.#steps === 1 ? 'deviates' : 'deviate'}`;
    const worst = `by at most ${percent(part)} (step ${step}: ${both(ours, printed)})`;
    return `detailed time: ${steps}, ${worst}, the run by ${percent(run)}; ${ALLOWED}`;
  }

  /** What of the messages was not compared; null where all was. */
  messagesNote(): string | null {
    if (this.#steps === 0) return null;
    const steps =
      this.#steps === 1
        ? '1 step whose detailed time deviates'
        : `${this.#steps} steps whose detailed times deviate`;
    return `messages: times and delays on the way are not compared in ${steps}`;
  }
}
