/** A recording without its first steps. */
import { activityWords, type ChipImage, type Recording } from '../../../routing/index.js';

/** The steps of a recording from `first` on. */
export function fromStep(recording: Recording, first: number, { cores, populations }: ChipImage): Recording {
  if (recording.from >= first) return recording;
  const { spikes, traces, activity, membraneUpdates } = recording;
  const spike = startOf(spikes.steps, first);
  const skipped = first - recording.from;
  return {
    ...recording,
    from: first,
    spikes: {
      steps: spikes.steps.subarray(spike),
      ids: spikes.ids.subarray(spike),
      values: spikes.values?.subarray(spike) ?? null,
    },
    traces: traces.map((trace) => {
      const row = startOf(trace.steps, first);
      return {
        ...trace,
        steps: trace.steps.subarray(row),
        samples: trace.samples.subarray(row * trace.neurons.length),
      };
    }),
    activity: activity && {
      counts: activity.counts.subarray(skipped * cores.length),
      masks: activity.masks?.subarray(skipped * activityWords(cores).at(-1)!) ?? null,
    },
    membraneUpdates: membraneUpdates?.subarray(skipped * populations.length) ?? null,
  };
}

function startOf(steps: Uint32Array, first: number): number {
  const at = steps.findIndex((step) => step >= first);
  return at === -1 ? steps.length : at;
}
