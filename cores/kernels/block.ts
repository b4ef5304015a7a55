/** What the loops of the soma share: which blocks to visit, the record of spikes, and sleep. */
import { FIRED_AT } from '../cluster-words';
import {
  AWAKE_AT,
  AWAKE_BLOCKS,
  BIAS_AT,
  CLUSTER_AT,
  FIRST_KEY,
  KEEP_TH_AT,
  KEEP_V_AT,
  NOISE_ENABLE_AT,
  REFRACT_AT,
  REFRACT_UNTIL_AT,
  REST_ACTIVE_AT,
  REST_ACTIVE_TOTAL,
  SPIKE_COUNT_AT,
  THETA_AT,
  U_AT,
  V_AT,
  VTH_AT,
  VTH_LO_AT,
  WIDE_ASLEEP,
} from '../descriptor';
import { address, setWord, word } from './words';

/** Largest magnitude of u and v for the narrow update (../narrow.ts). */
export const NARROW_MOST: i32 = (1 << 19) - 1;

// Offsets of a block's four vectors: a load takes its offset as a constant, and only a type can carry one.
@unmanaged export class Bytes0 {}
@unmanaged export class Bytes16 { a: u64; b: u64 }
@unmanaged export class Bytes32 extends Bytes16 { c: u64; d: u64 }
@unmanaged export class Bytes48 extends Bytes32 { e: u64; f: u64 }

/** Blocks that share one 64-bit mask of spikes. */
export const GROUP = 4;

/** The bytes of blocks `group .. group + 3`, zeros beyond the last block. */
@inline
export function groupBytes(at: usize, group: i32, blocks: i32): u32 {
  if (group + GROUP <= blocks) return load<u32>(at + <usize>group);
  let bytes: u32 = 0;
  for (let block = blocks - 1; block >= group; block--) bytes = (bytes << 8) | load<u8>(at + <usize>block);
  return bytes;
}

/** Whether blocks `group .. group + 15` need no look: their 16 bytes are 0 in `marks` and in `more`. */
@inline
export function areQuiet(marks: usize, more: usize, group: i32, blocks: i32): bool {
  if ((group & 15) != 0 || group + 16 > blocks) return false;
  return !v128.any_true(v128.or(v128.load(marks + <usize>group), v128.load(more + <usize>group)));
}

/** Clears the bytes of `groupBytes`. */
@inline
export function clearGroup(at: usize, group: i32, blocks: i32): void {
  if (group + GROUP <= blocks) store<u32>(at + <usize>group, 0);
  else for (let block = group; block < blocks; block++) store<u8>(at + <usize>block, 0);
}

/**
 * Records the spikes of 64 compartments from `first`, ascending; a bit of `negative` makes one a -1. One
 * loop over 64 compartments, because its exit is mispredicted once however many fire.
 * Returns the new number of entries in the cluster's fired list.
 */
@inline
export function recordSpikes(d: usize, first: i32, spikes: u64, negative: u64, fired: i32, t: i32): i32 {
  const start = address(address(d, CLUSTER_AT), FIRED_AT);
  let list = start + ((<usize>fired) << 2);
  const key = word(d, FIRST_KEY);
  const counts = address(d, SPIKE_COUNT_AT);
  const refract = address(d, REFRACT_AT);
  const until = address(d, REFRACT_UNTIL_AT);
  while (spikes != 0) {
    const bit = ctz(spikes);
    const i = first + <i32>bit;
    store<u32>(list, <u32>(key + i) | ((<u32>(negative >> bit)) << 31));
    list += 4;
    const tally = counts + ((<usize>i) << 3);
    store<u64>(tally, load<u64>(tally) + 1);
    const lane = (<usize>i) << 2;
    store<i32>(until + lane, t + max(load<i32>(refract + lane), 1));
    spikes &= spikes - 1;
  }
  return <i32>((list - start) >> 2);
}

/** Whether a block surely does not rest: u of some compartment is not 0, or a bias in a sample of them. */
@inline
export function isRestless(u: usize, bias: usize): bool {
  if ((load<u64>(u) | load<u64>(bias)) != 0) return true;
  const half = v128.or(v128.load(u), v128.load(u, 16));
  return v128.any_true(v128.or(half, v128.or(v128.load(u, 32), v128.load(u, 48))));
}

/**
 * Lets a block sleep or wake after its update of step t, and keeps the totals (`resting` of ../soma.ts). Its
 * spikes must be recorded: refractoriness keeps it awake.
 */
export function settleBlock(d: usize, block: i32, t: i32): void {
  const first = (<usize>block) << 6;
  const noiseEnable = address(d, NOISE_ENABLE_AT);
  const vthLo = address(d, VTH_LO_AT);
  const thetaAt = address(d, THETA_AT);
  const next = i32x4.splat(t + 1);
  let restless = i32x4.splat(0);
  let charged = 0;
  let beyond = i32x4.splat(0);
  for (let lane = first; lane < first + 64; lane += 16) {
    const v = v128.load(address(d, V_AT) + lane);
    restless = v128.or(restless, v128.load(address(d, U_AT) + lane));
    restless = v128.or(restless, v128.load(address(d, BIAS_AT) + lane));
    if (noiseEnable != 0) restless = v128.or(restless, v128.load(noiseEnable + lane));
    restless = v128.or(restless, i32x4.gt_s(v128.load(address(d, REFRACT_UNTIL_AT) + lane), next));
    let moving = i32x4.ne(v128.load(address(d, KEEP_V_AT) + lane), i32x4.splat(4096));
    let vth = v128.load(address(d, VTH_AT) + lane);
    let state = v;
    if (thetaAt != 0) {
      const theta = v128.load(thetaAt + lane);
      const decays = i32x4.ne(v128.load(address(d, KEEP_TH_AT) + lane), i32x4.splat(4096));
      restless = v128.or(restless, v128.and(theta, decays));
      vth = i32x4.add(vth, theta);
      state = v128.or(v, theta);
    }
    moving = v128.or(moving, i32x4.gt_s(v, vth));
    if (vthLo != 0) moving = v128.or(moving, i32x4.lt_s(v, v128.load(vthLo + lane)));
    restless = v128.or(restless, v128.and(v, moving));
    beyond = v128.or(beyond, i32x4.gt_s(i32x4.abs(v), i32x4.splat(NARROW_MOST)));
    charged += popcnt(i32x4.bitmask(i32x4.ne(state, i32x4.splat(0))));
  }
  const awake = v128.any_true(restless) ? 1 : 0;
  const remembered = awake ? 0 : charged;
  if (!awake && v128.any_true(beyond)) setWord(d, WIDE_ASLEEP, 1);
  const awakeAt = address(d, AWAKE_AT) + <usize>block;
  const restAt = address(d, REST_ACTIVE_AT) + <usize>block;
  setWord(d, AWAKE_BLOCKS, word(d, AWAKE_BLOCKS) + awake - load<u8>(awakeAt));
  setWord(d, REST_ACTIVE_TOTAL, word(d, REST_ACTIVE_TOTAL) + remembered - load<u8>(restAt));
  store<u8>(awakeAt, awake);
  store<u8>(restAt, remembered);
}
