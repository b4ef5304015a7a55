/** Stage two: cells to registers, connectors to synapses, weights to mantissas. */
import { type ChipProfile, DEFAULT_COMPARTMENT, DEFAULT_CORE } from '../../cores/index.js';
import type { LifParameters } from '../api/lif-cell.js';
import type { Network } from '../api/network.js';
import { isSource, type Population } from '../api/population.js';
import type { Projection } from '../api/projection.js';
import { type Drawn, drawSynapses } from './draw-synapses.js';
import { demandOf, weightJob } from './lif-inputs.js';
import { LifPopulation } from './lif-population.js';
import { convertLif, type LifConversion } from './quantise-lif.js';
import { quantiseLoihi } from './quantise-loihi.js';
import { quantiseWeights } from './quantise-weights.js';
import type { QuantisedCells } from './quantised-cells.js';
import type { ConversionReport, WeightReport } from './report.js';
import type { Strand } from './strand.js';
import type { Violations } from './violations.js';

export interface Quantised {
  /** By population index; null for sources and broken populations. */
  readonly cells: readonly (QuantisedCells | null)[];
  readonly strands: readonly Strand[];
  readonly conversions: readonly ConversionReport[];
  readonly weights: readonly WeightReport[];
  readonly notices: readonly string[];
}

/** `broken`: what was found wrong before; it is passed over, so that the rest can still be judged. */
export function quantise(
  network: Network,
  profile: ChipProfile,
  broken: ReadonlySet<Population | Projection>,
  violations: Violations,
): Quantised {
  const { rules } = profile;
  const drawn = network.projections
    .filter((projection) => !broken.has(projection))
    .map((projection) => drawSynapses(projection, network.seed, profile, violations));
  const conversions: ConversionReport[] = [];
  const notices: string[] = [];
  const scaled = new Map<Population, { population: LifPopulation; unitsPerMv: number }>();
  const cells = network.populations.map((population): QuantisedCells | null => {
    const { cell, label, size } = population;
    if (isSource(cell) || broken.has(population)) return null;
    if (cell.kind === 'loihi') return quantiseLoihi(population, cell.parameters, profile, violations);
    const lif = new LifPopulation(label, cell.parameters, size, network.dt, rules);
    const conversion = convertPopulation(lif, cell.parameters, population, drawn, profile);
    violations.addAll(conversion.violations);
    conversions.push(conversion.report);
    scaled.set(population, { population: lif, unitsPerMv: conversion.report.unitsPerMv });
    if (conversion.inputAtRisk)
      notices.push(
        `population ${label}: were all inputs of a neuron to spike in one step, their sum could leave the input register; overflows are counted`,
      );
    const { v0, ...registers } = conversion.registers;
    return {
      population,
      registers: { ...DEFAULT_COMPARTMENT, ...registers },
      u0: 0,
      v0,
      coreRegisters: [DEFAULT_CORE(rules)],
      coreRegisterOf: null,
    };
  });
  // Weights need the scale of the cells they reach, so bad cells are told first.
  const stored =
    violations.count > 0
      ? []
      : drawn.map((input) =>
          quantiseWeights(
            weightJob(input, scaled.get(input.projection.post.population), rules),
            rules,
            violations,
          ),
        );
  return {
    cells,
    strands: stored.flatMap(({ strands }) => strands),
    conversions,
    weights: stored.map(({ report }) => report),
    notices,
  };
}

function convertPopulation(
  lif: LifPopulation,
  parameters: LifParameters,
  population: Population,
  drawn: readonly Drawn[],
  { rules }: ChipProfile,
): LifConversion {
  const { label, size } = population;
  const options = { dt: lif.dt, rules, label };
  if (lif.problems(size).length > 0) return convertLif(parameters, size, options);
  const physical = drawn.filter(
    ({ projection, unit }) => projection.post.population === population && unit !== 'mantissa',
  );
  return convertLif(parameters, size, { ...options, inputs: demandOf(lif, physical, size, rules) });
}
