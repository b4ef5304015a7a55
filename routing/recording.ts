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

export interface Recording {
  /** First and last step covered, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly spikes: Spikes;
  readonly traces: readonly Trace[];
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
  };
}
