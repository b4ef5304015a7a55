/** Spikes without a network: as many as wanted, the same every time. */
import type { SpikeField } from '../../src/views/spike-density.js';

/** In every step `perStep` spikes of different neurons, ascending. */
export function manySpikes({
  steps,
  rows,
  perStep,
}: {
  readonly steps: number;
  readonly rows: number;
  readonly perStep: number;
}): SpikeField {
  const field = {
    steps: new Uint32Array(steps * perStep),
    rows: new Uint32Array(steps * perStep),
    from: 1,
    to: steps,
    rowCount: rows,
  };
  let state = 1;
  for (let step = 1, at = 0; step <= steps; step++) {
    // one neuron from each of equal stretches
    for (let k = 0; k < perStep; k++, at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const [low, high] = [Math.ceil((k * rows) / perStep), Math.ceil(((k + 1) * rows) / perStep)];
      field.steps[at] = step;
      field.rows[at] = low + Math.floor((state / 2 ** 32) * (high - low));
    }
  }
  return field;
}
