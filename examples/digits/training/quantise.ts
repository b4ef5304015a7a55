/**
 * Floating-point weights in thresholds to what the chip stores. In units of 64 (the chip's `<< 6`) a weight is its
 * mantissa and the threshold is vthMant, so one number per layer, the scale, decides both: as large as the
 * largest weight allows. Mantissas are even, because one of the 8 bits is the sign.
 */
import { FEATURE_DV, FEATURES, KERNEL, MAP_SIDE, MAPS, VOTE_DV, VOTES } from '../model.js';
import type { LayerWeights } from '../weights-format.js';
import type { FloatNetwork } from './float-network.js';

const LARGEST = 254;
/** du + 1 = 4096: the current is cleared in every step. */
const NO_MEMORY = 4095;

function quantiseLayer(weights: Float32Array, dv: number): LayerWeights {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const vthMant = Math.floor(LARGEST / largest);
  return {
    du: NO_MEMORY,
    dv,
    vthMant,
    weightExp: 0,
    mantissas: Int16Array.from(weights, (weight) => 2 * Math.round((weight * vthMant) / 2)),
  };
}

/** The weights in the order of the chip: maps are the outermost index there, the innermost one in training. */
export function quantise({ kernels, readout }: FloatNetwork): {
  readonly features: LayerWeights;
  readonly votes: LayerWeights;
} {
  const taps = KERNEL * KERNEL;
  const places = MAP_SIDE * MAP_SIDE;
  const kernelWeights = new Float32Array(MAPS * taps);
  const readoutWeights = new Float32Array(FEATURES * VOTES);
  for (let map = 0; map < MAPS; map++) {
    for (let tap = 0; tap < taps; tap++) kernelWeights[map * taps + tap] = kernels.weights[tap * MAPS + map]!;
    for (let place = 0; place < places; place++) {
      const from = (place * MAPS + map) * VOTES;
      readoutWeights.set(readout.weights.subarray(from, from + VOTES), (map * places + place) * VOTES);
    }
  }
  return {
    features: quantiseLayer(kernelWeights, FEATURE_DV),
    votes: quantiseLayer(readoutWeights, VOTE_DV),
  };
}
