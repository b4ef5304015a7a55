/** What the coding panel asks of its worker. */
import type { CodeOptions } from './settings.js';
import type { Outcome } from './transmit.js';

export type CodingCalls = {
  /** Sends a signal through the chip in every code. */
  readonly transmit: {
    readonly params: {
      /** Of every step, 0..1. */
      readonly values: Float64Array;
      readonly options: CodeOptions;
      /** Name of a cost profile with energies. */
      readonly prices: string;
    };
    readonly result: readonly Outcome[];
    readonly progress: never;
  };
};
