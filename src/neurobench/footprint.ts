/**
 * `Footprint`: bytes of parameters and states, zero weights included. Two of them, because integers on a chip
 * and floats in a framework are different things: `float32` is the harness's way (4 bytes a value), `chip` is
 * what the image takes by the profile's memory rules, register by register.
 */
import { COMPARTMENT_REGISTERS, CORE_REGISTERS, type Rules, STATE_REGISTERS } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { Layer } from './layers.js';
import type { NeuronModel } from './neuron-model.js';

/** Numbers of values, 4 bytes each. */
export interface FloatFootprint {
  readonly weights: number;
  readonly neuronParameters: number;
  readonly states: number;
  readonly bytes: number;
}

/** Bits, but for `bytes`. */
export interface ChipFootprint {
  /** Synapse lists in whole 64-bit words, heads and indices included. */
  readonly synapses: number;
  /** Registers of compartments and cores that the profile has. */
  readonly registers: number;
  /** u, v and the refractory count of every compartment. */
  readonly states: number;
  readonly bytes: number;
  /** What the chip has as well, and whose width no public source gives. */
  readonly notCounted: readonly string[];
}

export interface Footprint {
  readonly float32: FloatFootprint;
  readonly chip: ChipFootprint;
}

const FLOAT_BYTES = 4;

/** `models`: by population, null for sources. */
export function footprint(
  image: ChipImage,
  layers: readonly Layer[],
  models: readonly (NeuronModel | null)[],
): Footprint {
  const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
  let neuronParameters = 0;
  let states = 0;
  models.forEach((model, p) => {
    neuronParameters += model?.parameters ?? 0;
    states += (model?.states ?? 0) * image.populations[p]!.size;
  });
  return {
    float32: {
      weights,
      neuronParameters,
      states,
      bytes: FLOAT_BYTES * (weights + neuronParameters + states),
    },
    chip: chipFootprint(image),
  };
}

type SizedRegister = {
  readonly bits: number;
  readonly extension?: { readonly allowed: (rules: Rules) => boolean };
};

function chipFootprint({ cores, profile: { rules } }: ChipImage): ChipFootprint {
  const bitsOf = (registers: readonly SizedRegister[]): number =>
    registers.reduce(
      (sum, { bits, extension }) => sum + (extension === undefined || extension.allowed(rules) ? bits : 0),
      0,
    );
  const neurons = cores.reduce((sum, { n }) => sum + n, 0);
  const synapses = cores.reduce((sum, { used }) => sum + used.synapseBits, 0);
  const registers = neurons * bitsOf(COMPARTMENT_REGISTERS) + cores.length * bitsOf(CORE_REGISTERS);
  const states = neurons * bitsOf(STATE_REGISTERS);
  return {
    synapses,
    registers,
    states,
    bytes: Math.ceil((synapses + registers + states) / 8),
    notCounted: ['in-axon tables', 'out-axon tables', 'dendritic accumulators'],
  };
}
