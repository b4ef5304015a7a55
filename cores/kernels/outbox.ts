/** Spikes leave a cluster, as ../outbox.ts. */
import { FIRED_AT, FIRED_COUNT } from '../cluster-words';
import { BOXES_AT, LOG_AT, OUT_FIRST_KEY, REACH_AT, REACH_WORDS, RECORDED_AT } from '../outbox-words';
import { address, setWord, word } from './words';

export function emit(c: usize, outbox: usize): void {
  let at = address(c, FIRED_AT);
  const end = at + (<usize>word(c, FIRED_COUNT) << 2);
  const recorded = address(outbox, RECORDED_AT);
  const reach = address(outbox, REACH_AT);
  const wide = <usize>word(outbox, REACH_WORDS);
  const boxes = address(outbox, BOXES_AT);
  const first = word(outbox, OUT_FIRST_KEY);
  let log = address(outbox, LOG_AT);
  for (; at < end; at += 4) {
    const spike = load<u32>(at);
    const own = <usize>(<i32>(spike & 0x7fffffff) - first);
    if (log != 0 && (recorded == 0 || load<u8>(recorded + own) != 0)) {
      store<u32>(log, spike);
      log += 4;
    }
    for (let w: usize = 0; w < wide; w++) {
      for (let bits = load<u32>(reach + ((own * wide + w) << 2)); bits != 0; bits &= bits - 1) {
        const box = boxes + ((w << 7) | (<usize>ctz(bits) << 2));
        const next = load<usize>(box);
        store<u32>(next, spike);
        store<usize>(box, next + 4);
      }
    }
  }
  setWord(outbox, LOG_AT, <i32>log);
}
