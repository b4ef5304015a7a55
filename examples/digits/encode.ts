/**
 * Grey values as spikes. A pixel of value p (0..255) spikes k = round(p * WHITE / 255) times in INPUT_STEPS steps, evenly
 * spaced: at step t when floor(t k / INPUT_STEPS) > floor((t - 1) k / INPUT_STEPS). No chance is involved.
 */
import { INPUT_STEPS, PIXELS, WHITE } from './model.js';

/** Spikes of one digit or of one layer while it is shown: those of step t are `ids[start[t - 1] .. start[t])`. */
export interface SpikeTrain {
  readonly start: Uint32Array;
  readonly ids: Uint32Array;
}

/** Room for `size` neurons that may all spike at every step of the input. */
export const emptyTrain = (size: number): SpikeTrain => ({
  start: new Uint32Array(INPUT_STEPS + 1),
  ids: new Uint32Array(size * INPUT_STEPS),
});

const SPIKES_OF_GREY = Uint8Array.from({ length: 256 }, (_, grey) => Math.round((grey * WHITE) / 255));

/** `FIRES[(t - 1) * (WHITE + 1) + k]`: does a pixel of k spikes fire at step t? */
const FIRES = Uint8Array.from({ length: INPUT_STEPS * (WHITE + 1) }, (_, i) => {
  const k = i % (WHITE + 1);
  const before = Math.floor(i / (WHITE + 1));
  return Math.floor(((before + 1) * k) / INPUT_STEPS) - Math.floor((before * k) / INPUT_STEPS);
});

/** Writes the spikes of the digit whose first pixel is `pixels[from]`; pixels ascend within a step. */
export function encode(pixels: Uint8Array, from: number, train: SpikeTrain): void {
  const { start, ids } = train;
  let count = 0;
  for (let t = 0; t < INPUT_STEPS; t++) {
    const row = t * (WHITE + 1);
    for (let p = 0; p < PIXELS; p++) {
      if (FIRES[row + SPIKES_OF_GREY[pixels[from + p]!]!] === 1) ids[count++] = p;
    }
    start[t + 1] = count;
  }
}
