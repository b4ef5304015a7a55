/** Something that can be asked for by name: `npm run bench -- NAME`. */
import type { ChipOptions } from '../routing/index.js';
import type { Finding } from './report.js';

export interface Settings {
  /** As given to `Chip.open`, one after the other. */
  readonly workers: readonly Workers[];
  readonly kernels: NonNullable<ChipOptions['kernels']>;
  /** Warm runs, or repetitions of what is short. */
  readonly reps: number;
  /** Warm runs of W1 to W4 on one chip, reset in between, rather than on a fresh one each. */
  readonly reuse: boolean;
  /** Pairs of runs against C, or of Node and browser. */
  readonly pairs: number;
  /** Measured time of a case, ms. */
  readonly time: number;
  /** Progress, for people. */
  readonly say: (text: string) => void;
}

/** A number or what else the chip may come to understand, such as `auto`. */
export type Workers = NonNullable<ChipOptions['workers']>;

export interface Experiment {
  readonly name: string;
  /** For `--list`. */
  readonly title: string;
  /** Whether it is run when nothing is named: seconds, not minutes. */
  readonly quick: boolean;
  run(settings: Settings): Promise<readonly Finding[]>;
}
