/**
 * The active set at work (../active-set.ts): compartments with state stand side by side in places, in which
 * they are updated; a compartment gets a place with its first input and gives it back when it has come to rest.
 */
import {
  ACTIVE_AT,
  AWAKE_SUM,
  CORE_OF_AT,
  CORES,
  CORES_AT,
  DISSOLVES,
  DRAINS,
  FIRE_BLOCKS_AT,
  FIRED_AT,
  FIRED_COUNT,
  LANES,
  LAST_ARRIVAL,
  LINE_AT,
  LINE_BITS,
  LINE_MARKS_AT,
  LINE_ROWS,
  PLACE_ACC_AT,
  PLACE_BIAS_AT,
  PLACE_KEEP_U_AT,
  PLACE_KEEP_V_AT,
  PLACE_LANE_AT,
  PLACE_OF_AT,
  PLACE_U_AT,
  PLACE_UNTIL_AT,
  PLACE_V_AT,
  PLACE_VTH_AT,
  SWEPT_AT,
} from '../cluster-words';
import { SPIKES, STEPS, UPDATES_ACTIVE } from '../counter-index';
import {
  ACCOUNTED,
  AWAKE_BLOCKS,
  BIAS_AT,
  DESCRIPTOR_WORDS,
  FIRST_KEY,
  FIRST_LANE,
  FIRST_PLACE,
  KEEP_U_AT,
  KEEP_V_AT,
  LANES_PER_PLACE,
  N_PADDED,
  PLACES,
  REFRACT_AT,
  REFRACT_UNTIL_AT,
  REST_ACTIVE_TOTAL,
  SPIKE_COUNT_AT,
  U_AT,
  UNIFORM,
  V_AT,
  VTH_AT,
  WIDE,
} from '../descriptor';
import { account, activeUpdates, noteActive } from './account';
import { updateRun } from './soma-narrow';
import { address, count, setWord, word } from './words';

/** Steps between two looks for places whose compartments have come to rest. */
const SWEEP_STEPS = 64;

/**
 * Updates all places of the cluster; as `integrate` of soma.ts, but what fired is in no order. Returns -1, and
 * has updated nothing, when the set must be dissolved first.
 */
export function integrateSet(c: usize, t: i32): i32 {
  if (word(c, DRAINS) != 0 || (word(c, LINE_ROWS) > 1 && word(c, LAST_ARRIVAL) >= t)) drain(c, t);
  if (word(c, DISSOLVES) != 0) return -1;
  let fired = 0;
  let awake = 0;
  let activeAt = address(c, ACTIVE_AT);
  let d = address(c, CORES_AT);
  for (let core = word(c, CORES); core > 0; core--, d += DESCRIPTOR_WORDS << 2) {
    if (word(d, PLACES) == 0) {
      activeAt = noteActive(activeAt, word(d, REST_ACTIVE_TOTAL));
      continue;
    }
    account(d, t - 1);
    const updates = activeUpdates(d);
    const before = fired;
    fired = word(d, UNIFORM) != 0 ? updatePlaces(c, d, t, fired, true) : updatePlaces(c, d, t, fired, false);
    activeAt = noteActive(activeAt, activeUpdates(d) - updates);
    if (word(d, WIDE) != 0) setWord(c, DISSOLVES, 1);
    if ((t & (SWEEP_STEPS - 1)) == 0) {
      sweep(c, d, t);
      setWord(c, SWEPT_AT, t);
    }
    const blocks = (word(d, PLACES) + 15) >> 4;
    setWord(d, AWAKE_BLOCKS, blocks);
    setWord(d, ACCOUNTED, t);
    count(d, STEPS, 1);
    count(d, SPIKES, fired - before);
    awake += blocks;
  }
  setWord(c, AWAKE_SUM, awake);
  setWord(c, FIRED_COUNT, fired);
  return fired;
}

