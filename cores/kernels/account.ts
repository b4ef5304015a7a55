/** Steps a core has slept through, as `Core.account` in ../core.ts. */
import { STEPS, UPDATES_ACTIVE } from '../counter-index';
import { ACCOUNTED, REST_ACTIVE_TOTAL } from '../descriptor';
import { count, setWord, word } from './words';

/** Accounts for the quiet steps after the last accounted one, up to step t. */
@inline
export function account(d: usize, t: i32): void {
  const steps = t - word(d, ACCOUNTED);
  if (steps <= 0) return;
  setWord(d, ACCOUNTED, t);
  count(d, STEPS, steps);
  count(d, UPDATES_ACTIVE, <i64>steps * word(d, REST_ACTIVE_TOTAL));
}
