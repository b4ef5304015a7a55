/** Answers of the coding panel's worker. */
import { costProfileNamed } from '../../energy/cost-profiles.js';
import type { Handlers } from '../protocol.js';
import type { CodingCalls } from './calls.js';
import { codesOf } from './codes.js';
import { type Outcome, transmit } from './transmit.js';

export const handlers: Handlers<CodingCalls> = {
  async transmit({ values, options, prices }, { breathe }) {
    const costs = costProfileNamed(prices);
    const outcomes: Outcome[] = [];
    for (const code of codesOf(options)) {
      await breathe();
      outcomes.push(await transmit(code, values, costs));
    }
    return outcomes;
  },
};
