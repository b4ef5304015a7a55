/** What the neuron panel asks of its worker. */
import type { RateCurve } from './curve.js';
import type { LiveSamples } from './live.js';
import type { NeuronMeasurement } from './measure.js';
import type { NeuronParameters } from './parameters.js';
import type { NeuronProgramme } from './programme.js';

export type NeuronCalls = {
  /** Programs the live neuron; time and voltage go on from where they were. */
  readonly programme: {
    readonly params: NeuronParameters;
    readonly result: NeuronProgramme;
    readonly progress: never;
  };
  /** Runs the live neuron on. */
  readonly advance: {
    readonly params: { readonly steps: number };
    readonly result: LiveSamples;
    readonly progress: never;
  };
  /** An input spike by hand, in the next step. */
  readonly send: { readonly params: null; readonly result: null; readonly progress: never };
  readonly measure: {
    readonly params: NeuronParameters;
    readonly result: NeuronMeasurement;
    readonly progress: never;
  };
  readonly curve: {
    readonly params: NeuronParameters;
    readonly result: RateCurve;
    readonly progress: never;
  };
};
