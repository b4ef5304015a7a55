/**
 * The rules of docs/timing.md for the mesh, once more, as slowly and plainly as can be: at each instant everything
 * is looked at, and the first port that can act does. For small cases.
 */
import type { MeshCosts, MeshGeometry, StepMessages } from '../../src/timing/step-messages.js';

interface Message {
  readonly number: number;
  readonly to: number;
  sent: number;
  arrived: number;
  received: number;
  /** when it is in the buffer it is in */
  since: number;
}

interface Buffer {
  readonly x: number;
  readonly y: number;
  readonly messages: Message[];
  headSince: number;
  fullest: number;
}

interface Output {
  freeAt: number;
  carried: number;
  waited: number;
  longest: number;
}

export interface ReferenceRun {
  /** ps, without the barrier */
  readonly end: number;
  readonly sent: number[];
  readonly arrived: number[];
  readonly received: number[];
  /** By link. */
  readonly links: { carried: number; waited: number; longest: number; fullest: number }[];
  /** By core. */
  readonly cores: {
    blocked: number;
    queued: number;
    heldBack: number;
    longestQueue: number;
    fullest: number;
  }[];
}

export function referenceStep(
  { cores, x, y, width, height }: MeshGeometry,
  costs: MeshCosts,
  occupation: number | null,
  step: StepMessages,
): ReferenceRun {
  const latency = [costs.hopEast, costs.hopWest, costs.hopNorth, costs.hopSouth];
  const east = [1, -1, 0, 0];
  const north = [0, 0, 1, -1];
  const links = 4 * width * height;
  const all: Message[] = Array.from({ length: step.first[cores]! }, (_, number) => ({
    number,
    to: step.to[number]!,
    sent: -1,
    arrived: -1,
    received: -1,
    since: -1,
  }));
  const tileOfLink = (link: number): [number, number] => {
    const tile = Math.floor(link / 4);
    return [(tile % width) + east[link % 4]!, Math.floor(tile / width) + north[link % 4]!];
  };
  const buffer = (at: [number, number]): Buffer => ({
    x: at[0],
    y: at[1],
    messages: [],
    headSince: -1,
    fullest: 0,
  });
  const buffers = [
    ...Array.from({ length: links }, (_, link) => buffer(tileOfLink(link))),
    ...Array.from({ length: cores }, (_, core) => buffer([x[core]!, y[core]!])),
  ];
  // ejections by core, then links
  const outputs: Output[] = Array.from({ length: cores + links }, () => ({
    freeAt: 0,
    carried: 0,
    waited: 0,
    longest: 0,
  }));
  const senders = Array.from({ length: cores }, (_, core) => ({
    message: step.first[core]!,
    readyAt: step.generation[step.first[core]!]!,
    end: step.first[core] === step.first[core + 1] ? step.rest[core]! : -1,
    blocked: 0,
  }));
  const receivers = Array.from({ length: cores }, (_, core) => ({
    queue: [] as Message[],
    busyUntil: step.hostProcessing[core]!,
    queued: 0,
    longestQueue: 0,
  }));
  let now = 0;

  const headOf = ({ messages: [head] }: Buffer): Message | null =>
    head !== undefined && head.since <= now ? head : null;
  const outputOf = ({ x: atX, y: atY }: Buffer, { to }: Message): number => {
    const direction = x[to]! > atX ? 0 : x[to]! < atX ? 1 : y[to]! > atY ? 2 : y[to]! < atY ? 3 : null;
    return direction === null ? to : cores + 4 * (atY * width + atX) + direction;
  };
  const noteHeads = (): void => {
    for (const each of buffers) if (each.headSince < 0 && headOf(each) !== null) each.headSince = now;
  };
  /** The buffer whose head may leave by an output. */
  const waitingFor = (output: number): Buffer | null => {
    let best: Buffer | null = null;
    for (const each of buffers) {
      const head = headOf(each);
      if (head === null || outputOf(each, head) !== output) continue;
      if (best === null || each.headSince < best.headSince) best = each;
    }
    return best;
  };
  const take = (output: number, from: Buffer): Message => {
    const tally = outputs[output]!;
    const asHead = now - from.headSince;
    tally.longest = Math.max(tally.longest, asHead);
    for (const { since } of from.messages) {
      if (since <= now) tally.waited += now - Math.max(since, from.headSince);
    }
    const message = from.messages.shift()!;
    from.headSince = -1;
    return message;
  };
  const put = (into: Buffer, message: Message): void => {
    into.messages.push(message);
    into.fullest = Math.max(into.fullest, into.messages.length);
  };

  /** Lets the first port act that can. False when none can. */
  const act = (): boolean => {
    noteHeads();
    for (let core = 0; core < cores; core++) {
      const receiver = receivers[core]!;
      if (receiver.busyUntil > now || receiver.queue.length === 0) continue;
      const message = receiver.queue.shift()!;
      message.received = now;
      receiver.queued += now - message.arrived;
      receiver.busyUntil = now + step.processing[message.number]!;
      return true;
    }
    for (let link = 0; link < links; link++) {
      const output = outputs[cores + link]!;
      const from = waitingFor(cores + link);
      const behind = buffers[link]!;
      if (from === null || output.freeAt > now || behind.messages.length >= costs.linkBuffer) continue;
      const message = take(cores + link, from);
      message.since = now + latency[link % 4]!;
      output.freeAt = now + (occupation ?? latency[link % 4]!);
      output.carried++;
      put(behind, message);
      return true;
    }
    for (let core = 0; core < cores; core++) {
      const from = waitingFor(core);
      const receiver = receivers[core]!;
      if (from === null || receiver.queue.length >= costs.linkBuffer) continue;
      const message = take(core, from);
      message.arrived = now;
      receiver.queue.push(message);
      receiver.longestQueue = Math.max(receiver.longestQueue, receiver.queue.length);
      return true;
    }
    for (let core = 0; core < cores; core++) {
      const sender = senders[core]!;
      const into = buffers[links + core]!;
      if (sender.end >= 0 || sender.readyAt > now || into.messages.length >= costs.linkBuffer) continue;
      const message = all[sender.message]!;
      message.sent = message.since = now;
      sender.blocked += now - sender.readyAt;
      put(into, message);
      sender.message++;
      if (sender.message === step.first[core + 1]!) sender.end = now + step.rest[core]!;
      else sender.readyAt = now + step.generation[sender.message]!;
      return true;
    }
    return false;
  };

  for (;;) {
    while (act());
    const times = [
      ...all.map(({ since }) => since),
      ...outputs.map(({ freeAt }) => freeAt),
      ...senders.filter(({ end }) => end < 0).map(({ readyAt }) => readyAt),
      ...receivers.map(({ busyUntil }) => busyUntil),
    ].filter((time) => time > now);
    if (times.length === 0) break;
    now = Math.min(...times);
  }
  return {
    end: Math.max(0, ...senders.map(({ end }) => end), ...receivers.map(({ busyUntil }) => busyUntil)),
    sent: all.map(({ sent }) => sent),
    arrived: all.map(({ arrived }) => arrived),
    received: all.map(({ received }) => received),
    links: Array.from({ length: links }, (_, link) => {
      const { carried, waited, longest } = outputs[cores + link]!;
      return { carried, waited, longest, fullest: buffers[link]!.fullest };
    }),
    cores: Array.from({ length: cores }, (_, core) => ({
      blocked: senders[core]!.blocked,
      queued: receivers[core]!.queued,
      heldBack: outputs[core]!.waited,
      longestQueue: receivers[core]!.longestQueue,
      fullest: buffers[links + core]!.fullest,
    })),
  };
}
