/**
 * The soma under the common rules while u and v are narrow and no sum can leave its register (../narrow.ts):
 * a decay is one product, nothing is checked, nothing is clamped. Two thirds of the instructions of
 * soma-plain.ts, which takes over for a core as soon as a value is not narrow any more.
 */
import { FIRE_BLOCKS_AT } from '../cluster-words';
import { UPDATES_ACTIVE } from '../counter-index';
import {
  ACC_AT,
  AWAKE_AT,
  BIAS_AT,
  CLUSTER_AT,
  KEEP_U_AT,
  KEEP_V_AT,
  MARKS_AT,
  N,
  N_PADDED,
  REFRACT_UNTIL_AT,
  REST_ACTIVE_AT,
  REST_ACTIVE_TOTAL,
  SLEEPLESS,
  SLOTS,
  STRIDE_BITS,
  U_AT,
  UNIFORM,
  V_AT,
  VTH_AT,
  WIDE,
} from '../descriptor';
import {
  areQuiet,
  Bytes0,
  Bytes16,
  Bytes32,
  Bytes48,
  isRestless,
  NARROW_MOST,
  recordSpikes,
  settleBlock,
} from './block';
import { address, count, setWord, word } from './words';

export function integrateNarrow(d: usize, t: i32, fired: i32): i32 {
  if (word(d, SLEEPLESS) != 0) {
    return word(d, UNIFORM) != 0 ? updateAll(d, t, fired, true) : updateAll(d, t, fired, false);
  }
  return word(d, UNIFORM) != 0 ? updateVisited(d, t, fired, true) : updateVisited(d, t, fired, false);
}

/** `trunc(x * keep / 4096)` for narrow x: the product fits 31 bits. */
@inline
function decay(x: v128, keep: v128): v128 {
  const toZero = i32x4.shr_u(i32x4.shr_s(x, 31), 20);
  return i32x4.shr_s(i32x4.add(i32x4.mul(x, keep), toZero), 12);
}

/** The current of four compartments. */
@inline
function current<Offset>(acc: usize, u: usize, keepU: v128): v128 {
  const input = i32x4.shl(v128.load(acc, offsetof<Offset>()), 6);
  return i32x4.add(decay(v128.load(u, offsetof<Offset>()), keepU), input);
}

/** The voltage of four compartments before the comparison with the threshold; 0 while it is held. */
@inline
function voltage<Offset>(u: v128, v: usize, until: usize, bias: usize, keepV: v128, now: v128): v128 {
  const held = i32x4.gt_s(v128.load(until, offsetof<Offset>()), now);
  const drive = i32x4.add(u, v128.load(bias, offsetof<Offset>()));
  return v128.andnot(i32x4.add(decay(v128.load(v, offsetof<Offset>()), keepV), drive), held);
}

/** Stores current and voltage, the latter reset where it passed the threshold, and empties the input; returns where it did. */
@inline
function settle<Offset>(acc: usize, u: usize, v: usize, current: v128, voltage: v128, vth: v128): v128 {
  const fire = i32x4.gt_s(voltage, vth);
  v128.store(acc, i32x4.splat(0), offsetof<Offset>());
  v128.store(u, current, offsetof<Offset>());
  v128.store(v, v128.andnot(voltage, fire), offsetof<Offset>());
  return fire;
}

@inline
function column<Offset>(uniform: bool, same: v128, at: usize): v128 {
  return uniform ? same : v128.load(at, offsetof<Offset>());
}

/** A bit for each of 16 compartments that fired. */
@inline
function maskOf(f0: v128, f1: v128, f2: v128, f3: v128): u32 {
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(f0, f1), i16x8.narrow_i32x4_s(f2, f3)));
}

/** Whether a value is beyond the narrow range. */
@inline
function isBeyond(low: v128, high: v128): bool {
  const most = i32x4.splat(NARROW_MOST);
  return v128.any_true(v128.or(i32x4.gt_s(high, most), i32x4.gt_s(i32x4.neg(low), most)));
}

/** Where none of four compartments' state, bias and input is anything but 0. */
@inline
function idleLanes<Offset>(acc: usize, u: usize, v: usize, until: usize, bias: usize, now: v128): v128 {
  const state = v128.or(v128.load(u, offsetof<Offset>()), v128.load(v, offsetof<Offset>()));
  const driven = v128.or(v128.load(bias, offsetof<Offset>()), v128.load(acc, offsetof<Offset>()));
  const held = i32x4.gt_s(v128.load(until, offsetof<Offset>()), now);
  return i32x4.eq(v128.or(v128.or(state, driven), held), i32x4.splat(0));
}

