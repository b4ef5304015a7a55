/**
 * The set of ports that may be able to act, as ../mesh-ports.ts: a bit for each, a bit for each word of these that
 * is not 0, and so on, in words of 64 bits.
 */
import { LEVEL_AT, PORT_LEVELS } from '../mesh-words';
import { head, place } from './words';

export function call(port: i32): void {
  const levels = head(PORT_LEVELS);
  let index = port;
  for (let level = 0; level < levels; level++) {
    const at = wordOf(level, index);
    const before = load<i64>(at);
    store<i64>(at, before | ((<i64>1) << (<i64>index & 63)));
    if (before != 0) return;
    index >>= 6;
  }
}

/** Takes the lowest port; -1 when there is none. */
@inline
export function next(): i32 {
  const top = head(PORT_LEVELS) - 1;
  if (load<i64>(place(LEVEL_AT + top)) == 0) return -1;
  let port = 0;
  for (let level = top; level >= 0; level--) {
    port = (port << 6) + <i32>ctz(load<i64>(place(LEVEL_AT + level) + ((<usize>port) << 3)));
  }
  let index = port;
  for (let level = 0; level <= top; level++) {
    const at = wordOf(level, index);
    const before = load<i64>(at);
    // without its lowest bit
    const after = before & (before - 1);
    store<i64>(at, after);
    if (after != 0) break;
    index >>= 6;
  }
  return port;
}

@inline
function wordOf(level: i32, index: i32): usize {
  return place(LEVEL_AT + level) + ((<usize>(index >> 6)) << 3);
}
