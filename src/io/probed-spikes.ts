/** Which recorded spikes a network asked for: those of its probes, in their windows; all where no probe is of spikes. */
import type { ChipImage, ProbeImage, Recording } from '../../routing/index.js';

const probesSpikes = ({ probes }: ChipImage): boolean =>
  probes.some(({ variables }) => variables.includes('spikes'));

/** What `Chip.open` must record so that `probedSpikes` finds what the probes ask for. */
export const recordedSpikes = (image: ChipImage): 'all' | 'probed' =>
  probesSpikes(image) ? 'probed' : 'all';

/** The part of `spikes` inside some probe's window. */
export function probedSpikes(image: ChipImage, spikes: Recording['spikes']): Recording['spikes'] {
  if (!probesSpikes(image)) return spikes;
  const probesOf = new Map<number, ProbeImage[]>();
  for (const probe of image.probes) {
    if (!probe.variables.includes('spikes')) continue;
    const { firstId } = image.populations[probe.population]!;
    for (const neuron of probe.neurons) {
      const list = probesOf.get(firstId + neuron);
      if (list === undefined) probesOf.set(firstId + neuron, [probe]);
      else list.push(probe);
    }
  }
  const isAskedFor = (step: number, id: number): boolean =>
    probesOf.get(id)?.some(({ from, to }) => step >= from && (to === 0 || step <= to)) ?? false;
  const { steps, ids, values } = spikes;
  const kept = Uint32Array.from(ids.keys()).filter((i) => isAskedFor(steps[i]!, ids[i]!));
  return {
    steps: Uint32Array.from(kept, (i) => steps[i]!),
    ids: Uint32Array.from(kept, (i) => ids[i]!),
    values: values === null ? null : Int8Array.from(kept, (i) => values[i]!),
  };
}
