/** Integration of a cluster, as ../soma.ts: core by core, sixteen compartments (a block) at a time, four to a vector. */
import {
  ACTIVE_AT,
  ACTIVE_SET,
  AWAKE_SUM,
  BOUNDED_FROM,
  CORES,
  CORES_AT,
  FIRED_COUNT,
  LAST_ARRIVAL,
} from '../cluster-words';
import { SPIKES, STEPS } from '../counter-index';
import {
  ACCOUNTED,
  AWAKE_BLOCKS,
  BANKS,
  BIAS_BITS,
  BIAS_KIND,
  CURRENT_BITS,
  CURRENT_KIND,
  DESCRIPTOR_WORDS,
  INPUT_BITS,
  INPUT_KIND,
  MARKS_AT,
  N_PADDED,
  NARROW,
  NOISE_ENABLE_AT,
  RESET_INTERVAL,
  RESET_MODE,
  RESET_OFFSET,
  RESET_ZERO,
  REST_ACTIVE_TOTAL,
  SLOTS,
  STRIDE_BITS,
  SUM_TWOS_COMPLEMENT,
  THETA_AT,
  V_CLAMP,
  VTH_LO_AT,
  WIDE,
  WIDE_ASLEEP,
} from '../descriptor';
import { account, activeUpdates, noteActive } from './account';
import { integrateSet } from './active-set';
import { integrateGeneral } from './soma-general';
import { integrateNarrow } from './soma-narrow';
import { integratePlain } from './soma-plain';
import { address, count, setWord, word } from './words';

/**
 * Runs step t of the cluster at `c`: fills its fired list and returns how many it has, or -1 when the active
 * set must be dissolved first.
 */
export function integrate(c: usize, t: i32): i32 {
  if (word(c, ACTIVE_SET) != 0) return integrateSet(c, t);
  const arrivals = word(c, LAST_ARRIVAL) >= t;
  const bounded = t >= word(c, BOUNDED_FROM);
  let fired = 0;
  let awake = 0;
  let activeAt = address(c, ACTIVE_AT);
  let d = address(c, CORES_AT);
  for (let core = word(c, CORES); core > 0; core--, d += DESCRIPTOR_WORDS << 2) {
    const interval = word(d, RESET_INTERVAL);
    const resetDue = interval > 0 && t % interval == word(d, RESET_OFFSET) % interval;
    // a core that is not visited is accounted for when it is, or when the host looks
    if (word(d, AWAKE_BLOCKS) == 0 && !resetDue && !(arrivals && isMarked(d, t))) {
      activeAt = noteActive(activeAt, word(d, REST_ACTIVE_TOTAL));
      continue;
    }
    account(d, t - 1);
    const before = activeUpdates(d);
    fired = integrateCore(d, t, resetDue, bounded, fired);
    activeAt = noteActive(activeAt, activeUpdates(d) - before);
    awake += word(d, AWAKE_BLOCKS);
  }
  setWord(c, AWAKE_SUM, awake);
  setWord(c, FIRED_COUNT, fired);
  return fired;
}

@inline
function integrateCore(d: usize, t: i32, resetDue: bool, bounded: bool, before: i32): i32 {
  let fired = 0;
  const narrow = bounded && word(d, NARROW) != 0 && (word(d, WIDE) | word(d, WIDE_ASLEEP)) == 0;
  if (narrow) fired = integrateNarrow(d, t, before);
  else if (!resetDue && isPlain(d)) fired = integratePlain(d, t, before);
  else {
    fired = integrateGeneral(d, t, resetDue, before);
    // does not look how large u and v are
    setWord(d, WIDE, 1);
  }
  setWord(d, ACCOUNTED, t);
  count(d, STEPS, 1);
  count(d, SPIKES, fired - before);
  return fired;
}

/** Whether some block of the core has an arrival at step t. */
function isMarked(d: usize, t: i32): bool {
  const row = <usize>(t & (word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  let at = address(d, MARKS_AT) + (row >> 4);
  const end = at + <usize>(word(d, N_PADDED) >> 4);
  for (; at + 16 <= end; at += 16) if (v128.any_true(v128.load(at))) return true;
  for (; at < end; at++) if (load<u8>(at) != 0) return true;
  return false;
}

/** Whether the core has the rules that soma-plain.ts has compiled in. */
function isPlain(d: usize): bool {
  const kinds =
    (word(d, INPUT_KIND) ^ SUM_TWOS_COMPLEMENT) |
    (word(d, CURRENT_KIND) ^ SUM_TWOS_COMPLEMENT) |
    (word(d, BIAS_KIND) ^ SUM_TWOS_COMPLEMENT);
  const bits = (word(d, INPUT_BITS) ^ 21) | (word(d, CURRENT_BITS) ^ 23) | (word(d, BIAS_BITS) ^ 23);
  const rest = (word(d, V_CLAMP) ^ 1) | (word(d, RESET_MODE) ^ RESET_ZERO) | (word(d, BANKS) ^ 1);
  return (kinds | bits | rest | word(d, NOISE_ENABLE_AT) | word(d, VTH_LO_AT) | word(d, THETA_AT)) == 0;
}
