/** Two signals of a channel, as functions of time in steps, with values 0..1. */

export interface Course {
  readonly name: string;
  readonly at: (step: number) => number;
}

/** Steps 1..DURATION. */
export const DURATION = 1280;

export const COURSES: readonly Course[] = [
  { name: 'sine', at: (step) => 0.5 + 0.4 * Math.sin((2 * Math.PI * step) / 640) },
  { name: 'step', at: (step) => (step <= 500 ? 0.2 : 0.8) },
];

/** A sample at the start of every `window` steps. */
export const sampled = ({ at }: Course, window: number): Float64Array =>
  Float64Array.from({ length: DURATION / window }, (_, k) => at(k * window));