/** A core that never sleeps: every block in every step, and every compartment counts as active. */
@inline
function updateAll(d: usize, t: i32, fired: i32, uniform: bool): i32 {
  const row = <usize>(t & (word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  const firing = address(address(d, CLUSTER_AT), FIRE_BLOCKS_AT);
  const noted = <usize>updateRun(
    d,
    address(d, ACC_AT) + (row << 2),
    address(d, U_AT),
    address(d, V_AT),
    address(d, REFRACT_UNTIL_AT),
    address(d, BIAS_AT),
    address(d, KEEP_U_AT),
    address(d, KEEP_V_AT),
    address(d, VTH_AT),
    <usize>word(d, N_PADDED) << 2,
    t,
    firing,
    uniform,
    false,
  );
  for (let at = firing; at < firing + noted; at += 4) {
    const block = load<u32>(at);
    fired = recordSpikes(d, <i32>((block >> 16) << 4), block & 0xffff, 0, fired, t);
  }
  count(d, UPDATES_ACTIVE, word(d, N));
  return fired;
}

/**
 * Updates adjacent blocks of compartments, `bytes` of each column. Blocks in which something fired are noted at
 * `firing`: block << 16 | mask. Returns the bytes of those notes and, above bit 32, how many compartments had no
 * work (when `counted`).
 */
@inline
export function updateRun(
  d: usize,
  accAt: usize,
  uAt: usize,
  vAt: usize,
  untilAt: usize,
  biasAt: usize,
  keepUAt: usize,
  keepVAt: usize,
  vthAt: usize,
  bytes: usize,
  t: i32,
  firing: usize,
  uniform: bool,
  counted: bool,
): u64 {
  const now = i32x4.splat(t);
  const sameU = v128.load32_splat(address(d, KEEP_U_AT));
  const sameV = v128.load32_splat(address(d, KEEP_V_AT));
  const sameVth = v128.load32_splat(address(d, VTH_AT));
  let low = i32x4.splat(0);
  let high = low;
  let idle: u64 = 0;
  let end = firing;
  // one vector after the other, so that few values are alive: there are sixteen registers
  for (let at: usize = 0; at < bytes; at += 64) {
    const acc = accAt + at;
    const u = uAt + at;
    const v = vAt + at;
    const until = untilAt + at;
    const bias = biasAt + at;
    const keepU = keepUAt + at;
    const keepV = keepVAt + at;
    const vth = vthAt + at;

    const u0 = current<Bytes0>(acc, u, column<Bytes0>(uniform, sameU, keepU));
    const v0 = voltage<Bytes0>(u0, v, until, bias, column<Bytes0>(uniform, sameV, keepV), now);
    low = i32x4.min_s(low, i32x4.min_s(u0, v0));
    high = i32x4.max_s(high, uniform ? u0 : i32x4.max_s(u0, v0));
    if (counted) idle += idleOf<Bytes0>(u0, v0, acc, u, v, until, bias, now);
    const f0 = settle<Bytes0>(acc, u, v, u0, v0, column<Bytes0>(uniform, sameVth, vth));

    const u1 = current<Bytes16>(acc, u, column<Bytes16>(uniform, sameU, keepU));
    const v1 = voltage<Bytes16>(u1, v, until, bias, column<Bytes16>(uniform, sameV, keepV), now);
    low = i32x4.min_s(low, i32x4.min_s(u1, v1));
    high = i32x4.max_s(high, uniform ? u1 : i32x4.max_s(u1, v1));
    if (counted) idle += idleOf<Bytes16>(u1, v1, acc, u, v, until, bias, now);
    const f1 = settle<Bytes16>(acc, u, v, u1, v1, column<Bytes16>(uniform, sameVth, vth));

    const u2 = current<Bytes32>(acc, u, column<Bytes32>(uniform, sameU, keepU));
    const v2 = voltage<Bytes32>(u2, v, until, bias, column<Bytes32>(uniform, sameV, keepV), now);
    low = i32x4.min_s(low, i32x4.min_s(u2, v2));
    high = i32x4.max_s(high, uniform ? u2 : i32x4.max_s(u2, v2));
    if (counted) idle += idleOf<Bytes32>(u2, v2, acc, u, v, until, bias, now);
    const f2 = settle<Bytes32>(acc, u, v, u2, v2, column<Bytes32>(uniform, sameVth, vth));

    const u3 = current<Bytes48>(acc, u, column<Bytes48>(uniform, sameU, keepU));
    const v3 = voltage<Bytes48>(u3, v, until, bias, column<Bytes48>(uniform, sameV, keepV), now);
    low = i32x4.min_s(low, i32x4.min_s(u3, v3));
    high = i32x4.max_s(high, uniform ? u3 : i32x4.max_s(u3, v3));
    if (counted) idle += idleOf<Bytes48>(u3, v3, acc, u, v, until, bias, now);
    const f3 = settle<Bytes48>(acc, u, v, u3, v3, column<Bytes48>(uniform, sameVth, vth));

    // noted without a branch: whether a block fires is a coin toss, and a wrong guess costs as much as a vector
    const mask = maskOf(f0, f1, f2, f3);
    store<u32>(end, ((<u32>at >> 6) << 16) | mask);
    end += mask != 0 ? 4 : 0;
  }
  if (isBeyond(low, high)) setWord(d, WIDE, 1);
  return <u64>(end - firing) | (idle << 32);
}

/**
 * How many of four compartments had no work. Only where u, v and bias are all 0 after the update can they all
 * have been 0 before it, so it is seldom looked up. To be asked before anything is stored.
 */
@inline
function idleOf<Offset>(
  u: v128,
  v: v128,
  accAt: usize,
  uAt: usize,
  vAt: usize,
  untilAt: usize,
  biasAt: usize,
  now: v128,
): u64 {
  const still = i32x4.eq(v128.or(v128.or(u, v), v128.load(biasAt, offsetof<Offset>())), i32x4.splat(0));
  if (!v128.any_true(still)) return 0;
  return popcnt(i32x4.bitmask(idleLanes<Offset>(accAt, uAt, vAt, untilAt, biasAt, now)));
}

/** Blocks that are awake or have arrivals, run by run; which compartments had work is counted. */
@inline
function updateVisited(d: usize, t: i32, fired: i32, uniform: bool): i32 {
  const blocks = word(d, N_PADDED) >> 4;
  const row = <usize>(t & (word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  const accAt = address(d, ACC_AT) + (row << 2);
  const marksAt = address(d, MARKS_AT) + (row >> 4);
  const awakeAt = address(d, AWAKE_AT);
  const restAt = address(d, REST_ACTIVE_AT);
  const uAt = address(d, U_AT);
  const biasAt = address(d, BIAS_AT);
  const firing = address(address(d, CLUSTER_AT), FIRE_BLOCKS_AT);
  let active = <i64>word(d, REST_ACTIVE_TOTAL);
  for (let first = 0; first < blocks; ) {
    if (areQuiet(awakeAt, marksAt, first, blocks)) {
      first += 16;
      continue;
    }
    let end = first;
    while (end < blocks && (load<u8>(awakeAt + <usize>end) | load<u8>(marksAt + <usize>end)) != 0) end++;
    if (end == first) {
      first++;
      continue;
    }
    const at = <usize>first << 6;
    const said = updateRun(
      d,
      accAt + at,
      uAt + at,
      address(d, V_AT) + at,
      address(d, REFRACT_UNTIL_AT) + at,
      biasAt + at,
      address(d, KEEP_U_AT) + at,
      address(d, KEEP_V_AT) + at,
      address(d, VTH_AT) + at,
      <usize>(end - first) << 6,
      t,
      firing,
      uniform,
      true,
    );
    active += ((end - first) << 4) - <i64>(said >> 32);
    const last = firing + <usize><u32>said;
    for (let noted = firing; noted < last; noted += 4) {
      const block = load<u32>(noted);
      fired = recordSpikes(d, (first + <i32>(block >> 16)) << 4, block & 0xffff, 0, fired, t);
    }
    for (; first < end; first++) {
      const wasAwake = load<u8>(awakeAt + <usize>first) != 0;
      if (!wasAwake) active -= load<u8>(restAt + <usize>first);
      store<u8>(marksAt + <usize>first, 0);
      const lane = <usize>first << 6;
      if (!wasAwake || !isRestless(uAt + lane, biasAt + lane)) settleBlock(d, first, t);
    }
  }
  count(d, UPDATES_ACTIVE, active);
  return fired;
}
