/**
 * The soma under the common rules: 21-bit input, 23-bit current and bias sums, v clamped, reset to 0, no
 * noise, one bank, positive spikes.
 *
 * The speed is that of the decoder, so what counts is the number of instructions (bench/kernels.bench.ts).
 * Hence: four vectors of a block side by side, so that addresses are computed once; one branch per vector,
 * taken when anything unusual is in it; vmin and vmax as loads, which the compiler does not repeat.
 */
import { UPDATES_ACTIVE } from '../counter-index';
import {
  ACC_AT,
  AWAKE_AT,
  BIAS_AT,
  KEEP_U_AT,
  KEEP_V_AT,
  MARKS_AT,
  N_PADDED,
  NARROW,
  REFRACT_UNTIL_AT,
  REST_ACTIVE_AT,
  REST_ACTIVE_TOTAL,
  SLOTS,
  STRIDE_BITS,
  U_AT,
  V_AT,
  VMAX,
  VMIN,
  VTH_AT,
  WIDE,
} from '../descriptor';
import { decayShort } from './arithmetic';
import {
  areQuiet,
  Bytes0,
  Bytes16,
  Bytes32,
  Bytes48,
  clearGroup,
  GROUP,
  groupBytes,
  isRestless,
  NARROW_MOST,
  recordSpikes,
  settleBlock,
} from './block';
import { updateLanes } from './lane';
import { address, count, setWord, word } from './words';

export function integratePlain(d: usize, t: i32, fired: i32): i32 {
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
  const vmin = v128.load32_splat(d + (VMIN << 2));
  const vmax = v128.load32_splat(d + (VMAX << 2));
  const now = i32x4.splat(t);

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
      active += 16;

      const at = <usize>block << 6;
      const acc = accAt + at;
      const u = uAt + at;
      const v = vAt + at;
      const until = untilAt + at;
      const bias = biasAt + at;
      const keepU = keepUAt + at;
      const keepV = keepVAt + at;
      const vth = vthAt + at;
      const r0 = update<Bytes0>(acc, u, v, until, bias, keepU, keepV, vth, now, vmin, vmax);
      const r1 = update<Bytes16>(acc, u, v, until, bias, keepU, keepV, vth, now, vmin, vmax);
      const r2 = update<Bytes32>(acc, u, v, until, bias, keepU, keepV, vth, now, vmin, vmax);
      const r3 = update<Bytes48>(acc, u, v, until, bias, keepU, keepV, vth, now, vmin, vmax);
      const results = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(r0, r1), i16x8.narrow_i32x4_s(r2, r3));
      let mask: u32 = i8x16.bitmask(results);
      let restless = isRestless(u, bias);
      if (i8x16.bitmask(i8x16.gt_s(results, i8x16.splat(0))) != 0) {
        const isIdle = i8x16.eq(v128.and(results, i8x16.splat(<i8>(FIRED | IDLE))), i8x16.splat(IDLE));
        active -= popcnt(i8x16.bitmask(isIdle));
        const redo = i8x16.bitmask(i8x16.gt_s(results, i8x16.splat(IDLE)));
        if (redo != 0) {
          mask |= updateLanes(d, block, redo, t, false);
          restless = false;
        }
      }
      if (!wasAwake || !restless) unsettled |= 1 << k;
      spikes |= <u64>mask << (k << 4);
    }
    clearGroup(marksAt, group, blocks);
    if (spikes != 0) fired = recordSpikes(d, group << 4, spikes, 0, fired, t);
    for (; unsettled != 0; unsettled &= unsettled - 1) settleBlock(d, group + ctz(unsettled), t);
  }
  count(d, UPDATES_ACTIVE, active);
  if (word(d, NARROW) != 0) measureWidth(d, blocks);
  return fired;
}

/** Says whether u and v of awake blocks are narrow again, so that the next step can take the short way. */
function measureWidth(d: usize, blocks: i32): void {
  const awakeAt = address(d, AWAKE_AT);
  const uAt = address(d, U_AT);
  const vAt = address(d, V_AT);
  let largest = i32x4.splat(0);
  for (let block = 0; block < blocks; block++) {
    if (load<u8>(awakeAt + <usize>block) == 0) continue;
    for (let at = <usize>block << 6; at < <usize>(block + 1) << 6; at += 16) {
      largest = i32x4.max_u(largest, i32x4.abs(v128.load(uAt + at)));
      largest = i32x4.max_u(largest, i32x4.abs(v128.load(vAt + at)));
    }
  }
  setWord(d, WIDE, v128.any_true(i32x4.gt_u(largest, i32x4.splat(NARROW_MOST))) ? 1 : 0);
}

// What `update` says of a lane, as a signed byte. A spike is -1, of which FIRED is the sign.
const FIRED: i32 = 0x80;
/** Had no work. */
const IDLE: i8 = 1;
/** Was not updated, because a sum of this vector may have left its register. */
const REDO: i8 = 2;

/** Updates four compartments and says of each what happened. */
@inline
function update<Offset>(
  accAt: usize,
  uAt: usize,
  vAt: usize,
  untilAt: usize,
  biasAt: usize,
  keepUAt: usize,
  keepVAt: usize,
  vthAt: usize,
  now: v128,
  vmin: v128,
  vmax: v128,
): v128 {
  const input = v128.load(accAt, offsetof<Offset>());
  const u0 = v128.load(uAt, offsetof<Offset>());
  const v0 = v128.load(vAt, offsetof<Offset>());
  const bias = v128.load(biasAt, offsetof<Offset>());
  const keepU = v128.load(keepUAt, offsetof<Offset>());
  const keepV = v128.load(keepVAt, offsetof<Offset>());
  const vth = v128.load(vthAt, offsetof<Offset>());
  const held = i32x4.gt_s(v128.load(untilAt, offsetof<Offset>()), now);

  const u = i32x4.add(decayShort(u0, keepU), i32x4.shl(input, 6));
  const drive = i32x4.add(u, bias);
  // Negative where |input| (units of 64) is 2^15 or |u| or |drive| is 2^23 or more: a little early.
  const largest = i32x4.max_u(i32x4.abs(input), i32x4.shr_u(i32x4.max_u(i32x4.abs(u), i32x4.abs(drive)), 8));
  const room = i32x4.sub(i32x4.splat(0x7fff), largest);
  const empty = i32x4.eq(v128.or(v128.or(u0, v0), bias), i32x4.splat(0));
  let note = i32x4.splat(0);
  if (i32x4.bitmask(v128.or(room, empty)) != 0) {
    const isIdle = v128.and(empty, i32x4.eq(v128.or(input, held), i32x4.splat(0)));
    note = v128.and(isIdle, i32x4.splat(IDLE));
    if (i32x4.bitmask(room) != 0) return v128.or(note, i32x4.splat(REDO));
  }

  const raised = i32x4.add(decayShort(v0, keepV), drive);
  // Under these rules v is 0 while it is held, and 0 is never above a threshold.
  const v = v128.andnot(i32x4.min_s(i32x4.max_s(raised, vmin), vmax), held);
  const fire = i32x4.gt_s(v, vth);
  v128.store(accAt, i32x4.splat(0), offsetof<Offset>());
  v128.store(uAt, u, offsetof<Offset>());
  v128.store(vAt, v128.andnot(v, fire), offsetof<Offset>());
  return v128.or(fire, note);
}
