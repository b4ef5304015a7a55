/** Steps a core has slept through, as `Core.account` in ../core.ts, and what it counts in one. */
import { STEPS, UPDATES_ACTIVE } from '../counter-index';
import { ACCOUNTED, COUNTERS_AT, REST_ACTIVE_TOTAL } from '../descriptor';
import { address, count, setWord, word } from './words';

/** Accounts for the quiet steps after the last accounted one, up to step t. */
@inline
export function account(d: usize, t: i32): void {
  const steps = t - word(d, ACCOUNTED);
  if (steps <= 0) return;
  setWord(d, ACCOUNTED, t);
  count(d, STEPS, steps);
  count(d, UPDATES_ACTIVE, <i64>steps * word(d, REST_ACTIVE_TOTAL));
}

/** `updatesActive` of the core so far, its low word. */
@inline
export function activeUpdates(d: usize): u32 {
  return load<u32>(address(d, COUNTERS_AT) + ((<usize>UPDATES_ACTIVE) << 3));
}

/** Notes the active compartments of one step at `at`, unless that is 0; returns where the next core's go. */
@inline
export function noteActive(at: usize, active: u32): usize {
  if (at == 0) return 0;
  store<u32>(at, active);
  return at + 4;
}
