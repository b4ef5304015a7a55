/** Cores the user filled: their content, checked against all that a core has but out-axon slots, which need every core known. */
import { coreNumber } from './core-address.js';
import type { CoreContent, CoreSlice, PartitionJob } from './core-content.js';
import { coreSizeOf, limitOf } from './core-limits.js';
import { differing, joinRegisters, registersOf } from './core-registers.js';
import { measureCore } from './measure-core.js';
import { placedOver } from './partition-text.js';
import type { Violations } from './violations.js';

/** In order of core numbers; slices in order of populations and neurons. Expects what check-placement.ts has passed. */
export function contentOfPlacements(job: PartitionJob, violations: Violations): CoreContent[] {
  const { network, profile } = job;
  const slices = new Map<number, CoreSlice[]>();
  for (const { placements, index } of network.populations) {
    if (!job.cells[index]) continue;
    const sorted = [...(placements ?? [])].sort((a, b) => a.neurons[0] - b.neurons[0]);
    for (const { core, neurons } of sorted) {
      const number = coreNumber(core, profile.limits);
      const list = slices.get(number) ?? [];
      const last = list.at(-1);
      // Neighbours on one core are one slice.
      if (last?.population === index && last.to === neurons[0]) list.pop();
      const from = last?.population === index && last.to === neurons[0] ? last.from : neurons[0];
      list.push({ population: index, from, to: neurons[1] });
      slices.set(number, list);
    }
  }
  return [...slices]
    .sort(([a], [b]) => a - b)
    .map(([number, list]) => contentOf(number, list, job, violations));
}

function contentOf(
  number: number,
  slices: readonly CoreSlice[],
  job: PartitionJob,
  violations: Violations,
): CoreContent {
  const { limits } = job.profile;
  let registers = registersOf(job.cells[slices[0]!.population]!, slices[0]!.from);
  for (const { population, from, to } of slices) {
    const cells = job.cells[population]!;
    const last = cells.coreRegisterOf ? to : from + 1;
    for (let i = from; i < last; i++) {
      const wanted = registersOf(cells, i);
      const joined = joinRegisters(registers, wanted);
      if (joined === null) {
        violations.add(
          `core ${number}`,
          `neuron ${i} of ${cells.population.label} needs other per-core registers than those before it: ${differing(registers, wanted)}`,
          'place them on different cores',
        );
        break;
      }
      registers = joined;
    }
  }
  const { most } = coreSizeOf(job.profile, job.coreSize);
  const counted = ['compartments', 'inAxons', 'synapseBits', 'accumulators'] as const;
  const used = measureCore(slices, job.index);
  for (const limit of counted) {
    const available = limit === 'compartments' ? most : limitOf(limits, limit);
    if (available !== null && used[limit] > available)
      violations.addAll([placedOver(number, limit, used[limit], available)]);
  }
  return { pinned: number, slices, registers };
}
