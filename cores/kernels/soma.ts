/** Integration of a core, as ../soma.ts: sixteen compartments (a block) at a time, four to a vector. */
import { SPIKES, STEPS } from '../counter-index';
import {
  BANKS,
  BIAS_BITS,
  BIAS_KIND,
  CURRENT_BITS,
  CURRENT_KIND,
  FIRED_COUNT,
  INPUT_BITS,
  INPUT_KIND,
  NOISE_ENABLE_AT,
  RESET_INTERVAL,
  RESET_MODE,
  RESET_OFFSET,
  RESET_ZERO,
  SUM_TWOS_COMPLEMENT,
  V_CLAMP,
  VTH_LO_AT,
} from '../descriptor';
import { integrateGeneral } from './soma-general';
import { integratePlain } from './soma-plain';
import { count, setWord, word } from './words';

/** Runs step t of the core at `d`: fills its fired list, ascending, and returns how many it has. */
export function integrate(d: usize, t: i32): i32 {
  const interval = word(d, RESET_INTERVAL);
  const resetDue = interval > 0 && t % interval == word(d, RESET_OFFSET) % interval;
  const fired = !resetDue && isPlain(d) ? integratePlain(d, t) : integrateGeneral(d, t, resetDue);
  setWord(d, FIRED_COUNT, fired);
  count(d, STEPS, 1);
  count(d, SPIKES, fired);
  return fired;
}

/** Whether the core has the rules that soma-plain.ts has compiled in. */
function isPlain(d: usize): bool {
  const kinds =
    (word(d, INPUT_KIND) ^ SUM_TWOS_COMPLEMENT) |
    (word(d, CURRENT_KIND) ^ SUM_TWOS_COMPLEMENT) |
    (word(d, BIAS_KIND) ^ SUM_TWOS_COMPLEMENT);
  const bits = (word(d, INPUT_BITS) ^ 21) | (word(d, CURRENT_BITS) ^ 23) | (word(d, BIAS_BITS) ^ 23);
  const rest = (word(d, V_CLAMP) ^ 1) | (word(d, RESET_MODE) ^ RESET_ZERO) | (word(d, BANKS) ^ 1);
  return (kinds | bits | rest | word(d, NOISE_ENABLE_AT) | word(d, VTH_LO_AT)) == 0;
}
