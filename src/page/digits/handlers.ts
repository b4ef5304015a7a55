/** Answers of the digits panel's worker: one chip, opened when it is first needed. */
import file from '../../../examples/digits/weights.json' with { type: 'json' };
import { weightsOf } from '../../../examples/digits/weights-format.js';
import { costProfileNamed } from '../../energy/cost-profiles.js';
import type { Handlers } from '../protocol.js';
import type { DigitsCalls } from './calls.js';
import { DigitReader } from './digit-reader.js';
import { inkOf } from './ink.js';

let opened: Promise<DigitReader> | null = null;

const reader = (): Promise<DigitReader> => {
  opened ??= DigitReader.open(weightsOf(file));
  return opened;
};

export const handlers: Handlers<DigitsCalls> = {
  async open() {
    await reader();
    return undefined;
  },
  async look({ strokes, costs, isNew }, { transfer }) {
    const one = await reader();
    if (isNew) one.begin();
    const reading = await one.look(inkOf(strokes), costProfileNamed(costs));
    for (const { steps, neurons } of Object.values(reading.layers))
      transfer(steps.buffer as ArrayBuffer, neurons.buffer as ArrayBuffer);
    return reading;
  },
};
