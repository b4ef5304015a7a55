/**
 * What bounded a step: from what ended last, back to its beginning. If that is a receiver, its path is the
 * making of the message that began the work it has not paused since, that message's way, and that work. If it
 * is a sender, what it made and what held it up. The longest part bounds the step.
 */
import type { MeshCoreRecords } from './mesh-core-records.js';
import type { MeshMessages } from './mesh-messages.js';
import * as W from './mesh-words.js';
import type { StepBound, StepMessages } from './step-messages.js';

/** What ended last, of senders and of receivers, and when. Among equals the lowest core. */
export interface StepEnds {
  readonly lastSender: Last;
  readonly lastReceiver: Last;
}

export interface Last {
  readonly core: number;
  /** ps; 0 where none did anything. */
  readonly time: number;
}

export function boundOf(
  step: StepMessages,
  { lastSender, lastReceiver }: StepEnds,
  cores: MeshCoreRecords,
  messages: MeshMessages,
  { links, barrier }: { links: number; barrier: number },
): StepBound {
  const last = Math.max(lastSender.time, lastReceiver.time);
  if (barrier > last || last === 0) return { kind: 'barrier', index: -1 };
  if (lastSender.time > lastReceiver.time) {
    const { core, time } = lastSender;
    const isAlone = step.first[core] === step.first[core + 1];
    const held = cores.time(core, W.HELD_UP);
    return isAlone || time - held >= held
      ? { kind: 'sender', index: core }
      : waitFor(cores.word(core, W.HELD_BY), links);
  }
  const { core, time } = lastReceiver;
  const since = cores.time(core, W.BUSY_SINCE);
  const message = cores.word(core, W.BUSY_FROM);
  const receiver: StepBound = { kind: 'receiver', index: core };
  if (message === W.HOST) return receiver;
  const backlog = time - since;
  const making = messages.sent[message]! - messages.time(message, W.HELD);
  const waited = messages.time(message, W.WAITED_SO_FAR);
  if (backlog >= making && backlog >= waited) return receiver;
  if (making >= waited) return { kind: 'sender', index: senderOf(step.first, message) };
  return waitFor(messages.word(message, W.LONGEST_AT), links);
}

/** The lane that was waited for, as a bound: a link, or the core that did not take more in. */
const waitFor = (lane: number, links: number): StepBound =>
  lane < links ? { kind: 'link', index: lane } : { kind: 'receiver', index: lane - links };

/** The core whose message it is. */
function senderOf(first: Uint32Array, message: number): number {
  let low = 0;
  let high = first.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (first[middle]! <= message) low = middle;
    else high = middle;
  }
  return low;
}
