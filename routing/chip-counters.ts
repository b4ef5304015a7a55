/** All counters of a chip as they are now: the cores' own, and the traffic that follows from them. */
import { COUNTERS, type CounterName } from '../cores/index.js';
import { readSourceSpikes } from './chip-state.js';
import { deliveriesOf, spikesOf } from './deliveries.js';
import type { PlacedChip } from './place-chip.js';
import { hostMessages, trafficOf } from './traffic.js';

export type CounterValues = Readonly<Record<CounterName, bigint>>;

/** Names, units and meanings are in `COUNTERS` (cores/counters.ts). */
export interface ChipCounters {
  /** In order of the image's cores. */
  readonly cores: readonly CounterValues[];
  /** Sums over all cores. */
  readonly totals: CounterValues;
  /** Spikes of host sources, and the messages they sent into the chip (no mesh hops are counted for them). */
  readonly hostSpikes: bigint;
  readonly hostMessages: bigint;
}

export function readCounters(chip: PlacedChip, step: number): ChipCounters {
  const { image } = chip;
  const spikes = chip.cores.map((_, i) => spikesOf(chip, i));
  const deliveries = deliveriesOf(chip, step, spikes);
  const cores = chip.cores.map(({ core }, i): CounterValues => {
    return {
      ...core.counters(),
      ...deliveries[i]!,
      ...trafficOf(i, image.cores[i]!.outAxons, spikes[i]!, image.cores, image.profile.limits),
      barriers: BigInt(step),
    };
  });
  const totals = Object.fromEntries(
    COUNTERS.map(({ name }) => [name, cores.reduce((sum, core) => sum + core[name], 0n)]),
  ) as CounterValues;
  const sourceSpikes = readSourceSpikes(chip);
  return {
    cores,
    totals,
    hostSpikes: BigInt(sourceSpikes.reduce((sum, spikes) => sum + spikes, 0)),
    hostMessages: hostMessages(image.sources, sourceSpikes),
  };
}
