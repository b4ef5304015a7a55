/** What the digits panel asks of its worker. */
import type { Stroke } from './ink.js';
import type { Reading } from './reading.js';

export type DigitsCalls = {
  /** Compiles the network and opens the chip, unless that is done. */
  readonly open: { readonly params: undefined; readonly result: undefined; readonly progress: never };
  /** Looks at a drawing. */
  readonly look: {
    readonly params: {
      readonly strokes: readonly Stroke[];
      /** Name of a cost profile with energies. */
      readonly costs: string;
      /** Whether a drawing begins: then its sums begin, too. */
      readonly isNew: boolean;
    };
    readonly result: Reading;
    readonly progress: never;
  };
};
