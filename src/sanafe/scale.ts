/**
 * Whole numbers from fractions. A compartment keeps v in 1/64, its weights and threshold in whole numbers. One that
 * does not leak never rounds, so weights, threshold, bias and v of it may all be taken 2^k times, k up to 6.
 */
import type { MappedNetwork } from './mapped-network.js';
import { nameOf, type SanafeNetwork } from './network.js';

export interface Scales {
  /** By neuron id: k. */
  readonly shift: Uint8Array;
  readonly notices: readonly string[];
}

const FINEST = 6;

/** Least k <= 6 that makes `value * 2^k` whole, or -1. */
function binaryDigits(value: number): number {
  for (let k = 0; k <= FINEST; k++) if (Number.isInteger(value * 2 ** k)) return k;
  return -1;
}

/** Finds k of every neuron; what has none is added to the network's problems. */
export function scalesOf(network: SanafeNetwork, { parameters }: MappedNetwork): Scales {
  const { neurons, edges, groups, problems } = network;
  const shift = new Uint8Array(neurons.length);
  edges.weight.forEach((weight, e) => {
    if (weight % 64 === 0) return;
    const post = edges.post[e]!;
    shift[post] = Math.max(shift[post]!, binaryDigits(weight / 64));
  });
  let scaled = 0;
  parameters.forEach((own, id) => {
    if (own.kind === 'input') return;
    const { at, attributes } = neurons[id]!;
    for (const key of ['bias', 'reset'] as const) {
      if (Number.isInteger(own[key] * 64)) continue;
      problems.add(attributes.get(key)?.at ?? at, `${key}: ${own[key]} is no multiple of 1/64`);
    }
    // Without a soft reset nothing but comparisons sees the threshold, and v is in 1/64.
    const digits = binaryDigits(
      own.resetMode === 'hard' ? Math.floor(own.threshold * 64) / 64 : own.threshold,
    );
    if (digits < 0) {
      problems.add(
        attributes.get('threshold')?.at ?? at,
        `threshold: ${own.threshold} is no multiple of 1/64`,
      );
      return;
    }
    shift[id] = Math.max(shift[id]!, digits);
    if (shift[id] === 0) return;
    scaled++;
    if (own.dv === 0) return;
    problems.add(
      at,
      `${nameOf(groups, id)}: fractions of weights or threshold and a leak in one neuron have no exact form here`,
      'scale weights, threshold, bias and reset to whole numbers',
    );
  });
  const notices =
    scaled === 0
      ? []
      : [`${scaled} neurons have fractional weights or thresholds; their v is kept as a multiple of it`];
  return { shift, notices };
}
