/**
 * The soma under the common rules: 21-bit input, 23-bit current and bias sums, v clamped, reset to 0, no
 * noise, one bank, positive spikes.
 */
import {
  ACC_AT,
  AWAKE_AT,
  BIAS_AT,
  KEEP_U_AT,
  KEEP_V_AT,
  N_PADDED,
  REFRACT_UNTIL_AT,
  REST_ACTIVE_AT,
  REST_ACTIVE_TOTAL,
  SLOTS,
  STRIDE_BITS,
  TOUCHED_AT,
  U_AT,
  V_AT,
  VMAX,
  VMIN,
  VTH_AT,
} from '../descriptor';
import { UPDATES_ACTIVE } from '../counter-index';
import { decayShort } from './arithmetic';
import { clearGroup, GROUP, groupBytes, recordSpikes, settleBlock } from './block';
import { FIRED, updateLane } from './lane';
import { address, count, word } from './words';

export function integratePlain(d: usize, t: i32): i32 {
  const blocks = word(d, N_PADDED) >> 4;
  const row = (<usize>t & <usize>(word(d, SLOTS) - 1)) << word(d, STRIDE_BITS);
  const accAt = address(d, ACC_AT) + (row << 2);
  const touchedAt = address(d, TOUCHED_AT) + (row >> 4);
  const awakeAt = address(d, AWAKE_AT);
  const restAt = address(d, REST_ACTIVE_AT);
  const uAt = address(d, U_AT);
  const vAt = address(d, V_AT);
  const keepUAt = address(d, KEEP_U_AT);
  const keepVAt = address(d, KEEP_V_AT);
  const biasAt = address(d, BIAS_AT);
  const vthAt = address(d, VTH_AT);
  const untilAt = address(d, REFRACT_UNTIL_AT);
  const vmin = i32x4.splat(word(d, VMIN));
  const vmax = i32x4.splat(word(d, VMAX));
  const now = i32x4.splat(t);

  let active = <i64>word(d, REST_ACTIVE_TOTAL);
  let idle = 0;
  let fired = 0;
  for (let group = 0; group < blocks; group += GROUP) {
    const visits = groupBytes(awakeAt, group, blocks) | groupBytes(touchedAt, group, blocks);
    if (visits == 0) continue;
    let spikes: u64 = 0;
    let unsettled = 0;
    for (let k = 0; k < GROUP; k++) {
      if (((visits >> (k << 3)) & 1) == 0) continue;
      const block = group + k;
      const wasAwake = load<u8>(awakeAt + <usize>block) != 0;
      if (!wasAwake) active -= load<u8>(restAt + <usize>block);
      active += 16;

      const at = (<usize>block) << 6;
      const r0 = update<Part0>(accAt + at, uAt + at, vAt + at, untilAt + at, biasAt + at, keepUAt + at, keepVAt + at, vthAt + at, now, vmin, vmax);
      const r1 = update<Part1>(accAt + at, uAt + at, vAt + at, untilAt + at, biasAt + at, keepUAt + at, keepVAt + at, vthAt + at, now, vmin, vmax);
      const r2 = update<Part2>(accAt + at, uAt + at, vAt + at, untilAt + at, biasAt + at, keepUAt + at, keepVAt + at, vthAt + at, now, vmin, vmax);
      const r3 = update<Part3>(accAt + at, uAt + at, vAt + at, untilAt + at, biasAt + at, keepUAt + at, keepVAt + at, vthAt + at, now, vmin, vmax);
      const results = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(r0, r1), i16x8.narrow_i32x4_s(r2, r3));
      let mask: u32 = i8x16.bitmask(results);
      const odd = i8x16.gt_s(results, i8x16.splat(0));
      let busy = v128.any_true(v128.or(v128.load(uAt + at), v128.load(biasAt + at)));
      if (v128.any_true(odd)) {
        const idleBits = i8x16.eq(v128.and(results, i8x16.splat(<i8>0x81)), i8x16.splat(<i8>IDLE));
        idle += popcnt(i8x16.bitmask(idleBits));
        const redo = i8x16.bitmask(i8x16.gt_s(results, i8x16.splat(<i8>IDLE)));
        if (redo != 0) {
          mask |= updateLanes(d, block, redo, accAt, t);
          busy = false;
        }
      }
      if (!wasAwake || !busy) unsettled |= 1 << k;
      spikes |= (<u64>mask) << (k << 4);
    }
    clearGroup(touchedAt, group, blocks);
    if (spikes != 0) fired = recordSpikes(d, group << 4, spikes, 0, fired, t);
    for (; unsettled != 0; unsettled &= unsettled - 1) settleBlock(d, group + ctz(unsettled), t);
  }
  count(d, UPDATES_ACTIVE, active - idle);
  return fired;
}

