/**
 * Model `simple`, many steps at a call: the sums of ../simple-sums.ts, from 16-bit costs. Spikes add units to slots
 * (../simple-words.ts) as integers; simple-step.ts makes ps of them when the step ends.
 */
import { END_AT, FIRST_RECEIVER, ID_AT, IDS, NO_ROW, POINTER_AT, SPIKE_AT, SUM_AT } from '../simple-words';
import { addRows } from './simple-rows';
import { carry, close } from './simple-step';
import { head, place, wordIn } from './words';

/** Times of `steps` steps, whose spikes lie in the memory. Returns one that nobody has, or -1. */
export function run(steps: i32): i32 {
  let begin = 0;
  for (let s = 0; s < steps; s++) {
    const end = load<i32>(wordIn(END_AT, s));
    if (begin != end) {
      const stranger = take(begin, end);
      if (stranger >= 0) return stranger;
      begin = end;
    }
    close(s);
  }
  return -1;
}

/** Adds `spikes` spikes, all of one step, which goes on in the next call. Returns one that nobody has, or -1. */
export function add(spikes: i32): i32 {
  const stranger = take(0, spikes);
  if (stranger < 0) carry();
  return stranger;
}

function take(begin: i32, end: i32): i32 {
  if (!send(begin, end)) return firstStranger(begin, end);
  addRows(wordIn(POINTER_AT, begin), wordIn(POINTER_AT, end), wordIn(SUM_AT, head(FIRST_RECEIVER)));
  return -1;
}

/**
 * What spikes `begin .. end - 1` cost where they are sent; looks up where their rows are. False where nobody has one. Both halves
 * at once: neighbours are mostly of one core, whose sum waits for itself.
 */
function send(begin: i32, end: i32): bool {
  const half = (<usize>((end - begin) >> 1)) << 2;
  const first = wordIn(SPIKE_AT, begin);
  const middle = first + half;
  const last = wordIn(SPIKE_AT, end);
  const ids = <u32>head(IDS);
  const idAt = place(ID_AT);
  const toPointer = place(POINTER_AT) - place(SPIKE_AT);
  const sumAt = place(SUM_AT);
  for (let at = first; at < middle; at += 4)
    if (!sendOne(at, toPointer, ids, idAt, sumAt) || !sendOne(at + half, toPointer, ids, idAt, sumAt)) return false;
  return middle + half == last || sendOne(middle + half, toPointer, ids, idAt, sumAt);
}

@inline
function sendOne(at: usize, toPointer: usize, ids: u32, idAt: usize, sumAt: usize): bool {
  const id = load<u32>(at);
  if (id >= ids) return false;
  const entry = load<u64>(idAt + ((<usize>id) << 3));
  if (<u32>entry == NO_ROW) return false;
  store<u32>(at + toPointer, <u32>entry);
  // as often as there is a spike: whether the core is the one before cannot be foretold
  const sum = sumAt + ((<usize>(entry >> 32) & 0xffff) << 2);
  store<u32>(sum, load<u32>(sum) + <u32>(entry >> 48));
  return true;
}

function firstStranger(begin: i32, end: i32): i32 {
  let spike = begin;
  for (; spike < end; spike++) {
    const id = load<u32>(wordIn(SPIKE_AT, spike));
    if (id >= <u32>head(IDS) || load<u32>(place(ID_AT) + ((<usize>id) << 3)) == NO_ROW) break;
  }
  return spike;
}
