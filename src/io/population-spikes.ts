/** Spikes of whole populations since step 1, counted by the chip whether recorded or not. */
import type { Checkpoint, ChipImage } from '../../routing/index.js';

/** Per population of the image; `state` is the chip's after the run. */
export function populationSpikes(image: ChipImage, state: Checkpoint): readonly number[] {
  return image.populations.map(({ kind, size, firstSource, slices }) => {
    let spikes = 0;
    if (kind === 'source') for (let i = 0; i < size; i++) spikes += state.sourceSpikes[firstSource + i]!;
    for (const { core, compartment, count } of slices) {
      const counts = state.cores[core]!.spikeCounts;
      for (let c = compartment; c < compartment + count; c++)
        spikes += counts[2 * c]! + counts[2 * c + 1]! * 2 ** 32;
    }
    return spikes;
  });
}
