/** Words and times of the records of a mesh, by the constants of ../mesh-words. */
import {
  CORES_AT,
  CORE_WORDS,
  LANES_AT,
  LANE_WORDS,
  MESSAGES_AT,
  MESSAGE_WORDS,
  NOW,
} from '../mesh-words';

/** Word of the head, which is at address 0. */
@inline
export function head(word: i32): i32 {
  return load<i32>((<usize>word) << 2);
}

@inline
export function setHead(word: i32, value: i32): void {
  store<i32>((<usize>word) << 2, value);
}

/** Address that is a word of the head. */
@inline
export function place(word: i32): usize {
  return load<usize>((<usize>word) << 2);
}

@inline
export function now(): f64 {
  return load<f64>((<usize>NOW) << 3);
}

@inline
export function laneOf(lane: i32): usize {
  return place(LANES_AT) + ((<usize>lane) << (LANE_WORDS + 2));
}

@inline
export function coreOf(core: i32): usize {
  return place(CORES_AT) + ((<usize>core) << (CORE_WORDS + 2));
}

@inline
export function messageOf(message: i32): usize {
  return place(MESSAGES_AT) + ((<usize>message) << (MESSAGE_WORDS + 2));
}

/** Where number `index` of an array of i32 is whose address is a word of the head; of f64. */
@inline
export function wordIn(array: i32, index: i32): usize {
  return place(array) + ((<usize>index) << 2);
}

@inline
export function timeIn(array: i32, index: i32): usize {
  return place(array) + ((<usize>index) << 3);
}
