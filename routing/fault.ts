/** Faults of cores, in the words of the network: which neuron of which population, and what to do. */
import { type CoreFault, SeamountError } from '../cores/index.js';
import type { ChipImage } from './image.js';
import type { PlacedChip } from './place-chip.js';

const SUMS: Readonly<Record<CoreFault['kind'], string>> = {
  input: 'the sum of its synaptic input',
  current: 'its current u',
  bias: 'the sum of its current and bias',
  voltage: 'its voltage v',
};

/** The fault of the first core that has one, or null. All cores finish the step of a fault, so "first" is not a race. */
export function faultOf({ image, clusters, cores }: PlacedChip): SeamountError | null {
  if (!clusters.some((cluster) => cluster.isFaulty)) return null;
  for (let core = 0; core < cores.length; core++) {
    const fault = cores[core]!.core.fault();
    if (fault === null) continue;
    return new SeamountError(
      'E_OVERFLOW',
      `${nameOf(image, core, fault.compartment)}: ${SUMS[fault.kind]} left its register at step ${fault.step}`,
      'use smaller weights or a shorter time constant, or let sums wrap or clamp (onOverflow)',
    );
  }
  return null;
}

/** `population hidden, neuron 3 (core 1, compartment 7)` */
function nameOf(image: ChipImage, core: number, compartment: number): string {
  const place = `core ${core}, compartment ${compartment}`;
  for (const { label, slices } of image.populations) {
    const slice = slices.find(
      (s) => s.core === core && compartment >= s.compartment && compartment < s.compartment + s.count,
    );
    if (slice === undefined) continue;
    return `population ${label}, neuron ${slice.neuron + compartment - slice.compartment} (${place})`;
  }
  return place;
}
