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
  clearGroup,
  GROUP,
  groupBytes,
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

// Offsets of a block's four vectors: a load takes its offset as a constant, and only a type can carry one.
@unmanaged class Bytes0 {}
@unmanaged class Bytes16 { a: u64; b: u64 }
@unmanaged class Bytes32 extends Bytes16 { c: u64; d: u64 }
@unmanaged class Bytes48 extends Bytes32 { e: u64; f: u64 }

/** `trunc(x * keep / 4096)` for narrow x: the product fits 31 bits. */
@inline
function decay(x: v128, keep: v128): v128 {
  const toZero = i32x4.shr_u(i32x4.shr_s(x, 31), 20);
  return i32x4.shr_s(i32x4.add(i32x4.mul(x, keep), toZero), 12);
}

/** Updates and stores the current of four compartments; empties their inputs. */
@inline
function current<Offset>(acc: usize, u: usize, keepU: v128): v128 {
  const input = i32x4.shl(v128.load(acc, offsetof<Offset>()), 6);
  const updated = i32x4.add(decay(v128.load(u, offsetof<Offset>()), keepU), input);
  v128.store(acc, i32x4.splat(0), offsetof<Offset>());
  v128.store(u, updated, offsetof<Offset>());
  return updated;
}

/** The voltage of four compartments before the comparison with the threshold; 0 while it is held. */
@inline
function voltage<Offset>(u: v128, v: usize, until: usize, bias: usize, keepV: v128, now: v128): v128 {
  const held = i32x4.gt_s(v128.load(until, offsetof<Offset>()), now);
  const drive = i32x4.add(u, v128.load(bias, offsetof<Offset>()));
  return v128.andnot(i32x4.add(decay(v128.load(v, offsetof<Offset>()), keepV), drive), held);
}

