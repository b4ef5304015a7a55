/** Weights and delays of a projection's synapses as numbers: one for all, or one each in row order. */
import type { Distribution, SynapseValue } from '../api/synapses.js';
import type { Connections } from './connections.js';
import type { RandomStream } from './random-stream.js';

export type SynapseNumbers = number | ArrayLike<number>;

const isDistribution = (value: SynapseValue): value is Distribution =>
  typeof value === 'object' && ('uniform' in value || 'normal' in value);

/** Whether one number per synapse is given, so that their count must agree. */
export const isPerSynapse = (value: SynapseValue | undefined): value is ArrayLike<number> =>
  typeof value === 'object' && !isDistribution(value);

/** `whole`: distributions draw integers. */
export function synapseNumbers(
  value: SynapseValue,
  connections: Connections,
  stream: () => RandomStream,
  whole: boolean,
): SynapseNumbers {
  if (typeof value === 'number') return value;
  if (isDistribution(value)) return draw(value, connections.post.length, stream(), whole);
  if (typeof value !== 'function') {
    const { order } = connections;
    return order ? inOrder(value, order) : value;
  }
  const { start, post } = connections;
  const numbers = new Float64Array(post.length);
  for (let row = 0; row + 1 < start.length; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) numbers[k] = value(row, post[k]!);
  }
  return numbers;
}

/** Delays are bytes and weights small integers as a rule: an eighth and a quarter of what doubles take. */
function inOrder(values: ArrayLike<number>, order: Uint32Array): ArrayLike<number> {
  const sorted =
    values instanceof Uint8Array
      ? new Uint8Array(order.length)
      : values instanceof Int16Array
        ? new Int16Array(order.length)
        : new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[k] = values[order[k]!]!;
  return sorted;
}

/** Room for integers low .. high. */
function integers(count: number, low: number, high: number): Uint8Array | Int16Array | Float64Array {
  if (low >= 0 && high <= 0xff) return new Uint8Array(count);
  return low >= -0x8000 && high <= 0x7fff ? new Int16Array(count) : new Float64Array(count);
}

function draw(
  distribution: Distribution,
  count: number,
  stream: RandomStream,
  whole: boolean,
): ArrayLike<number> {
  if ('uniform' in distribution) {
    const [low, high] = distribution.uniform;
    const span = high - low;
    const numbers = whole ? integers(count, low, high) : new Float64Array(count);
    for (let k = 0; k < count; k++)
      numbers[k] = whole ? low + stream.below(span + 1) : low + span * stream.unit();
    return numbers;
  }
  const numbers = new Float64Array(count);
  const { mean, sd } = distribution.normal;
  for (let k = 0; k < count; k++) {
    const x = mean + sd * stream.normal();
    numbers[k] = whole ? Math.round(x) : x;
  }
  return numbers;
}

/** Problem with a distribution's parameters, or null. */
export function distributionProblem(value: SynapseValue, whole: boolean): string | null {
  if (!isDistribution(value)) return null;
  if ('normal' in value) {
    const { mean, sd } = value.normal;
    return Number.isFinite(mean) && sd >= 0 && Number.isFinite(sd)
      ? null
      : `normal(mean ${mean}, sd ${sd}) needs a finite mean and an sd of 0 or more`;
  }
  const [low, high] = value.uniform;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    return `uniform [${low}, ${high}] needs two finite numbers, the lower first`;
  return whole && !(Number.isInteger(low) && Number.isInteger(high))
    ? `uniform [${low}, ${high}] needs integers here`
    : null;
}
