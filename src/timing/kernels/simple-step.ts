/**
 * The end of a step of model `simple`: the busiest of its slots is its time (../simple.ts). What senders take becomes ps; what
 * receivers take is compared in units, unless spikes of calls before come to it.
 */
import {
  ACTIVE,
  BARRIER,
  BARRIER_BOUND,
  BASE_AT,
  BOUND_AT,
  CARRIED,
  CORES,
  COUNT_AT,
  FIRST_RECEIVER,
  IDLE_AT,
  SLOTS,
  SUM_AT,
  TIME_AT,
  TOTAL_AT,
  UNIT,
} from '../simple-words';
import { head, place, setHead, timeIn, wordIn } from './words';

@inline
function numberOf(number: i32): f64 {
  return load<f64>((<usize>number) << 3);
}

/** Ends step `s` of this call: its time, and what bounded it. */
export function close(s: i32): void {
  const firstReceiver = head(FIRST_RECEIVER);
  const slots = head(SLOTS);
  const sent = settleSenders(s);
  let received: f64 = 0;
  let receiver = 0;
  if (head(CARRIED) != 0) {
    received = settleReceivers();
    if (received > sent) receiver = find(received, firstReceiver);
    memory.copy(place(BASE_AT), place(IDLE_AT), (<usize>slots) << 3);
    setHead(CARRIED, 0);
  } else {
    const units = mostUnits();
    received = <f64>units * numberOf(UNIT);
    if (received > sent) receiver = findUnits(units);
    const end = wordIn(SUM_AT, slots);
    for (let at = wordIn(SUM_AT, firstReceiver); at < end; at += 16) v128.store(at, i32x4.splat(0));
  }
  const most = max(sent, received);
  const barrier = numberOf(BARRIER);
  let bound = BARRIER_BOUND;
  if (most > 0 && most >= barrier) bound = received > sent ? ~(receiver - firstReceiver) : find(sent, 0);
  store<f64>(timeIn(TIME_AT, s), most + barrier);
  store<i32>(wordIn(BOUND_AT, s), bound);
}

/** Totals of all senders in step `s` of this call; the most of them. */
@inline
function settleSenders(s: i32): f64 {
  const firstReceiver = head(FIRST_RECEIVER);
  const cores = head(CORES);
  const countAt = wordIn(COUNT_AT, s * cores);
  const sumAt = place(SUM_AT);
  const baseAt = place(BASE_AT);
  const totalAt = place(TOTAL_AT);
  const unit = f64x2.splat(numberOf(UNIT));
  const active = f64x2.splat(numberOf(ACTIVE));
  let most = f64x2.splat(0);
  let slot = 0;
  for (; slot < cores; slot += 4) {
    let counts = v128.load(countAt + ((<usize>slot) << 2));
    // counts of the next step are behind those of this one
    if (cores - slot < 4) counts = v128.and(counts, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(cores - slot)));
    const low = f64x2.mul(f64x2.convert_low_i32x4_s(counts), active);
    const high = f64x2.mul(f64x2.convert_low_i32x4_s(upper(counts)), active);
    const base = baseAt + ((<usize>slot) << 3);
    const own = settle(sumAt, totalAt, slot, unit, f64x2.add(v128.load(base), low), f64x2.add(v128.load(base, 16), high));
    most = f64x2.pmax(most, own);
  }
  for (; slot < firstReceiver; slot += 4) {
    const base = baseAt + ((<usize>slot) << 3);
    most = f64x2.pmax(most, settle(sumAt, totalAt, slot, unit, v128.load(base), v128.load(base, 16)));
  }
  return mostOf(most);
}

/** Totals of all receivers; the most of them. */
function settleReceivers(): f64 {
  const slots = head(SLOTS);
  const sumAt = place(SUM_AT);
  const baseAt = place(BASE_AT);
  const totalAt = place(TOTAL_AT);
  const unit = f64x2.splat(numberOf(UNIT));
  let most = f64x2.splat(0);
  for (let slot = head(FIRST_RECEIVER); slot < slots; slot += 4) {
    const base = baseAt + ((<usize>slot) << 3);
    most = f64x2.pmax(most, settle(sumAt, totalAt, slot, unit, v128.load(base), v128.load(base, 16)));
  }
  return mostOf(most);
}

/** Totals of four slots from `slot` on, whose sums are 0 again, with `low` and `high` besides; the larger of each two. */
@inline
function settle(sumAt: usize, totalAt: usize, slot: i32, unit: v128, low: v128, high: v128): v128 {
  const at = sumAt + ((<usize>slot) << 2);
  const total = totalAt + ((<usize>slot) << 3);
  const sums = v128.load(at);
  v128.store(at, i32x4.splat(0));
  const first = f64x2.add(low, f64x2.mul(f64x2.convert_low_i32x4_s(sums), unit));
  const second = f64x2.add(high, f64x2.mul(f64x2.convert_low_i32x4_s(upper(sums)), unit));
  v128.store(total, first);
  v128.store(total, second, 16);
  return f64x2.pmax(first, second);
}

@inline
function upper(words: v128): v128 {
  return i64x2.shuffle(words, words, 1, 1);
}

@inline
function mostOf(two: v128): f64 {
  return max(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1));
}

/** The most units of a receiver. */
@inline
function mostUnits(): i32 {
  const end = wordIn(SUM_AT, head(SLOTS));
  let most = i32x4.splat(0);
  for (let at = wordIn(SUM_AT, head(FIRST_RECEIVER)); at < end; at += 16) most = i32x4.max_s(most, v128.load(at));
  most = i32x4.max_s(most, upper(most));
  return max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1));
}

/** The first slot from `slot` on, a multiple of 4, whose total is `most`: there is one. */
@inline
function find(most: f64, slot: i32): i32 {
  const totalAt = place(TOTAL_AT);
  const same = f64x2.splat(most);
  let at = slot;
  let found = 0;
  for (;;) {
    const total = totalAt + ((<usize>at) << 3);
    found = i64x2.bitmask(f64x2.eq(v128.load(total), same));
    found |= i64x2.bitmask(f64x2.eq(v128.load(total, 16), same)) << 2;
    if (found != 0) break;
    at += 4;
  }
  return at + ctz(found);
}

/** The first receiver that has so many units: there is one. */
@inline
function findUnits(units: i32): i32 {
  const sumAt = place(SUM_AT);
  const same = i32x4.splat(units);
  let slot = head(FIRST_RECEIVER);
  let found = 0;
  for (;;) {
    found = i32x4.bitmask(i32x4.eq(v128.load(sumAt + ((<usize>slot) << 2)), same));
    if (found != 0) break;
    slot += 4;
  }
  return slot + ctz(found);
}

/** Moves the units of all slots to what comes to them: the step goes on with spikes that may be as many again. */
export function carry(): void {
  const slots = head(SLOTS);
  const unit = numberOf(UNIT);
  for (let slot = 0; slot < slots; slot++) {
    const sum = wordIn(SUM_AT, slot);
    const base = timeIn(BASE_AT, slot);
    store<f64>(base, load<f64>(base) + unit * <f64>load<u32>(sum));
    store<u32>(sum, 0);
  }
  setHead(CARRIED, 1);
}
