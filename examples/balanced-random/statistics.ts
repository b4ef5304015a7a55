/** What one asks of a recording of a balanced network: how fast it fires, and how irregularly. */

export interface Irregularity {
  /** spikes per neuron and second */
  readonly rate: number;
  /** mean over neurons of the coefficient of variation of their interspike intervals; NaN when none has enough spikes */
  readonly cv: number;
  /** neurons with enough spikes for it */
  readonly counted: number;
}

/** Fewer intervals than this say nothing about a neuron's variability. */
const MIN_INTERVALS = 5;

/** Statistics of neurons `first` to `first + size - 1` over `steps` steps of `dt` ms, without the first `skip`. */
export function irregularity(
  spikes: { readonly steps: ArrayLike<number>; readonly neurons: ArrayLike<number> },
  { first, size, steps, skip, dt }: { first: number; size: number; steps: number; skip: number; dt: number },
): Irregularity {
  const last = new Int32Array(size).fill(-1);
  const count = new Int32Array(size);
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < spikes.steps.length; i++) {
    const step = spikes.steps[i] ?? 0;
    const neuron = (spikes.neurons[i] ?? 0) - first;
    if (step <= skip || neuron < 0 || neuron >= size) continue;
    total++;
    const before = last[neuron]!;
    if (before >= 0) {
      count[neuron]!++;
      sum[neuron]! += step - before;
      squares[neuron]! += (step - before) ** 2;
    }
    last[neuron] = step;
  }
  let cvs = 0;
  let counted = 0;
  for (let neuron = 0; neuron < size; neuron++) {
    const n = count[neuron]!;
    if (n < MIN_INTERVALS) continue;
    const mean = sum[neuron]! / n;
    cvs += Math.sqrt(Math.max(0, squares[neuron]! / n - mean * mean)) / mean;
    counted++;
  }
  return { rate: (total * 1000) / (size * (steps - skip) * dt), cv: cvs / counted, counted };
}
