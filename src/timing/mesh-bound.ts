/**
 * What bounded a step: from what ended last, back to its beginning. If that is a receiver, its path is the
 * making of the message that began the work it has not paused since, that message's way, and that work. If it
 * is a sender, what it made and what held it up. The longest part bounds the step.
 */
import { HOST, type MeshCores } from './mesh-cores.js';
import { HELD, LONGEST_AT, type MeshMessages, WAITED_SO_FAR } from './mesh-messages.js';
import type { StepBound, StepMessages } from './step-messages.js';

export function boundOf(
  step: StepMessages,
  cores: MeshCores,
  messages: MeshMessages,
  { links, barrier }: { links: number; barrier: number },
): StepBound {
  const { lastSender, lastReceiver } = cores;
  const last = Math.max(lastSender.time, lastReceiver.time);
  if (barrier > last || last === 0) return { kind: 'barrier', index: -1 };
  if (lastSender.time > lastReceiver.time) {
    const { core, time } = lastSender;
    const isAlone = step.first[core] === step.first[core + 1];
    const { held, by } = cores.holdUp(core);
    return isAlone || time - held >= held ? { kind: 'sender', index: core } : waitFor(by, links);
  }
  const { core, time } = lastReceiver;
  const since = cores.busySince[core]!;
  const message = cores.busyFrom[core]!;
  const receiver: StepBound = { kind: 'receiver', index: core };
  if (message === HOST) return receiver;
  const backlog = time - since;
  const making = messages.sent[message]! - messages.time(message, HELD);
  const waited = messages.time(message, WAITED_SO_FAR);
  if (backlog >= making && backlog >= waited) return receiver;
  if (making >= waited) return { kind: 'sender', index: senderOf(step.first, message) };
  return waitFor(messages.word(message, LONGEST_AT), links);
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
