/** Spike lists of an image, merged into one in order of steps, as shards walk through it. */
import { SeamountError } from '../cores/index.js';
import type { ChipImage, SourceSchedule } from './image.js';

export interface Scheduled {
  /** ascending */
  readonly steps: Uint32Array;
  readonly sources: Uint32Array;
  /** The most spikes of one step, and of one source in one step. */
  readonly mostPerStep: number;
  readonly mostPerSource: number;
}

/** Merges all array schedules. Throws E_INPUT for a source that does not exist or a step before 1. */
export function mergeSchedules(image: ChipImage): Scheduled {
  const lists = image.schedules.filter((schedule) => schedule.kind === 'array');
  const total = lists.reduce((sum, { steps }) => sum + steps.length, 0);
  const steps = new Uint32Array(total);
  const sources = new Uint32Array(total);
  let at = 0;
  for (const list of lists) {
    check(list, image.sources.count);
    steps.set(list.steps, at);
    sources.set(list.sources, at);
    at += list.steps.length;
  }
  const ordered = steps.every((step, i) => i === 0 || steps[i - 1]! <= step);
  if (!ordered) {
    const order = Uint32Array.from(steps.keys()).sort((a, b) => steps[a]! - steps[b]! || a - b);
    sources.set(order.map((i) => sources[i]!));
    steps.set(order.map((i) => steps[i]!));
  }
  return { steps, sources, ...most(steps, sources, image.sources.count) };
}

function check(list: SourceSchedule & { readonly kind: 'array' }, count: number): void {
  if (list.steps.length !== list.sources.length) {
    throw new SeamountError('E_INPUT', 'image: a spike list has not as many steps as sources');
  }
  const source = list.sources.find((s) => s >= count);
  if (source !== undefined) {
    throw new SeamountError('E_INPUT', `image: a spike list names source ${source} of ${count}`);
  }
  if (list.steps.includes(0))
    throw new SeamountError('E_INPUT', 'image: a spike list names step 0; the first is 1');
}

function most(
  steps: Uint32Array,
  sources: Uint32Array,
  count: number,
): Pick<Scheduled, 'mostPerStep' | 'mostPerSource'> {
  const lastStep = new Uint32Array(count);
  const times = new Uint32Array(count);
  let mostPerStep = 0;
  let mostPerSource = 0;
  let first = 0;
  for (let i = 0; i < steps.length; i++) {
    if (steps[i] !== steps[first]) first = i;
    const source = sources[i]!;
    times[source] = lastStep[source] === steps[i] ? times[source]! + 1 : 1;
    lastStep[source] = steps[i]!;
    mostPerStep = Math.max(mostPerStep, i - first + 1);
    mostPerSource = Math.max(mostPerSource, times[source]!);
  }
  return { mostPerStep, mostPerSource };
}

/** How many rules (Poisson, regular) drive the same source, at most: its spikes per step from them. */
export function mostGenerated(image: ChipImage): number {
  const times = new Uint8Array(image.sources.count);
  for (const schedule of image.schedules) {
    if (schedule.kind === 'array') continue;
    const length = schedule.kind === 'poisson' ? schedule.thresholds.length : schedule.periods.length;
    if (schedule.first + length > times.length) {
      throw new SeamountError(
        'E_INPUT',
        `image: a ${schedule.kind} schedule names source ${schedule.first + length - 1} of ${times.length}`,
      );
    }
    for (let i = 0; i < length; i++) times[schedule.first + i]! += 1;
  }
  return times.reduce((a, b) => Math.max(a, b), 0);
}
