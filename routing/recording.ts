/** What comes out of a run: spikes and traces of consecutive steps, as typed arrays. */
import type { ProbeVariable } from './image.js';

/** Spikes in order of step, then network id. */
export interface Spikes {
  /** 1-based */
  readonly steps: Uint32Array;
  /** network ids: `PopulationImage.firstId + neuron` */
  readonly ids: Uint32Array;
  /** +1 or -1; null when the chip has no ternary neurons */
  readonly values: Int8Array | null;
}

/** Samples of one variable of one probe. */
export interface Trace {
  /** index in `ChipImage.probes` */
  readonly probe: number;
  readonly variable: Exclude<ProbeVariable, 'spikes'>;
  /** The steps sampled, ascending; state is as after the step. */
  readonly steps: Uint32Array;
  /** neurons of the population, columns of `samples` */
  readonly neurons: Uint32Array;
  /** [steps.length x neurons.length], row-major */
  readonly samples: Int32Array;
}

/** Which compartments had work, in every step of a recording; what of it depends on `ChipOptions.activity`. */
export interface Activity {
  /** [steps x cores]: compartments that had work */
  readonly counts: Uint32Array;
  /** [steps x words]: core c has the words `activityWords(image)[c] ..`, compartment i is bit i % 32 of word i / 32; null unless asked for */
  readonly masks: Uint32Array | null;
}

/** First word of each core in a row of `Activity.masks`; at the end, the length of a row. */
export function activityWords(cores: readonly { readonly n: number }[]): Uint32Array {
  const first = new Uint32Array(cores.length + 1);
  cores.forEach(({ n }, i) => {
    first[i + 1] = first[i]! + Math.ceil(n / 32);
  });
  return first;
}

export interface Recording {
  /** First and last step covered, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly spikes: Spikes;
  readonly traces: readonly Trace[];
  /** null where it was not asked for */
  readonly activity: Activity | null;
  /**
   * [steps x populations]: neurons whose v after the step is not what it was after the step before, or that fired; in the
   * first step of a chip, which has none before it, all. 0 for sources; null where it was not asked for
   */
  readonly membraneUpdates: Uint32Array | null;
}

/** Adjacent recordings of one chip as one. */
export function joinRecordings(parts: readonly Recording[]): Recording {
  const first = parts[0]!;
  if (parts.length === 1) return first;
  const join = <T extends Uint32Array | Int32Array | Int8Array>(
    make: new (length: number) => T,
    pick: (part: Recording) => T,
  ): T => {
    const out = new make(parts.reduce((sum, part) => sum + pick(part).length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(pick(part), at);
      at += pick(part).length;
    }
    return out;
  };
  return {
    from: first.from,
    to: parts.at(-1)!.to,
    spikes: {
      steps: join(Uint32Array, (part) => part.spikes.steps),
      ids: join(Uint32Array, (part) => part.spikes.ids),
      values: first.spikes.values === null ? null : join(Int8Array, (part) => part.spikes.values!),
    },
    traces: first.traces.map((trace, i) => ({
      ...trace,
      steps: join(Uint32Array, (part) => part.traces[i]!.steps),
      samples: join(Int32Array, (part) => part.traces[i]!.samples),
    })),
    activity: joinActivity(parts),
    membraneUpdates: joinMembraneUpdates(parts),
  };
}

function joinActivity(parts: readonly Recording[]): Activity | null {
  const rows = parts.map(({ activity }) => activity);
  if (rows.some((row) => row === null)) return null;
  return {
    counts: joinRows(rows.map((row) => row!.counts)),
    masks: rows[0]!.masks === null ? null : joinRows(rows.map((row) => row!.masks!)),
  };
}

function joinMembraneUpdates(parts: readonly Recording[]): Uint32Array | null {
  const rows = parts.map(({ membraneUpdates }) => membraneUpdates);
  return rows.some((row) => row === null) ? null : joinRows(rows.map((row) => row!));
}

function joinRows(arrays: readonly Uint32Array[]): Uint32Array {
  const out = new Uint32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}
