/**
 * Model `simple`, many steps at a call: the sums of ../simple-sums.ts, from rows of 16-bit costs. What a spike costs
 * all cores it reaches is added eight cores at a time.
 */
import {
  ACTIVE,
  BARRIER,
  BLOCKS,
  BOUND_AT,
  CORES,
  COUNT_AT,
  ID_AT,
  IDLE,
  IDLE_AT,
  IDS,
  LIST_AT,
  NO_CORE,
  NO_ROW,
  POINTER_AT,
  RECEIVED_AT,
  ROW_AT,
  SENDERS,
  SENT_AT,
  SPIKE_AT,
  STEP_AT,
  SUM_AT,
  TIME_AT,
  UNIT,
} from '../simple-words';
import { head, place, timeIn, wordIn } from './words';

@inline
function numberOf(number: i32): f64 {
  return load<f64>((<usize>number) << 3);
}

/** Times of `steps` steps from `first` on, with all `spikes` spikes that lie in the memory. Returns one that nobody has, or -1. */
export function run(steps: i32, spikes: i32, first: i32): i32 {
  const stepOf = place(STEP_AT);
  let at = 0;
  for (let s = 0; s < steps; s++) {
    const begin = at;
    while (at < spikes && load<i32>(stepOf + ((<usize>at) << 2)) == first + s) at++;
    if (at > begin) {
      const stranger = add(begin, at);
      if (stranger >= 0) return stranger;
    }
    close(s);
  }
  return -1;
}

/** Adds spikes `begin .. end - 1` to the step at hand. Returns one that nobody has, or -1. */
export function add(begin: i32, end: i32): i32 {
  const stranger = send(begin, end);
  if (stranger >= 0) return stranger;
  if (head(BLOCKS) > 0) receiveRows(begin, end);
  else receiveLists(begin, end);
  return -1;
}

/** What the spikes cost where they are sent; looks up where their rows are. */
function send(begin: i32, end: i32): i32 {
  const ids = head(IDS);
  const blocks = head(BLOCKS);
  const spikeAt = place(SPIKE_AT);
  const idAt = place(ID_AT);
  const rowAt = place(ROW_AT);
  const pointerAt = place(POINTER_AT);
  const rowBytes = blocks > 0 ? blocks << 4 : 4;
  // spikes come in order of id, so those of a core mostly follow each other
  let core = NO_CORE;
  let sum: u64 = 0;
  for (let i = begin; i < end; i++) {
    const id = load<u32>(spikeAt + ((<usize>i) << 2));
    if (id >= <u32>ids) return i;
    const entry = load<u64>(idAt + ((<usize>id) << 3));
    const row = <u32>entry;
    if (row == NO_ROW) return i;
    store<usize>(pointerAt + ((<usize>i) << 2), rowAt + <usize>row * rowBytes);
    const own = <i32>((entry >> 32) & 0xffff);
    if (own != core) {
      flush(core, sum);
      core = own;
      sum = 0;
    }
    sum += entry >> 48;
  }
  flush(core, sum);
  return -1;
}

@inline
function flush(core: i32, sum: u64): void {
  if (core == NO_CORE || sum == 0) return;
  const at = timeIn(SENT_AT, core);
  store<f64>(at, load<f64>(at) + numberOf(UNIT) * <f64>sum);
}

function receiveRows(begin: i32, end: i32): void {
  const blocks = head(BLOCKS);
  const unit = f64x2.splat(numberOf(UNIT));
  const first = wordIn(POINTER_AT, begin);
  const last = wordIn(POINTER_AT, end);
  for (let block = 0; block < blocks; block++) {
    const offset = (<usize>block) << 4;
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let pointer = first; pointer < last; pointer += 4) {
      const costs = v128.load(load<usize>(pointer) + offset);
      low = i32x4.add(low, i32x4.extend_low_i16x8_u(costs));
      high = i32x4.add(high, i32x4.extend_high_i16x8_u(costs));
    }
    const at = timeIn(RECEIVED_AT, block << 3);
    addPair(at, low, unit);
    addPair(at + 16, i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15), unit);
    addPair(at + 32, high, unit);
    addPair(at + 48, i8x16.shuffle(high, high, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15), unit);
  }
}

/** Adds two sums, each times `unit`. */
@inline
function addPair(at: usize, sums: v128, unit: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.mul(f64x2.convert_low_i32x4_u(sums), unit)));
}

function receiveLists(begin: i32, end: i32): void {
  const listAt = place(LIST_AT);
  const sumAt = place(SUM_AT);
  const first = wordIn(POINTER_AT, begin);
  const last = wordIn(POINTER_AT, end);
  for (let pointer = first; pointer < last; pointer += 4) {
    const row = load<usize>(pointer);
    const listEnd = listAt + (load<usize>(row, 4) << 2);
    for (let entry = listAt + (load<usize>(row) << 2); entry < listEnd; entry += 4) {
      const word = load<u32>(entry);
      const at = sumAt + ((word & 0xffff) << 2);
      store<u32>(at, load<u32>(at) + (word >> 16));
    }
  }
  const cores = head(CORES);
  const unit = numberOf(UNIT);
  for (let core = 0; core < cores; core++) {
    const at = sumAt + ((<usize>core) << 2);
    const sum = load<u32>(at);
    if (sum == 0) continue;
    store<u32>(at, 0);
    const received = timeIn(RECEIVED_AT, core);
    store<f64>(received, load<f64>(received) + unit * <f64>sum);
  }
}

/** Ends step `s` of this call: its time, and the busiest core as in ../simple.ts. */
function close(s: i32): void {
  const cores = head(CORES);
  const senders = head(SENDERS);
  const sentAt = place(SENT_AT);
  const receivedAt = place(RECEIVED_AT);
  const idleAt = place(IDLE_AT);
  const countAt = wordIn(COUNT_AT, s * cores);
  const active = numberOf(ACTIVE);
  let most: f64 = 0;
  let busiest = IDLE;
  for (let core = 0; core < senders; core++) {
    const at = sentAt + ((<usize>core) << 3);
    let sent = load<f64>(at);
    store<f64>(at, 0);
    if (core < cores)
      sent +=
        load<f64>(idleAt + ((<usize>core) << 3)) +
        active * <f64>load<u32>(countAt + ((<usize>core) << 2));
    if (sent > most) {
      most = sent;
      busiest = core;
    }
  }
  for (let core = 0; core < cores; core++) {
    const at = receivedAt + ((<usize>core) << 3);
    const received = load<f64>(at);
    store<f64>(at, 0);
    if (received > most) {
      most = received;
      busiest = ~core;
    }
  }
  store<f64>(timeIn(TIME_AT, s), most + numberOf(BARRIER));
  store<i32>(wordIn(BOUND_AT, s), busiest);
}
