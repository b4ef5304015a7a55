/** What projections in nA or mV mean for the `lif` population they reach: gains of weights, demands on the scale. */
import { mantissaRange, type Rules } from '../../cores/index.js';
import type { Drawn } from './draw-synapses.js';
import type { LifPopulation } from './lif-population.js';
import type { Gain, WeightJob } from './quantise-weights.js';
import { type SynapseNumbers, synapseNumbers } from './synapse-values.js';
import { type ScaleDemand, type WeightDemand, weightExponent } from './voltage-scale.js';

/** Per unit of scale: one factor, or one per neuron where they differ. */
export function gainOf(population: LifPopulation, unit: Drawn['unit'], n: number): Gain {
  const gain = (i: number): number => (unit === 'nA' ? population.gains(i).nA : population.gains(i).mV);
  return population.kinds === 1 ? gain(0) : Float64Array.from({ length: n }, (_, i) => gain(i));
}

const weightAt = (weights: SynapseNumbers, k: number): number =>
  typeof weights === 'number' ? weights : weights[k]!;

/** Largest |weight x gain| of a projection. */
function largestOf({ connections, weights, projection }: Drawn, gain: Gain): number {
  if (typeof weights === 'number' && typeof gain === 'number')
    return connections.post.length > 0 ? Math.abs(weights * gain) : 0;
  const { post } = connections;
  let largest = 0;
  for (let k = 0; k < post.length; k++) {
    const factor = typeof gain === 'number' ? gain : gain[post[k]! + projection.post.from]!;
    largest = Math.max(largest, Math.abs(weightAt(weights, k) * factor));
  }
  return largest;
}

/** Mantissas all sign modes of the format reach on their own side, and their step. */
function reach({ signMode, weightBits }: Drawn, rules: Rules): Pick<WeightDemand, 'maxMantissa' | 'step'> {
  const { min, max, step } = mantissaRange({ signMode, bits: weightBits }, rules);
  return { maxMantissa: signMode === 'inhibitory' ? -min : max, step };
}

export function demandOf(
  population: LifPopulation,
  inputs: readonly Drawn[],
  n: number,
  rules: Rules,
): Pick<ScaleDemand, 'weights' | 'largestSum'> {
  const excitation = new Float64Array(n);
  const inhibition = new Float64Array(n);
  const weights: WeightDemand[] = [];
  for (const input of inputs) {
    const gain = gainOf(population, input.unit, n);
    const { from } = input.projection.post;
    const { post } = input.connections;
    for (let k = 0; k < post.length; k++) {
      const neuron = post[k]! + from;
      const weight = weightAt(input.weights, k) * (typeof gain === 'number' ? gain : gain[neuron]!);
      if (weight > 0) excitation[neuron]! += weight;
      else inhibition[neuron]! -= weight;
    }
    const largest = largestOf(input, gain);
    const uniform = typeof input.weights === 'number' && typeof gain === 'number';
    if (largest > 0 && Number.isFinite(largest)) weights.push({ largest, uniform, ...reach(input, rules) });
  }
  let largestSum = 0;
  for (let i = 0; i < n; i++) largestSum = Math.max(largestSum, excitation[i]!, inhibition[i]!);
  return { weights, largestSum: Number.isFinite(largestSum) ? largestSum : 0 };
}

/** Weights to store: mantissas as they are, physical ones with the factor and exponent that make them mantissas. */
export function weightJob(
  input: Drawn,
  target: { readonly population: LifPopulation; readonly unitsPerMv: number } | undefined,
  rules: Rules,
): WeightJob {
  const { projection, connections } = input;
  const given = projection.synapse.weightExp;
  const exponent = given === undefined ? null : synapseNumbers(given, connections, unreachable, true);
  if (input.unit === 'mantissa' || !target) return { ...input, gain: null, exponent: exponent ?? 0 };
  const perUnit = gainOf(target.population, input.unit, projection.post.population.size);
  const { unitsPerMv } = target;
  const gain = typeof perUnit === 'number' ? perUnit * unitsPerMv : perUnit.map((g) => g * unitsPerMv);
  const { maxMantissa } = reach(input, rules);
  return { ...input, gain, exponent: exponent ?? weightExponent(largestOf(input, gain), maxMantissa, rules) };
}

function unreachable(): never {
  throw new TypeError('an exponent is a number or an array, never drawn');
}
