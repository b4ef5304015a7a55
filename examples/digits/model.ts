/**
 * The shape and the dynamics of the network, shared by training, by the integer reference and by the chip.
 *
 *     784 pixels --5 x 5 convolution, stride 2--> 16 maps of 12 x 12 features --all to all--> 5 votes per digit
 *
 * Compartments of both layers use four registers only: du = 4095 (input lasts one step), dv (leak), vth, and
 * weights of 8 bits in mixed sign mode.
 */
/** Rows and columns of a digit. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const CLASSES = 10;

export const KERNEL = 5;
export const STRIDE = 2;
export const MAPS = 16;
/** Side of a feature map. */
export const MAP_SIDE = Math.floor((SIDE - KERNEL) / STRIDE) + 1;
/** Feature (map, y, x) is compartment (map * MAP_SIDE + y) * MAP_SIDE + x, as conv2d connectors number them. */
export const FEATURES = MAPS * MAP_SIDE * MAP_SIDE;
/** Compartment d * VOTERS + k votes for digit d. */
export const VOTERS = 5;
export const VOTES = CLASSES * VOTERS;

/** Steps in which pixels may spike. */
export const INPUT_STEPS = 15;
/** Spikes of a white pixel. */
export const WHITE = 8;
/** Steps of a digit: the last feature spikes reach the votes one step after the last pixels. */
export const DIGIT_STEPS = INPUT_STEPS + 1;

/** Voltage decay registers: v keeps (4096 - dv) / 4096 of itself in a step. */
export const FEATURE_DV = 1229;
export const VOTE_DV = 410;

/** The digit with most votes; of several, the smallest. `votes` are spikes of the vote compartments. */
export function answerOf(votes: ArrayLike<number>): number {
  let best = 0;
  let most = -1;
  for (let digit = 0; digit < CLASSES; digit++) {
    const sum = votesFor(votes, digit);
    if (sum > most) {
      most = sum;
      best = digit;
    }
  }
  return best;
}

/** Spikes of the compartments that vote for a digit. */
export function votesFor(votes: ArrayLike<number>, digit: number): number {
  let sum = 0;
  for (let k = 0; k < VOTERS; k++) sum += votes[digit * VOTERS + k]!;
  return sum;
}