/** What `update` says of a lane; -1 is a spike, 0 nothing. */
const IDLE = 1;
const REDO = 2;

@unmanaged class Part0 {}
@unmanaged class Part1 { a: u64; b: u64 }
@unmanaged class Part2 extends Part1 { c: u64; d: u64 }
@unmanaged class Part3 extends Part2 { e: u64; f: u64 }

// @ts-ignore: decorator
@inline
function update<Part>(
  acc: usize,
  uAt: usize,
  vAt: usize,
  untilAt: usize,
  biasAt: usize,
  keepU: usize,
  keepV: usize,
  vth: usize,
  now: v128,
  vmin: v128,
  vmax: v128,
): v128 {
  const q = v128.load(acc, offsetof<Part>());
  const u0 = v128.load(uAt, offsetof<Part>());
  const v0 = v128.load(vAt, offsetof<Part>());
  const bias = v128.load(biasAt, offsetof<Part>());
  const held = i32x4.gt_s(v128.load(untilAt, offsetof<Part>()), now);
  const u = i32x4.add(decayShort(u0, v128.load(keepU, offsetof<Part>())), i32x4.shl(q, 6));
  const drive = i32x4.add(u, bias);
  const wide = v128.or(
    v128.or(i32x4.shr_u(i32x4.abs(q), 15), i32x4.shr_u(v128.or(i32x4.abs(u), i32x4.abs(drive)), 23)),
    v128.and(v0, held),
  );
  const idle = i32x4.eq(v128.or(v128.or(v128.or(u0, v0), v128.or(bias, q)), held), i32x4.splat(0));
  let mark = i32x4.splat(0);
  if (v128.any_true(v128.or(wide, idle))) {
    mark = v128.and(idle, i32x4.splat(IDLE));
    if (v128.any_true(wide)) return v128.or(mark, i32x4.splat(REDO));
  }
  const raised = i32x4.add(decayShort(v0, v128.load(keepV, offsetof<Part>())), drive);
  const v = v128.andnot(i32x4.min_s(i32x4.max_s(raised, vmin), vmax), held);
  const fire = i32x4.gt_s(v, v128.load(vth, offsetof<Part>()));
  v128.store(acc, i32x4.splat(0), offsetof<Part>());
  v128.store(uAt, u, offsetof<Part>());
  v128.store(vAt, v128.andnot(v, fire), offsetof<Part>());
  return v128.or(fire, mark);
}
/** Updates compartments of a block one by one, those that `redo` has a bit for; returns the mask of those that fired. */
function updateLanes(d: usize, block: i32, redo: i32, acc: usize, t: i32): i32 {
  let mask = 0;
  for (; redo != 0; redo &= redo - 1) {
    const k = ctz(redo);
    const i = (block << 4) + k;
    const input = acc + ((<usize>i) << 2);
    if (updateLane(d, i, load<i32>(input), 0, t, false) & FIRED) mask |= 1 << k;
    store<i32>(input, 0);
  }
  return mask;
}
