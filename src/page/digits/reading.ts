/** What the chip saw, did and spent in one look at a drawing: plain data, as it comes from the worker. */

/** Spikes of a layer in one look, by step, then neuron. */
export interface LayerSpikes {
  /** 1..DIGIT_STEPS */
  readonly steps: Uint8Array;
  /** Numbers in the layer. */
  readonly neurons: Uint16Array;
}

export interface Layers {
  readonly pixels: LayerSpikes;
  readonly features: LayerSpikes;
  readonly votes: LayerSpikes;
}

/** Estimates by a cost profile. */
export interface Cost {
  /** Of operations, J. */
  readonly joules: number;
  /** Of the chip, s; null where the profile has no latencies. */
  readonly seconds: number | null;
}

/** The same network computed densely, once, by other hardware. */
export interface DenseCost {
  readonly name: string;
  readonly title: string;
  readonly joules: number;
  readonly hides: string;
  readonly source: string;
}

export interface Reading {
  readonly layers: Layers;
  readonly look: Cost;
  /** All looks since the drawing began. */
  readonly sum: Cost & { readonly looks: number };
  readonly dense: readonly DenseCost[];
  /** Synaptic operations of the look whose weight is not zero. */
  readonly operations: number;
  /** Multiply-accumulates of one dense pass. */
  readonly macs: number;
  /** Where the figures are from, and what they leave out. */
  readonly costs: { readonly name: string; readonly title: string; readonly notice: string };
}

/** Spikes of each neuron of a layer up to and with a step. */
export function countsUntil({ steps, neurons }: LayerSpikes, step: number, size: number): Uint8Array {
  const counts = new Uint8Array(size);
  for (let i = 0; i < steps.length && steps[i]! <= step; i++) counts[neurons[i]!]! += 1;
  return counts;
}

/** Spikes of a layer in each of `count` steps. */
export function countsByStep({ steps }: LayerSpikes, count: number): Uint32Array {
  const counts = new Uint32Array(count);
  for (const step of steps) counts[step - 1]! += 1;
  return counts;
}
