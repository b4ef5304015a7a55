/** Whether the inputs of a neuron could sum, in one step, to more than the emulator's accumulators hold. */
import type { Network } from '../api/network.js';
import { isSource } from '../api/population.js';
import type { Strand } from './strand.js';
import type { Violations } from './violations.js';

/** Accumulators are 32 bits, in units of 64. */
const SUM_MAX = 2 ** 31 - 1;

/**
 * A host source may spike twice in a step, by its schedule and by `Chip.send`; then the placed chip allows
 * every axon two events.
 */
export function checkSums(network: Network, strands: readonly Strand[], violations: Violations): void {
  const events = network.populations.some(({ cell }) => isSource(cell)) ? 2 : 1;
  for (const population of network.populations) {
    const onto = strands.filter(({ projection }) => projection.post.population === population);
    // Were all synapses of one neuron: nearly always enough, and no neuron's sum has to be looked up.
    const all = onto.reduce((sum, strand) => sum + strand.post.length * largestWeight(strand), 0);
    if (all * events <= SUM_MAX) continue;
    const sums = new Float64Array(population.size);
    for (const strand of onto) addTo(sums, strand);
    const worst = sums.reduce((at, sum, i) => (sum > sums[at]! ? i : at), 0);
    if (sums[worst]! * events <= SUM_MAX) continue;
    violations.add(
      `population ${population.label}`,
      `the inputs of neuron ${worst} can sum to ${sums[worst]! * events * 64} in one step, the emulator's accumulators hold ${SUM_MAX * 64}`,
      'give it fewer synapses or smaller weights',
    );
  }
}

/** In units of 64. */
function largestWeight({ mantissa, wide, shift }: Strand): number {
  if (wide === null && typeof mantissa === 'number') return Math.abs(mantissa << shift);
  const weights = wide ?? (mantissa as Int16Array);
  let largest = 0;
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k]!));
  return wide === null ? largest << shift : largest;
}

function addTo(sums: Float64Array, { post, mantissa, wide, shift }: Strand): void {
  for (let k = 0; k < post.length; k++) {
    const weight = wide ? wide[k]! : (typeof mantissa === 'number' ? mantissa : mantissa[k]!) << shift;
    sums[post[k]!]! += Math.abs(weight);
  }
}
