/** Spike sources as the chip's schedules. */

import type { SourceSchedule } from '../../routing/index.js';
import { valueAt } from '../api/column.js';
import type { Network } from '../api/network.js';
import { isSource, type Population } from '../api/population.js';
import type { SourceCell, SpikeArraySource } from '../api/sources.js';
import { PURPOSE, streamKey } from './random-stream.js';

/** A schedule without end. */
const NO_END = 2 ** 32 - 1;

export interface Schedules {
  readonly schedules: readonly SourceSchedule[];
  /** Number of each population's neuron 0 among the sources; 0 for cells. */
  readonly firstSource: readonly number[];
  readonly count: number;
  readonly notices: readonly string[];
}

/** `latency`: steps from a peer's stamp to the arrival of a host spike, as the profile says. */
export function schedulesOf(network: Network, latency: number): Schedules {
  const schedules: SourceSchedule[] = [];
  const notices: string[] = [];
  let count = 0;
  const firstSource = network.populations.map((population): number => {
    const { cell, size } = population;
    if (!isSource(cell)) return 0;
    schedules.push(scheduleOf(population, cell, count, network, latency, notices));
    count += size;
    return count - size;
  });
  return { schedules, firstSource, count, notices };
}

function scheduleOf(
  population: Population,
  cell: SourceCell,
  first: number,
  { seed, dt }: Network,
  latency: number,
  notices: string[],
): SourceSchedule {
  const { size, index, label } = population;
  switch (cell.kind) {
    case 'spikeArray': {
      const { schedule, merged } = listOf(cell, first, size, dt, latency);
      if (merged > 0)
        notices.push(
          `population ${label}: ${merged} spikes fell on a step in which their neuron already spikes, and were merged`,
        );
      return schedule;
    }
    case 'poisson': {
      const perStep = cell.unit === 'Hz' ? dt / 1000 : 1;
      return {
        kind: 'poisson',
        first,
        thresholds: Uint32Array.from({ length: size }, (_, i) =>
          Math.min(NO_END, Math.round(valueAt(cell.level, i) * perStep * 2 ** 32)),
        ),
        seed: streamKey(seed, index, PURPOSE.poisson),
        from: cell.start,
        to: cell.stop === 0 ? NO_END : cell.stop,
      };
    }
    case 'regular':
      return {
        kind: 'regular',
        first,
        periods: Uint32Array.from({ length: size }, (_, i) => valueAt(cell.period, i)),
        phases: Uint32Array.from({ length: size }, (_, i) => valueAt(cell.phase, i)),
        to: cell.stop === 0 ? NO_END : cell.stop,
      };
  }
}

/** Spikes given in steps as the schedule of a population whose neuron 0 is source `first`. */
export const arraySchedule = (
  cell: SpikeArraySource,
  first: number,
  size: number,
  latency: number,
): SourceSchedule => listOf(cell, first, size, 1, latency).schedule;

/** In order of steps, then sources; a source once a step. */
function listOf(
  { trains, events, unit, stamps }: SpikeArraySource,
  first: number,
  size: number,
  dt: number,
  latency: number,
): { schedule: SourceSchedule; merged: number } {
  const later = stamps === 'peer' ? latency : 0;
  const stepOf = (time: number): number =>
    (unit === 'ms' ? Math.max(1, Math.round(time / dt)) : time) + later;
  const total = events ? events.times.length : (trains ?? []).reduce((sum, { length }) => sum + length, 0);
  // step * size + neuron sorts both at once: exact, as steps are below 2^31 and sizes far below 2^22 here.
  const keys = new Float64Array(total);
  let k = 0;
  if (events) for (; k < total; k++) keys[k] = stepOf(events.times[k]!) * size + events.neurons[k]!;
  for (const [neuron, train] of (trains ?? []).entries())
    for (let i = 0; i < train.length; i++) keys[k++] = stepOf(train[i]!) * size + neuron;
  keys.sort();
  const steps = new Uint32Array(total);
  const sources = new Uint32Array(total);
  let kept = 0;
  for (let i = 0; i < total; i++) {
    if (i > 0 && keys[i] === keys[i - 1]) continue;
    steps[kept] = Math.floor(keys[i]! / size);
    sources[kept++] = first + (keys[i]! % size);
  }
  return {
    schedule: { kind: 'array', steps: steps.slice(0, kept), sources: sources.slice(0, kept) },
    merged: total - kept,
  };
}
