/**
 * Which neuron of the NeuroBench harness a population is, and what one update of it counts: snnTorch's `Leaky`
 * has a membrane only, its `Synaptic` a current that outlasts a step as well. The counts are the harness's
 * (e521c28, metrics/workload/neuron_operations.py), not those of the chip's integer arithmetic.
 */
import type { CompartmentRegisterName } from '../../cores/index.js';
import type { ChipImage, PopulationImage } from '../../routing/index.js';

export interface NeuronModel {
  readonly model: 'Leaky' | 'Synaptic';
  /** Operations of one update. */
  readonly operations: number;
  /** Parameters a framework keeps for these neurons: one a population where all agree, else one a neuron. */
  readonly parameters: number;
  /** State variables of one neuron. */
  readonly states: number;
}

const OPERATIONS = { Leaky: { zero: 4, subtract: 4 }, Synaptic: { zero: 8, subtract: 6 } } as const;

/** A population of cells. A reset to a value counts as one to zero. */
export function neuronModel(image: ChipImage, population: PopulationImage): NeuronModel {
  const { slices, size } = population;
  const range = (name: CompartmentRegisterName): { least: number; most: number } => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const { core, compartment, count } of slices) {
      const column = image.cores[core]!.compartments[name] ?? 0;
      for (let i = compartment; i < compartment + (typeof column === 'number' ? 1 : count); i++) {
        const value = typeof column === 'number' ? column : column[i]!;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return { least, most };
  };
  const registers = slices.map(({ core }) => image.cores[core]!.registers);
  const du = range('du');
  const keepsCurrent = registers.some(({ dsOffset }) => du.least + dsOffset < 4096);
  const bias = range('biasMant');
  const refract = range('refract');
  const used: CompartmentRegisterName[] = ['dv', 'vthMant'];
  if (keepsCurrent) used.push('du');
  if (bias.least !== 0 || bias.most !== 0) used.push('biasMant');
  if (refract.most > 1) used.push('refract');
  if (registers.some(({ resetMode }) => resetMode === 'value')) used.push('vreset');
  if (registers.some(({ ternary }) => ternary)) used.push('vthLoMant');
  const model = keepsCurrent ? 'Synaptic' : 'Leaky';
  const subtracts = registers.every(({ resetMode }) => resetMode === 'subtract');
  return {
    model,
    operations: OPERATIONS[model][subtracts ? 'subtract' : 'zero'],
    parameters: used.reduce((sum, name) => {
      const { least, most } = range(name);
      return sum + (least === most ? 1 : size);
    }, 0),
    states: 1 + (keepsCurrent ? 1 : 0) + (refract.most > 1 ? 1 : 0),
  };
}
