/**
 * Groups as populations. A group may mix input neurons and others, which ours cannot, so it is as many populations as
 * it has runs of one kind, for a population is one row of ids; those run through the group all the same, so that an id
 * is `group.neuron` whatever the split.
 */
import type { PopulationImage, Slice } from '../../routing/index.js';
import type { CorePlan } from './core-plan.js';
import type { MappedNetwork } from './mapped-network.js';
import type { SanafeGroup, SanafeNetwork } from './network.js';

export function populationsOf(
  network: SanafeNetwork,
  mapped: MappedNetwork,
  plan: CorePlan,
): PopulationImage[] {
  return network.groups.flatMap((group) => {
    const runs = runsOf(group, mapped, plan);
    return runs.map(([from, to]): PopulationImage => {
      const id = group.first + from;
      const isSource = mapped.parameters[id]!.kind === 'input';
      return {
        label: runs.length === 1 ? group.name : `${group.name}.${rangeText(from, to)}`,
        size: to - from,
        firstId: id,
        kind: isSource ? 'source' : 'cells',
        slices: isSource ? [] : slicesOf(id, to - from, plan),
        firstSource: isSource ? plan.indexOf[id]! : 0,
      };
    });
  });
}

/** `[from, to)` as the mappings of the format write it. */
const rangeText = (from: number, to: number): string => (to - from === 1 ? `${from}` : `${from}..${to - 1}`);

/** Runs `[from, to)` of neurons of one kind; sources also are numbered in turn. */
function runsOf(
  { first, size }: SanafeGroup,
  { parameters }: MappedNetwork,
  plan: CorePlan,
): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < size; i++) {
    const id = first + i;
    const { kind } = parameters[id]!;
    const goesOn =
      i > 0 &&
      parameters[id - 1]!.kind === kind &&
      (kind === 'lif' || plan.indexOf[id] === plan.indexOf[id - 1]! + 1);
    if (goesOn) runs.at(-1)![1] = i + 1;
    else runs.push([i, i + 1]);
  }
  return runs;
}

function slicesOf(firstId: number, size: number, plan: CorePlan): Slice[] {
  const slices: { core: number; compartment: number; neuron: number; count: number }[] = [];
  for (let neuron = 0; neuron < size; neuron++) {
    const core = plan.coreIndexOf[firstId + neuron]!;
    const compartment = plan.indexOf[firstId + neuron]!;
    const last = slices.at(-1);
    if (last !== undefined && last.core === core && last.compartment + last.count === compartment)
      last.count++;
    else slices.push({ core, compartment, neuron, count: 1 });
  }
  return slices;
}
