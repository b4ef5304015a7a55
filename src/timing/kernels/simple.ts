/**
 * Model `simple`, many steps at a call: the sums of ../simple-sums.ts, from 16-bit costs. Spikes add units to slots
 * (../simple-words.ts) as integers; simple-step.ts makes ps of them when the step ends.
 */
import {
  FIRST_RECEIVER,
  ID_AT,
  IDS,
  NO_ROW,
  POINTER_AT,
  SPIKE_AT,
  STEP_AT,
  SUM_AT,
} from '../simple-words';
import { addRows } from './simple-rows';
import { carry, close } from './simple-step';
import { head, place, wordIn } from './words';

/** Times of `steps` steps from `first` on, with all `spikes` spikes that lie in the memory. Returns one that nobody has, or -1. */
export function run(steps: i32, spikes: i32, first: i32): i32 {
  let at = 0;
  for (let s = 0; s < steps; s++) {
    const begin = at;
    at = send(begin, spikes, first + s);
    if (at < 0) return ~at;
    receive(begin, at);
    close(s);
  }
  return -1;
}

/** Adds `spikes` spikes, all of step `step`, which goes on in the next call. Returns one that nobody has, or -1. */
export function add(spikes: i32, step: i32): i32 {
  const end = send(0, spikes, step);
  if (end < 0) return ~end;
  receive(0, end);
  carry();
  return -1;
}

/**
 * What spikes of `step`, from `begin` on, cost where they are sent; looks up where their rows are. Returns the first that
 * is of a later step, or ~ one that nobody has.
 */
function send(begin: i32, spikes: i32, step: i32): i32 {
  const ids = <u32>head(IDS);
  const stepAt = place(STEP_AT);
  const spikeAt = place(SPIKE_AT);
  const idAt = place(ID_AT);
  const pointerAt = place(POINTER_AT);
  const sumAt = place(SUM_AT);
  let i = begin;
  for (; i < spikes; i++) {
    const word = (<usize>i) << 2;
    if (load<i32>(stepAt + word) != step) break;
    const id = load<u32>(spikeAt + word);
    if (id >= ids) return ~i;
    const entry = load<u64>(idAt + ((<usize>id) << 3));
    if (<u32>entry == NO_ROW) return ~i;
    store<u32>(pointerAt + word, <u32>entry);
    // as often as there is a spike: whether the core is the one before cannot be foretold
    const at = sumAt + ((<usize>(entry >> 32) & 0xffff) << 2);
    store<u32>(at, load<u32>(at) + <u32>(entry >> 48));
  }
  return i;
}

/** What spikes `begin .. end - 1` cost the cores they reach. */
function receive(begin: i32, end: i32): void {
  addRows(wordIn(POINTER_AT, begin), wordIn(POINTER_AT, end), wordIn(SUM_AT, head(FIRST_RECEIVER)));
}
