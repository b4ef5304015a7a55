/** Spikes of each population counted in equal stretches of time, and rates of them. */

export interface CountedBins {
  /** First step of the first bin. */
  readonly from: number;
  /** Steps of a bin. */
  readonly binSteps: number;
  /** Last step counted: the last bin may be shorter. */
  readonly to: number;
  /** By population, spikes of each bin. */
  readonly counts: readonly Uint32Array[];
}

/** Bins of all steps of a recording, about `most` of them; `rows` are those of `populations` in order. */
export function countBins(
  { steps, rows }: { readonly steps: Uint32Array; readonly rows: Uint32Array },
  populations: readonly { readonly first: number; readonly size: number }[],
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): CountedBins {
  const binSteps = Math.max(1, Math.ceil((to - from + 1) / most));
  const bins = Math.ceil((to - from + 1) / binSteps);
  const counts = populations.map(() => new Uint32Array(bins));
  const owner = ownerTable(populations);
  for (let i = 0; i < steps.length; i++) {
    const of = owner[rows[i]!];
    if (of !== undefined && of < counts.length) counts[of]![Math.floor((steps[i]! - from) / binSteps)]!++;
  }
  return { from, to, binSteps, counts };
}

function ownerTable(populations: readonly { readonly first: number; readonly size: number }[]): Uint32Array {
  const end = Math.max(0, ...populations.map(({ first, size }) => first + size));
  const owner = new Uint32Array(end).fill(0xffff_ffff);
  populations.forEach(({ first, size }, i) => {
    owner.fill(i, first, first + size);
  });
  return owner;
}

export interface RateLine {
  /** Middles of bins, in steps. */
  readonly steps: Float64Array;
  /** Hz of a neuron where `dt` is known, else spikes per neuron and step. */
  readonly rates: Float64Array;
}

/** Rates of population `index`, `merge` bins at a time. */
export function rateLine(
  { from, to, binSteps, counts }: CountedBins,
  index: number,
  { size, dt, merge = 1 }: { readonly size: number; readonly dt: number; readonly merge?: number },
): RateLine {
  const of = counts[index]!;
  const bins = Math.ceil(of.length / merge);
  const [steps, rates] = [new Float64Array(bins), new Float64Array(bins)];
  const width = binSteps * merge;
  for (let bin = 0; bin < bins; bin++) {
    let spikes = 0;
    for (let i = bin * merge; i < Math.min(of.length, (bin + 1) * merge); i++) spikes += of[i]!;
    const first = from + bin * width;
    const last = Math.min(to, first + width - 1);
    steps[bin] = (first + last) / 2;
    const perStep = size === 0 ? 0 : spikes / (size * (last - first + 1));
    rates[bin] = dt > 0 ? (1000 * perStep) / dt : perStep;
  }
  return { steps, rates };
}