/** Stores the voltage, reset where it passed the threshold; returns where it did. */
@inline
function compare<Offset>(voltage: v128, v: usize, vth: v128): v128 {
  const fire = i32x4.gt_s(voltage, vth);
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

// What `updateBlock` says: a bit for each of 16 compartments that fired, one for each that had no work, and
// one when a value has left the narrow range.
export const FIRE_MASK: u64 = 0xffff;
export const IDLE_SHIFT: u64 = 16;
export const WIDE_SHIFT: u64 = 32;

/** Updates 16 compartments. With `uniform` the registers are those given, not those of the columns. */
@inline
export function updateBlock(
  acc: usize,
  u: usize,
  v: usize,
  until: usize,
  bias: usize,
  keepU: usize,
  keepV: usize,
  vth: usize,
  now: v128,
  uniform: bool,
  sameU: v128,
  sameV: v128,
  sameVth: v128,
): u64 {
  const idle = maskOf(
    idleLanes<Bytes0>(acc, u, v, until, bias, now),
    idleLanes<Bytes16>(acc, u, v, until, bias, now),
    idleLanes<Bytes32>(acc, u, v, until, bias, now),
    idleLanes<Bytes48>(acc, u, v, until, bias, now),
  );
  const u0 = current<Bytes0>(acc, u, column<Bytes0>(uniform, sameU, keepU));
  const u1 = current<Bytes16>(acc, u, column<Bytes16>(uniform, sameU, keepU));
  const u2 = current<Bytes32>(acc, u, column<Bytes32>(uniform, sameU, keepU));
  const u3 = current<Bytes48>(acc, u, column<Bytes48>(uniform, sameU, keepU));
  let low = i32x4.min_s(i32x4.min_s(u0, u1), i32x4.min_s(u2, u3));
  let high = i32x4.max_s(i32x4.max_s(u0, u1), i32x4.max_s(u2, u3));
  const v0 = voltage<Bytes0>(u0, v, until, bias, column<Bytes0>(uniform, sameV, keepV), now);
  const v1 = voltage<Bytes16>(u1, v, until, bias, column<Bytes16>(uniform, sameV, keepV), now);
  const v2 = voltage<Bytes32>(u2, v, until, bias, column<Bytes32>(uniform, sameV, keepV), now);
  const v3 = voltage<Bytes48>(u3, v, until, bias, column<Bytes48>(uniform, sameV, keepV), now);
  low = i32x4.min_s(low, i32x4.min_s(i32x4.min_s(v0, v1), i32x4.min_s(v2, v3)));
  if (!uniform) high = i32x4.max_s(high, i32x4.max_s(i32x4.max_s(v0, v1), i32x4.max_s(v2, v3)));
  const fire = maskOf(
    compare<Bytes0>(v0, v, column<Bytes0>(uniform, sameVth, vth)),
    compare<Bytes16>(v1, v, column<Bytes16>(uniform, sameVth, vth)),
    compare<Bytes32>(v2, v, column<Bytes32>(uniform, sameVth, vth)),
    compare<Bytes48>(v3, v, column<Bytes48>(uniform, sameVth, vth)),
  );
  return <u64>fire | (<u64>idle << IDLE_SHIFT) | ((isBeyond(low, high) ? <u64>1 : 0) << WIDE_SHIFT);
}

/** A core that never sleeps: every block in every step, and every compartment counts as active. */
@inline
function updateAll(d: usize, t: i32, fired: i32, uniform: bool): i32 {
  const bytes = <usize>word(d, N_PADDED) << 2;
  const row = <usize>(t & (word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  const accAt = address(d, ACC_AT) + (row << 2);
  const uAt = address(d, U_AT);
  const vAt = address(d, V_AT);
  const keepUAt = address(d, KEEP_U_AT);
  const keepVAt = address(d, KEEP_V_AT);
  const biasAt = address(d, BIAS_AT);
  const vthAt = address(d, VTH_AT);
  const untilAt = address(d, REFRACT_UNTIL_AT);
  const now = i32x4.splat(t);
  const sameU = v128.load32_splat(keepUAt);
  const sameV = v128.load32_splat(keepVAt);
  const sameVth = v128.load32_splat(vthAt);
  let low = i32x4.splat(0);
  let high = low;
  const firing = address(address(d, CLUSTER_AT), FIRE_BLOCKS_AT);
  let end = firing;
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
    const u1 = current<Bytes16>(acc, u, column<Bytes16>(uniform, sameU, keepU));
    const u2 = current<Bytes32>(acc, u, column<Bytes32>(uniform, sameU, keepU));
    const u3 = current<Bytes48>(acc, u, column<Bytes48>(uniform, sameU, keepU));
    low = i32x4.min_s(i32x4.min_s(low, i32x4.min_s(u0, u1)), i32x4.min_s(u2, u3));
    high = i32x4.max_s(i32x4.max_s(high, i32x4.max_s(u0, u1)), i32x4.max_s(u2, u3));
    const v0 = voltage<Bytes0>(u0, v, until, bias, column<Bytes0>(uniform, sameV, keepV), now);
    const v1 = voltage<Bytes16>(u1, v, until, bias, column<Bytes16>(uniform, sameV, keepV), now);
    const v2 = voltage<Bytes32>(u2, v, until, bias, column<Bytes32>(uniform, sameV, keepV), now);
    const v3 = voltage<Bytes48>(u3, v, until, bias, column<Bytes48>(uniform, sameV, keepV), now);
    low = i32x4.min_s(i32x4.min_s(low, i32x4.min_s(v0, v1)), i32x4.min_s(v2, v3));
    if (!uniform) high = i32x4.max_s(i32x4.max_s(high, i32x4.max_s(v0, v1)), i32x4.max_s(v2, v3));
    const f0 = compare<Bytes0>(v0, v, column<Bytes0>(uniform, sameVth, vth));
    const f1 = compare<Bytes16>(v1, v, column<Bytes16>(uniform, sameVth, vth));
    const f2 = compare<Bytes32>(v2, v, column<Bytes32>(uniform, sameVth, vth));
    const f3 = compare<Bytes48>(v3, v, column<Bytes48>(uniform, sameVth, vth));
    // noted without a branch: whether a block fires is a coin toss, and a wrong guess costs as much as a vector
    const mask = maskOf(f0, f1, f2, f3);
    store<u32>(end, ((<u32>at >> 6) << 16) | mask);
    end += mask != 0 ? 4 : 0;
  }
  for (let block = firing; block < end; block += 4) {
    const noted = load<u32>(block);
    fired = recordSpikes(d, <i32>((noted >> 16) << 4), noted & 0xffff, 0, fired, t);
  }
  if (isBeyond(low, high)) setWord(d, WIDE, 1);
  count(d, UPDATES_ACTIVE, word(d, N));
  return fired;
}

/** Blocks that are awake or have arrivals; which compartments had work is counted. */
@inline
function updateVisited(d: usize, t: i32, fired: i32, uniform: bool): i32 {
  const blocks = word(d, N_PADDED) >> 4;
  const row = <usize>(t & (word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  const accAt = address(d, ACC_AT) + (row << 2);
  const marksAt = address(d, MARKS_AT) + (row >> 4);
  const awakeAt = address(d, AWAKE_AT);
  const restAt = address(d, REST_ACTIVE_AT);
  const uAt = address(d, U_AT);
  const vAt = address(d, V_AT);
  const keepUAt = address(d, KEEP_U_AT);
  const keepVAt = address(d, KEEP_V_AT);
  const biasAt = address(d, BIAS_AT);
  const vthAt = address(d, VTH_AT);
  const untilAt = address(d, REFRACT_UNTIL_AT);
  const now = i32x4.splat(t);
  const sameU = v128.load32_splat(keepUAt);
  const sameV = v128.load32_splat(keepVAt);
  const sameVth = v128.load32_splat(vthAt);
  let wide: u64 = 0;
  let active = <i64>word(d, REST_ACTIVE_TOTAL);
  for (let group = 0; group < blocks; group += GROUP) {
    if (areQuiet(awakeAt, marksAt, group, blocks)) {
      group += 16 - GROUP;
      continue;
    }
    const visits = groupBytes(awakeAt, group, blocks) | groupBytes(marksAt, group, blocks);
    if (visits == 0) continue;
    let spikes: u64 = 0;
    let unsettled = 0;
    for (let k = 0; k < GROUP; k++) {
      if (((visits >> (k << 3)) & 1) == 0) continue;
      const block = group + k;
      const wasAwake = load<u8>(awakeAt + <usize>block) != 0;
      if (!wasAwake) active -= load<u8>(restAt + <usize>block);

      const at = <usize>block << 6;
      const said = updateBlock(
        accAt + at,
        uAt + at,
        vAt + at,
        untilAt + at,
        biasAt + at,
        keepUAt + at,
        keepVAt + at,
        vthAt + at,
        now,
        uniform,
        sameU,
        sameV,
        sameVth,
      );
      active += 16 - popcnt((said >> IDLE_SHIFT) & FIRE_MASK);
      wide |= said >> WIDE_SHIFT;
      if (!wasAwake || !isRestless(uAt + at, biasAt + at)) unsettled |= 1 << k;
      spikes |= (said & FIRE_MASK) << (k << 4);
    }
    clearGroup(marksAt, group, blocks);
    if (spikes != 0) fired = recordSpikes(d, group << 4, spikes, 0, fired, t);
    for (; unsettled != 0; unsettled &= unsettled - 1) settleBlock(d, group + ctz(unsettled), t);
  }
  if (wide != 0) setWord(d, WIDE, 1);
  count(d, UPDATES_ACTIVE, active);
  return fired;
}

/** Where none of four compartments' state, bias and input is anything but 0. */
@inline
function idleLanes<Offset>(acc: usize, u: usize, v: usize, until: usize, bias: usize, now: v128): v128 {
  const state = v128.or(v128.load(u, offsetof<Offset>()), v128.load(v, offsetof<Offset>()));
  const driven = v128.or(v128.load(bias, offsetof<Offset>()), v128.load(acc, offsetof<Offset>()));
  const held = i32x4.gt_s(v128.load(until, offsetof<Offset>()), now);
  return i32x4.eq(v128.or(v128.or(state, driven), held), i32x4.splat(0));
}
