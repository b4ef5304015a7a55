/**
 * The set of ports that may be able to act, as ../mesh-ports.ts, in words of 64 bits: a bit for each port, and in a
 * summary a bit for each word of these that is not 0. Both are written every time, also where nothing changes: that
 * cannot be foretold, and a branch guessed wrong costs more.
 */
import { PORTS_AT, SUMMARY_AT, SUMMARY_FROM, SUMMARY_WORDS } from '../mesh-words';
import { head, place, setHead } from './words';

@inline
export function call(port: i32): void {
  const index = port >> 6;
  const from = port >> 12;
  const at = place(PORTS_AT) + ((<usize>index) << 3);
  store<i64>(at, load<i64>(at) | ((<i64>1) << (<i64>port)));
  const above = place(SUMMARY_AT) + ((<usize>from) << 3);
  store<i64>(above, load<i64>(above) | ((<i64>1) << (<i64>index)));
  if (from < head(SUMMARY_FROM)) setHead(SUMMARY_FROM, from);
}

/** Takes the lowest port; -1 when there is none. */
@inline
export function next(): i32 {
  const words = head(SUMMARY_WORDS);
  // one word for 4096 ports, so that the loop is seldom one
  for (let from = head(SUMMARY_FROM); from < words; from++) {
    const above = place(SUMMARY_AT) + ((<usize>from) << 3);
    const summary = load<i64>(above);
    if (summary == 0) continue;
    setHead(SUMMARY_FROM, from);
    const index = (from << 6) + <i32>ctz(summary);
    const at = place(PORTS_AT) + ((<usize>index) << 3);
    const ports = load<i64>(at);
    const after = ports & (ports - 1);
    store<i64>(at, after);
    store<i64>(above, summary & ~((<i64>(after == 0)) << (<i64>index)));
    return (index << 6) + <i32>ctz(ports);
  }
  setHead(SUMMARY_FROM, words);
  return -1;
}