@inline
function updatePlaces(c: usize, d: usize, t: i32, before: i32, uniform: bool): i32 {
  const first = <usize>word(d, FIRST_PLACE) << 2;
  const places = (word(d, PLACES) + 15) & ~15;
  const firing = address(c, FIRE_BLOCKS_AT);
  const said = updateRun(
    d,
    address(c, PLACE_ACC_AT) + first,
    address(c, PLACE_U_AT) + first,
    address(c, PLACE_V_AT) + first,
    address(c, PLACE_UNTIL_AT) + first,
    address(c, PLACE_BIAS_AT) + first,
    address(c, PLACE_KEEP_U_AT) + first,
    address(c, PLACE_KEEP_V_AT) + first,
    address(c, PLACE_VTH_AT) + first,
    <usize>places << 2,
    t,
    firing,
    uniform,
    true,
  );
  count(d, UPDATES_ACTIVE, <i64>word(d, REST_ACTIVE_TOTAL) + places - <i64>(said >> 32));
  let fired = before;
  for (let at = firing; at < firing + <usize><u32>said; at += 4) {
    const noted = load<u32>(at);
    const block = first + (<usize>(noted >> 16) << 6);
    for (let mask = noted & 0xffff; mask != 0; mask &= mask - 1) {
      fired = fire(c, d, block + (<usize>ctz(mask) << 2), t, fired);
    }
  }
  return fired;
}

/** Records a spike of the place at byte offset `place` of its columns. */
@inline
function fire(c: usize, d: usize, place: usize, t: i32, fired: i32): i32 {
  const i = load<i32>(address(c, PLACE_LANE_AT) + place) - word(d, FIRST_LANE);
  store<u32>(address(c, FIRED_AT) + (<usize>fired << 2), <u32>(word(d, FIRST_KEY) + i));
  const tally = address(d, SPIKE_COUNT_AT) + (<usize>i << 3);
  store<u64>(tally, load<u64>(tally) + 1);
  const refract = load<i32>(address(d, REFRACT_AT) + (<usize>i << 2));
  store<i32>(address(c, PLACE_UNTIL_AT) + place, t + max(refract, 1));
  return fired + 1;
}

/** Moves the arrivals of step t from the delay line into places, as long as there are any. */
function drain(c: usize, t: i32): void {
  setWord(c, DRAINS, 0);
  const row = <usize>(t & (word(c, LINE_ROWS) - 1)) << word(c, LINE_BITS);
  const marks = address(c, LINE_MARKS_AT) + (row >> 4);
  const line = address(c, LINE_AT) + (row << 2);
  const blocks = word(c, LANES) >> 4;
  for (let block = 0; block < blocks; block++) {
    if ((block & 15) == 0 && block + 16 <= blocks && !v128.any_true(v128.load(marks + <usize>block))) {
      block += 15;
      continue;
    }
    if (load<u8>(marks + <usize>block) == 0) continue;
    for (let lane = block << 4; lane < (block + 1) << 4; lane++) {
      const at = line + (<usize>lane << 2);
      const sum = load<i32>(at);
      if (sum == 0) continue;
      const place = placeFor(c, lane, t);
      if (place == 0) return;
      store<i32>(at, 0);
      const acc = address(c, PLACE_ACC_AT) + (<usize>(place - 1) << 2);
      store<i32>(acc, load<i32>(acc) + sum);
    }
    store<u8>(marks + <usize>block, 0);
  }
}

/** 1 + the place of a lane, which gets one if it has none; 0 when there is none left. */
@inline
export function placeFor(c: usize, lane: u32, t: i32): u32 {
  const place = load<u32>(address(c, PLACE_OF_AT) + (<usize>lane << 2));
  return place != 0 ? place : wake(c, lane, t);
}

