/** All counters of a chip as they are now: the cores' own, and the traffic that follows from them. */
import { COUNTERS, type CounterName } from '../cores/index.js';
import { readSourceSpikes } from './chip-state.js';
import { deliveriesOf, spikesOf } from './deliveries.js';
import type { PlacedChip } from './place-chip.js';
import { hostMessages, type TrafficName, trafficOf, trafficOfSenders } from './traffic.js';

export type CounterValues = Readonly<Record<CounterName, bigint>>;

/** Names, units and meanings are in `COUNTERS` (cores/counters.ts). */
export interface ChipCounters {
  /** In order of the image's cores. */
  readonly cores: readonly CounterValues[];
  /** Sums over all cores, and over places that only send (`Senders`). */
  readonly totals: CounterValues;
  /** Spikes of host sources, and the messages that those without a place on the mesh sent into the chip: no hops are counted for them. */
  readonly hostSpikes: bigint;
  readonly hostMessages: bigint;
}

export function readCounters(chip: PlacedChip, step: number): ChipCounters {
  const { image } = chip;
  const spikes = chip.cores.map((_, i) => spikesOf(chip, i));
  const deliveries = deliveriesOf(chip, step, spikes);
  const sourceSpikes = readSourceSpikes(chip);
  const { senders } = image.sources;
  const places = [...image.cores, ...(senders?.places ?? [])];
  const placed =
    senders === undefined
      ? null
      : trafficOfSenders(image.sources, senders, sourceSpikes, places, image.profile.limits);
  const cores = chip.cores.map(({ core }, i): CounterValues => {
    const counts = {
      ...core.counters(),
      ...deliveries[i]!,
      ...trafficOf(i, image.cores[i]!.outAxons, spikes[i]!, places, image.profile.limits),
      barriers: BigInt(step),
    };
    for (const [name, count] of Object.entries(placed?.get(i) ?? {})) counts[name as TrafficName] += count;
    return counts;
  });
  const totals = Object.fromEntries(
    COUNTERS.map(({ name }) => [name, cores.reduce((sum, core) => sum + core[name], 0n)]),
  ) as Record<CounterName, bigint>;
  for (const [place, traffic] of placed ?? [])
    if (place >= cores.length)
      for (const [name, count] of Object.entries(traffic)) totals[name as TrafficName] += count;
  return {
    cores,
    totals,
    hostSpikes: BigInt(sourceSpikes.reduce((sum, spikes) => sum + spikes, 0)),
    hostMessages: placed === null ? hostMessages(image.sources, sourceSpikes) : 0n,
  };
}
