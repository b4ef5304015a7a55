/** What the answers are worth: right ones on the chip and of the float network, over the same digits. */
import type { Answer } from './classify.js';
import type { Digits } from './data.js';
import { votesFor } from './model.js';

export interface Part {
  readonly digits: number;
  readonly right: number;
  /** Right answers of the float network. */
  readonly floatRight: number;
  /** Digits the chip and the float network answer differently. */
  readonly different: number;
  /** Digits for which no class has more votes than every other. */
  readonly ties: number;
}

export interface Score {
  /** Never used in training. */
  readonly heldOut: Part;
  readonly training: Part;
  readonly all: Part;
}

const NONE: Part = { digits: 0, right: 0, floatRight: 0, different: 0, ties: 0 };

const plus = (a: Part, b: Part): Part => ({
  digits: a.digits + b.digits,
  right: a.right + b.right,
  floatRight: a.floatRight + b.floatRight,
  different: a.different + b.different,
  ties: a.ties + b.ties,
});

/** Of 1; 0 for no digits. */
export const share = (right: number, digits: number): number => (digits === 0 ? 0 : right / digits);

export class Scorer {
  readonly #digits: Digits;
  readonly #floatAnswers: Uint8Array;
  #heldOut = NONE;
  #training = NONE;

  constructor(digits: Digits, floatAnswers: Uint8Array) {
    this.#digits = digits;
    this.#floatAnswers = floatAnswers;
  }

  /** Counts an answer; returns whether it is right. */
  add({ digit, answer, votes }: Answer): boolean {
    const label = this.#digits.labels[digit]!;
    const float = this.#floatAnswers[digit]!;
    const most = votesFor(votes, answer);
    const leaders = Array.from({ length: 10 }, (_, k) => votesFor(votes, k)).filter(
      (sum) => sum === most,
    ).length;
    const one: Part = {
      digits: 1,
      right: Number(answer === label),
      floatRight: Number(float === label),
      different: Number(answer !== float),
      ties: Number(leaders > 1),
    };
    if (digit < this.#digits.heldOut) this.#heldOut = plus(this.#heldOut, one);
    else this.#training = plus(this.#training, one);
    return answer === label;
  }

  score(): Score {
    return { heldOut: this.#heldOut, training: this.#training, all: plus(this.#heldOut, this.#training) };
  }
}