function wake(c: usize, lane: i32, t: i32): u32 {
  const core = <usize>load<u16>(address(c, CORE_OF_AT) + (<usize>(lane >> 4) << 1));
  const d = address(c, CORES_AT) + core * (DESCRIPTOR_WORDS << 2);
  const used = word(d, PLACES);
  if (used * LANES_PER_PLACE >= word(d, N_PADDED)) {
    setWord(c, DISSOLVES, 1);
    return 0;
  }
  account(d, t - 1);
  const place = word(d, FIRST_PLACE) + used;
  const at = <usize>place << 2;
  const i = <usize>(lane - word(d, FIRST_LANE)) << 2;
  setWord(d, PLACES, used + 1);
  store<u32>(address(c, PLACE_OF_AT) + (<usize>lane << 2), place + 1);
  store<i32>(address(c, PLACE_LANE_AT) + at, lane);
  // At rest u and bias are 0 and nothing is held, which is what places that nobody has say too; where all
  // registers are the same and v decays, v is 0 as well. Then no column is read: each would be a cache miss.
  const uniform = word(d, UNIFORM) != 0;
  if (uniform && load<i32>(address(d, KEEP_V_AT)) != 4096) return place + 1;
  const v = load<i32>(address(d, V_AT) + i);
  if (v != 0) setWord(d, REST_ACTIVE_TOTAL, word(d, REST_ACTIVE_TOTAL) - 1);
  store<i32>(address(c, PLACE_V_AT) + at, v);
  store<i32>(address(c, PLACE_KEEP_V_AT) + at, load<i32>(address(d, KEEP_V_AT) + i));
  store<i32>(address(c, PLACE_VTH_AT) + at, load<i32>(address(d, VTH_AT) + i));
  if (!uniform) store<i32>(address(c, PLACE_KEEP_U_AT) + at, load<i32>(address(d, KEEP_U_AT) + i));
  return place + 1;
}

/** Takes back the places of compartments that are at rest after step t; the last ones fill the gaps. */
function sweep(c: usize, d: usize, t: i32): void {
  const first = word(d, FIRST_PLACE);
  for (let place = first; place < first + word(d, PLACES); ) {
    const at = <usize>place << 2;
    const v = load<i32>(address(c, PLACE_V_AT) + at);
    // keep and threshold are kept only where v can rest off 0
    const holds =
      v == 0 || (load<i32>(address(c, PLACE_KEEP_V_AT) + at) == 4096 && v <= load<i32>(address(c, PLACE_VTH_AT) + at));
    const state = load<i32>(address(c, PLACE_U_AT) + at) | load<i32>(address(c, PLACE_BIAS_AT) + at);
    if (state != 0 || !holds || load<i32>(address(c, PLACE_UNTIL_AT) + at) > t + 1) {
      place++;
      continue;
    }
    const lane = load<i32>(address(c, PLACE_LANE_AT) + at);
    const i = <usize>(lane - word(d, FIRST_LANE)) << 2;
    store<i32>(address(d, U_AT) + i, 0);
    store<i32>(address(d, V_AT) + i, v);
    store<i32>(address(d, REFRACT_UNTIL_AT) + i, load<i32>(address(c, PLACE_UNTIL_AT) + at));
    if (v != 0) setWord(d, REST_ACTIVE_TOTAL, word(d, REST_ACTIVE_TOTAL) + 1);
    store<u32>(address(c, PLACE_OF_AT) + (<usize>lane << 2), 0);
    const last = first + word(d, PLACES) - 1;
    movePlace(c, last, place);
    setWord(d, PLACES, word(d, PLACES) - 1);
  }
}

/** Moves what is in place `from` to place `to`, and leaves `from` as places are that nobody has. */
function movePlace(c: usize, from: i32, to: i32): void {
  for (let columnWord = PLACE_LANE_AT; columnWord <= PLACE_VTH_AT; columnWord++) {
    const at = address(c, columnWord);
    const value = load<i32>(at + (<usize>from << 2));
    store<i32>(at + (<usize>from << 2), columnWord == PLACE_VTH_AT ? i32.MAX_VALUE : 0);
    if (from != to) {
      store<i32>(at + (<usize>to << 2), value);
      if (columnWord == PLACE_LANE_AT) store<u32>(address(c, PLACE_OF_AT) + (<usize>value << 2), to + 1);
    }
  }
}
